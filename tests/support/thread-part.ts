import type { Article } from '../../src/core/article/article.ts';
import type { Body } from '../../src/core/body/body.ts';
import { DEFAULT_SETTINGS, type Site } from '../../src/core/site/site.ts';
import type { ShownComment } from '../../src/core/thread/shown-comment.ts';
import { baseOf, linksOf } from '../../src/http/pages/links.ts';
import type { ThreadPart } from '../../src/http/pages/thread-html.ts';
import { threadView } from '../../src/http/views/thread.ts';

/** All texts on a page that somebody else than us has written. */
export interface Written {
  name: string;
  text: string;
  headline: string;
  section: string;
  topic: string;
  siteName: string;
}

export const WRITTEN: Written = {
  name: 'Ada',
  text: 'The ferry was late.',
  headline: 'The ferry sails',
  section: 'World',
  topic: 'Ferries',
  siteName: 'The Paper',
};

const AT = Date.UTC(2026, 10, 23, 10);

const comment = (id: string, fields: Partial<ShownComment>): ShownComment => ({
  id: id.padEnd(16, '0'),
  parentId: null,
  rootId: 'top'.padEnd(16, '0'),
  depth: 0,
  path: '',
  status: 'published',
  shadowed: false,
  authorName: '',
  body: [],
  isCut: false,
  upVotes: 0,
  downVotes: 0,
  replyCount: 0,
  createdAt: AT,
  editedAt: null,
  ...fields,
});

/** A thread with a comment, a tombstone that answers it, and an answer to that; with more of everything to come. */
export function threadPart(written: Partial<Written> = {}, fields: Partial<Article> = {}): ThreadPart {
  const { name, text, headline, section, topic, siteName } = { ...WRITTEN, ...written };
  const body: Body = [
    { t: 'p', c: [text, { t: 'code', s: text }] },
    { t: 'pre', s: text },
  ];
  const site: Site = { id: 'news', name: siteName, origins: [], settings: DEFAULT_SETTINGS };
  const article: Article = {
    siteId: 'news',
    key: 'ferry',
    publicKey: 'ferry',
    url: 'https://news.example/ferry?a=1&b=2',
    headline,
    section,
    topics: [topic],
    authors: [name],
    keyPoints: [headline],
    image: null,
    publishedAt: AT,
    commenting: 'open',
    moderation: null,
    commentCount: 2,
    version: 7,
    createdAt: AT,
    updatedAt: AT,
    ...fields,
  };
  const top = comment('top', { authorName: name, body, upVotes: 1_200, downVotes: 1, isCut: true, editedAt: AT });
  const gone = comment('gone', { parentId: top.id, depth: 1, status: 'rejected', authorName: name, body });
  const below = comment('below', { parentId: gone.id, depth: 2, authorName: name, body });
  const page = {
    site,
    article,
    comments: [{ comment: top, replies: [gone, below], hasMoreReplies: true }],
    next: null,
  };
  return {
    view: threadView('ferry', page, 'top', { next: 'next-cursor', replies: () => 'replies-cursor' }, 'tree'),
    article,
    siteName,
    links: linksOf(baseOf('https://comments.example', 'news', 'ferry'), article.url),
    version: 'W/"3.7"',
    limit: null,
  };
}
