import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as addresses from '../contract/addresses.ts';
import type { ArticleInput } from '../contract/article.ts';
import { bodyText } from '../core/body/body-text.ts';
import { parseBody } from '../core/body/parse-body.ts';
import type { CommentStatus } from '../core/comment/comment-status.ts';
import type { FlagReason } from '../core/flag/flag-reason.ts';
import { screenComment } from '../core/screening/screen-comment.ts';
import { DEFAULT_SETTINGS } from '../core/site/site.ts';
import type { Stores } from '../core/stores.ts';
import { createHashing } from '../platform/hashing.ts';
import { ids } from '../platform/ids.ts';
import { askAsOperator } from './operator-api.ts';
import { ROOT } from './project.ts';

const SITE_ID = 'demo';
const EDITOR = { email: 'editor@demo.example', name: 'Mara Lind' };
const SUSPECT_WORDS = ['idiot*', 'casino', 'rubbish'];

interface DemoComment {
  id: string;
  parent: string | null;
  authorName: string;
  body: string;
  minutesAgo: number;
  status: Extract<CommentStatus, 'approved' | 'published' | 'pending' | 'deleted'>;
  upVotes?: number;
  downVotes?: number;
  /** The reasons it was reported for, each by another reader. */
  flags?: FlagReason[];
}

const demoFile = <Content>(name: string): Content =>
  JSON.parse(readFileSync(join(ROOT, 'src/demo', name), 'utf8')) as Content;

/** Where a comment stands, for those that answer it. */
interface Place {
  id: string;
  rootId: string;
  depth: number;
  path: string;
}

interface Seeding {
  url: string;
  secrets: { SECRET: string; OPERATOR_KEY: string };
  stores: Stores;
}

/**
 * The demo site: its editor and articles through the API, as a publisher would make them; its comments through the
 * store, because they are hours old and the API knows only now. Each step leaves alone what is there already: what a
 * start left half done, the next one finishes.
 */
export async function seedDemo({ url, secrets, stores }: Seeding): Promise<{ siteId: string; moderatorEmail: string }> {
  const operator = { baseUrl: url, operatorKey: secrets.OPERATOR_KEY };
  if ((await stores.sites.find(SITE_ID)) === null) {
    const body = { id: SITE_ID, name: 'The Quillhaven Courier', origins: pageOrigins(url) };
    await askAsOperator(operator, addresses.createSite, { body });
  }
  await askAsOperator(operator, addresses.changeSettings, { site: SITE_ID, body: { suspectWords: SUSPECT_WORDS } });
  if ((await stores.moderators.findByEmail(SITE_ID, EDITOR.email)) === null) {
    await askAsOperator(operator, addresses.inviteModerator, { site: SITE_ID, body: { ...EDITOR, role: 'admin' } });
  }
  for (const { key, ...article } of demoArticles()) {
    const body = { ...article, ...addressesAt(url, article) };
    await askAsOperator(operator, addresses.putArticle, { site: SITE_ID, article: key, body });
  }
  for (const language of ['', '-rtl']) {
    const { key } = demoFile<{ key: string }>(`article${language}.json`);
    await seedComments(stores, secrets.SECRET, key, demoFile<DemoComment[]>(`comments${language}.json`));
  }
  return { siteId: SITE_ID, moderatorEmail: EDITOR.email };
}

/**
 * The demo's pages are wherever this start listens: the site takes comments from there, and its articles are there.
 * Origins that somebody has added stay.
 */
export async function moveDemo({ url, secrets, stores }: Seeding): Promise<void> {
  const operator = { baseUrl: url, operatorKey: secrets.OPERATOR_KEY };
  for (const demo of demoArticles()) {
    const { site, article } = await stores.articles.find(SITE_ID, demo.key);
    const body = addressesAt(url, demo);
    if (site === null || article === null || article.url === body.url) continue;
    const before = pageOrigins(new URL(article.url).origin);
    const origins = [...new Set([...pageOrigins(url), ...site.origins.filter((origin) => !before.includes(origin))])];
    await askAsOperator(operator, addresses.changeSettings, { site: SITE_ID, body: { origins } });
    await askAsOperator(operator, addresses.updateArticle, { site: SITE_ID, article: demo.key, body });
  }
}

type DemoArticle = ArticleInput & { key: string };

const demoArticles = (): DemoArticle[] => ['article.json', 'article-rtl.json'].map((name) => demoFile(name));

function addressesAt(base: string, { url, image }: Pick<DemoArticle, 'url' | 'image'>) {
  const here = (address: string) => new URL(new URL(address).pathname, base).href;
  return { url: here(url), image: image && here(image) };
}

/** A browser on this machine may say localhost or the address, and they are two origins. */
function pageOrigins(base: string): string[] {
  const { origin, protocol, port } = new URL(base);
  const at = (host: string) => new URL(`${protocol}//${host}:${port}`).origin;
  return [...new Set([origin, at('localhost'), at('127.0.0.1')])];
}

