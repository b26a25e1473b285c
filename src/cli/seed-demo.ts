import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as addresses from '../contract/addresses.ts';
import type { ArticleInput } from '../contract/article.ts';
import { bodyText } from '../core/body/body-text.ts';
import { parseBody } from '../core/body/parse-body.ts';
import type { CompleteComment } from '../core/comment/bulk-store.ts';
import type { CommentStatus } from '../core/comment/comment-status.ts';
import { placeUnder } from '../core/comment/posting.ts';
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
  /** The reasons of its reports, each by another reader. */
  flags?: FlagReason[];
}

const demoFile = <Content>(name: string): Content =>
  JSON.parse(readFileSync(join(ROOT, 'src/demo', name), 'utf8')) as Content;

interface Seeding {
  url: string;
  secrets: { SECRET: string; OPERATOR_KEY: string };
  stores: Stores;
}

/**
 * The demo site: its editor and articles through the API, as a publisher would make them; its comments through the
 * store, because they are hours old and the API knows only now. Each step leaves alone what is there already, so the
 * next start finishes what one left half done.
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
 * Moves the demo to the address at which this start listens: the site takes comments from there, and its articles are
 * there. Origins that somebody has added stay.
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

/** Inserts all comments of an article in one batch, so that it has all or none; an article with comments gets none. */
async function seedComments(
  stores: Stores,
  secret: string,
  articleKey: string,
  comments: DemoComment[],
): Promise<void> {
  const { article } = await stores.articles.find(SITE_ID, articleKey);
  if (article === null || article.commentCount > 0) return;
  const hashing = createHashing(secret);
  const now = Date.now();
  const seeded = new Map<string, CompleteComment>();
  for (const comment of comments) {
    const parent = comment.parent === null ? null : seeded.get(comment.parent);
    if (parent === undefined) throw new Error(`the demo comment ${comment.id} stands before its parent`);
    const createdAt = now - comment.minutesAgo * 60_000;
    const id = ids.sortable(createdAt);
    seeded.set(comment.id, {
      id,
      articleKey,
      ...placeUnder(parent, id),
      readerId: await hashing.reader(SITE_ID, comment.authorName),
      ...contentOf(comment),
      status: comment.status,
      signals: comment.status === 'pending' ? signalsOf(comment, createdAt) : [],
      upVotes: comment.upVotes ?? 0,
      downVotes: comment.downVotes ?? 0,
      flags: (comment.flags ?? []).map((reason, i) => ({
        readerId: `demo-reporter-${i}`,
        reason,
        note: '',
        createdAt,
      })),
      createdAt,
    });
  }
  await stores.bulk.insertComplete(SITE_ID, [...seeded.values()]);
}

function contentOf({ status, authorName, body: source }: DemoComment) {
  return status === 'deleted'
    ? { authorName: '', authorEmail: null, body: [], source: '' }
    : { authorName, authorEmail: null, body: parseBody(source).body, source };
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
    typed: comment.body,
    body,
    text: bodyText(body),
    reader: { approvedCount: 0, ban: 'none', banUntil: null },
    isNetworkHeld: false,
    isInShadow: false,
    sameText: [],
  });
  return verdict.outcome === 'refuse' ? [] : verdict.signals;
}