async function seedComments(
  stores: Stores,
  secret: string,
  articleKey: string,
  comments: DemoComment[],
): Promise<void> {
  const places = new Map<string, Place>();
  const now = Date.now();
  for (const comment of comments) {
    const parent = comment.parent === null ? null : places.get(comment.parent);
    if (parent === undefined) throw new Error(`the demo comment ${comment.id} stands before its parent`);
    places.set(comment.id, await seedComment({ stores, secret, articleKey, comment, parent, now }));
  }
  const hashing = createHashing(secret);
  for (const comment of comments.filter((one) => one.status === 'deleted')) {
    const { id } = places.get(comment.id) as Place;
    const readerId = await hashing.reader(SITE_ID, comment.authorName);
    const eventId = ids.sortable(now);
    await stores.ownComments.erase({
      siteId: SITE_ID,
      articleKey,
      id,
      readerId,
      from: 'published',
      revision: 1,
      eventId,
      now,
    });
  }
}

interface CommentSeeding {
  stores: Stores;
  secret: string;
  articleKey: string;
  comment: DemoComment;
  parent: Place | null;
  now: number;
}

async function seedComment({ stores, secret, articleKey, comment, parent, now }: CommentSeeding): Promise<Place> {
  const hashing = createHashing(secret);
  const createdAt = now - comment.minutesAgo * 60_000;
  const placeOf = (id: string): Place =>
    parent === null
      ? { id, rootId: id, depth: 0, path: '' }
      : { id, rootId: parent.rootId, depth: parent.depth + 1, path: parent.path + id };
  const readerId = await hashing.reader(SITE_ID, comment.authorName);
  const { body } = parseBody(comment.body);
  // A deleted one is first posted, so that the replies below it have something to answer.
  const status = comment.status === 'pending' ? 'pending' : 'published';
  const inserted = await stores.postings.insert({
    siteId: SITE_ID,
    ...placeOf(ids.sortable(createdAt)),
    articleKey,
    parentId: parent?.id ?? null,
    readerId,
    authorName: comment.authorName,
    authorEmail: null,
    body,
    source: comment.body,
    textHash: await hashing.text(SITE_ID, comment.body),
    status,
    shadowed: false,
    signals: status === 'pending' ? signalsOf(comment, createdAt) : [],
    networkKey: readerId,
    // A start that was interrupted put some of them in; these are not put in twice.
    idempotencyKey: `demo-${comment.id}`,
    createdAt,
    registerUrl: null,
  });
  if (!('comment' in inserted)) throw new Error(`the demo comment ${comment.id} was ${inserted.outcome}`);
  const { id } = inserted.comment;
  await vote(stores, { articleKey, commentId: id }, comment, createdAt);
  for (const [i, reason] of (comment.flags ?? []).entries()) {
    const flag = {
      siteId: SITE_ID,
      articleKey,
      commentId: id,
      readerId: `demo-reporter-${i}`,
      reason,
      note: '',
      now: createdAt,
    };
    await stores.flags.flag(flag);
  }
  if (comment.status === 'approved') {
    await stores.moderation.decide({
      siteId: SITE_ID,
      changes: [{ id, articleKey, from: 'published', to: 'approved', revision: null }],
      event: {
        kind: 'approve',
        id: ids.sortable(createdAt),
        moderator: { id: 'demo', name: EDITOR.name },
        reason: '',
        now: createdAt,
      },
    });
  }
  return placeOf(id);
}

function signalsOf(comment: DemoComment, now: number) {
  const { body } = parseBody(comment.body);
  const verdict = screenComment({
    now,
    site: {
      id: SITE_ID,
      name: '',
      origins: [],
      settings: { ...DEFAULT_SETTINGS, suspectWords: SUSPECT_WORDS },
    },
    article: { commenting: 'open', moderation: null },
    authorName: comment.authorName,
    source: comment.body,
    body,
    text: bodyText(body),
    reader: { approvedCount: 0, ban: 'none', banUntil: null },
    isInShadow: false,
    sameText: [],
  });
  return verdict.outcome === 'refuse' ? [] : verdict.signals;
}

async function vote(
  stores: Stores,
  { articleKey, commentId }: { articleKey: string; commentId: string },
  comment: DemoComment,
  now: number,
): Promise<void> {
  const votes = [
    ...Array.from({ length: comment.upVotes ?? 0 }, () => 1 as const),
    ...Array.from({ length: comment.downVotes ?? 0 }, () => -1 as const),
  ];
  for (const [i, value] of votes.entries()) {
    await stores.votes.vote({
      siteId: SITE_ID,
      articleKey,
      commentId,
      readerId: `demo-voter-${i}`,
      value,
      isSetAside: false,
      now,
    });
  }
}
