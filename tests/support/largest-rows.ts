import type { MeteredProduct } from '../../src/bench/metered-product.ts';
import * as addresses from '../../src/contract/addresses.ts';
import { MAX_DEPTH } from '../../src/core/comment/comment.ts';
import { recentSeconds } from '../../src/core/rate-limit/attempt.ts';
import { networkLimits, type Operation } from '../../src/core/rate-limit/limits.ts';

const SITE = 's'.repeat(40);
const NEWS = 'https://news.example';

/** Characters of eight bytes, the most that a text may have in the mean; and apostrophes, which SQL doubles. */
const wide = (count: number): string => '👍🏽'.repeat(count);
const quotes = (count: number): string => `${"'".repeat(count - 1)}a`;

/** A key of 200 characters and 600 bytes. */
const keyOf = (name: string): string => name + '한'.repeat(199);
const KEY = keyOf('a');

const origin = (n: number): string => `https://${"'".repeat(275)}${String(n).padStart(2, '0')}.example`;
const plainOrigin = (n: number): string => `https://${'a'.repeat(275)}${String(n).padStart(2, '0')}.example`;

/** Entries of 100 bytes that a comment has, each in another spelling. */
const FOUND = Array.from({ length: 25 }, (_, n) => `grackle${String.fromCharCode(97 + n).repeat(88)}`);
const FILLING = Array.from({ length: 430 }, (_, n) => `${String(n).padStart(4, '0')}${"'".repeat(43)}x`);

/** The items, as many as are let through. */
async function most<T>(all: readonly T[], isTaken: (items: T[]) => Promise<boolean>): Promise<void> {
  let [fits, tooMany] = [0, all.length + 1];
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    if (await isTaken(all.slice(0, middle))) fits = middle;
    else tooMany = middle;
  }
  await isTaken(all.slice(0, fits));
}

/** The most tries of one network that a limit still looks for. */
const mostTries = (): number =>
  Math.max(
    ...(['comment', 'edit', 'flag', 'vote', 'sign-in-link', 'session'] satisfies Operation[]).map((operation) => {
      const limit = networkLimits(operation).find(({ actor }) => actor === 'network');
      return limit === undefined ? 0 : (limit.count * recentSeconds(operation)) / limit.windowSeconds;
    }),
  );

/** Rows that jobs write, letters that nobody listens for yet, and ten minutes of votes: as wide as each cell can be. */
const byHand = (): Record<string, Record<string, string | number>> => {
  const id = 'z'.repeat(16);
  const letter = { site_id: SITE, receiver: 'r'.repeat(40), id, subject_kind: 'article', subject_id: KEY };
  const activity = { site_id: SITE, article_key: KEY, comment_count: 9_999_999 };
  const failing = Object.fromEntries(
    Array.from({ length: 20 }, (_, n) => [`DB_${n} delete-expired`, 1_764_000_000_000]),
  );
  return {
    // An hour in which nothing was posted.
    article_hours: { ...activity, hour: 499_999, ranked_count: 9_999_999 },
    article_activity: { ...activity, hours: 168 },
    listeners: { site_id: SITE, verb: 'comment.marked-as-spam', receiver: letter.receiver },
    outbox: { ...letter, verb: 'comment.marked-as-spam', attempts: 9, not_before: 1_764_000_000_000 },
    dead_letters: { ...letter, verb: 'comment.marked-as-spam', attempts: 9, died_at: 1_764_000_000_000 },
    seals: { site_id: SITE, last_id: id, events: 99_999, hash: 'f'.repeat(64), sealed_at: 1_764_000_000_000 },
    limit_windows: {
      ...{ day: 20_600, site_id: SITE, operation: 'votes', network: `${'n'.repeat(22)}.`.repeat(3), last: id },
      ...{ hours: JSON.stringify(Object.fromEntries(Array.from({ length: 24 }, (_, hour) => [hour, 1_000]))) },
      recent: JSON.stringify(Array.from({ length: mostTries() }, () => [1_764_000_000_000, id, 'r'.repeat(22), 1])),
    },
    day_keys: { day: 20_600, key: 'k'.repeat(43) },
    network_holds: { site_id: SITE, network: `${'n'.repeat(22)}.`.repeat(3), until: 1_764_000_000_000 },
    removals: { site_id: SITE, article_key: KEY, stage: 'comments', place: id },
    runs: { name: 'jobs', at: 1_764_000_000_000, facts: JSON.stringify(failing) },
  };
};

const operatorOf = ({ operatorKey }: MeteredProduct) => ({ Authorization: `Bearer ${operatorKey}` });

/** False: the request is not valid, which is how a row is kept from being larger. */
async function isTaken(work: Promise<unknown>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    if (/: 400 /.test(String(error))) return false;
    throw error;
  }
}

async function fillSite(product: MeteredProduct): Promise<void> {
  const asOperator = operatorOf(product);
  const change = (body: object) =>
    isTaken(product.ask(addresses.changeSettings, { site: SITE, body } as never, asOperator));
  const email = `${"o'".repeat(90)}o@${'b'.repeat(60)}.example`;
  const ada = { email, name: wide(80), role: 'admin' } as const;
  await product.ask(addresses.createSite, { body: { id: SITE, name: wide(100), origins: [] } }, asOperator);
  await product.ask(addresses.inviteModerator, { site: SITE, body: ada }, asOperator);
  await product.ask(addresses.createApiKey, { site: SITE, body: { name: wide(100) } }, asOperator);
  await change({ maxGraphemes: 10_000, moderation: 'post' });
  // In two steps each, of which either alone is within the limit.
  for (const list of ['bannedWords', 'suspectWords'] as const) {
    await change({ add: { [list]: FOUND } });
    await most(FILLING, (some) => change({ add: { [list]: some } }));
    await change({ add: { [list]: FILLING.map((word) => `${word}y`) } });
  }
  for (const one of [origin, plainOrigin])
    await change({ add: { origins: Array.from({ length: 20 }, (_, n) => one(n)) } });
  await change({ remove: { origins: [plainOrigin(0), origin(0)] } });
  await change({ add: { origins: [NEWS] } });
}

async function fillArticles(product: MeteredProduct): Promise<void> {
  const asOperator = operatorOf(product);
  const address = `${NEWS}/${"'".repeat(1_900)}`;
  const names = { headline: wide(300), section: wide(100) };
  const body = { url: address, image: address, ...names, publishedAt: '2026-11-01T10:00:00Z' };
  const lists = {
    topics: Array.from({ length: 50 }, (_, n) => `${n % 2 ? quotes(76) : wide(30)}${n}`),
    authors: Array.from({ length: 20 }, (_, n) => `${n % 2 ? quotes(116) : wide(110)}${n}`),
    keyPoints: Array.from({ length: 10 }, (_, n) => `${n % 5 ? quotes(496) : wide(470)}${n}`),
  };
  for (const article of [KEY, keyOf('b')])
    await product.ask(addresses.putArticle, { site: SITE, article, body }, asOperator);
  for (const [field, items] of Object.entries(lists)) {
    await most(items, (some) => {
      const patch = { site: SITE, article: KEY, body: { [field]: some } };
      return isTaken(product.ask(addresses.updateArticle, patch, asOperator));
    });
  }
  await product.ask(addresses.rekeyArticle, { site: SITE, article: keyOf('b'), body: { key: keyOf('c') } }, asOperator);
}

/** A reader with a key and a network of their own. */
const reader = (n: number) => ({
  Authorization: `Bearer ${String(n).padStart(43, 'k')}`,
  Origin: NEWS,
  'CF-Connecting-IP': `203.${n >> 8}.${n & 255}.1`,
});

async function fillComments(product: MeteredProduct): Promise<void> {
  const asModerator = await product.signIn(SITE);
  const at = { site: SITE, article: KEY };
  const author = { authorName: `${'한'.repeat(58)}a`, authorEmail: `${"o'".repeat(90)}o@${'b'.repeat(60)}.example` };
  const post = async (n: number, parentId: string | null, body: string) => {
    const headers = { ...reader(n), 'Idempotency-Key': 'i'.repeat(100) };
    const sent = { ...at, body: { body, ...author, parentId } };
    return (await product.ask(addresses.postComment, sent, headers)).body.id;
  };
  let id = await post(0, null, 'Sentence number 0.');
  for (let depth = 1; depth < MAX_DEPTH; depth += 1) id = await post(depth, id, `Sentence number ${depth}.`);
  const spelled = FOUND.map((word) => word.replace('a', 'á')).join(' ');
  // Each line is eight times as long in the tree; the emphasis is written in the rarer way, so that the source is kept.
  await most(
    Array.from({ length: 3_750 }, () => "'\n"),
    (lines) => isTaken(post(1_000 + lines.length, id, `${spelled} _o_\n${lines.join('')}`)),
  );
  const flag = { reason: 'personal-information', note: wide(500) } as const;
  await product.ask(addresses.flagComment, { ...at, id, body: flag }, reader(60));
  await product.ask(addresses.voteComment, { ...at, id, body: { value: 1 } }, reader(70));
  const decision = { decision: 'reject', expectedStatus: 'published', revision: 1, reason: wide(500) } as const;
  await product.ask(addresses.decideOne, { ...at, id, body: decision }, asModerator);
  await product.ask(addresses.undo, { site: SITE, body: { comments: [{ article: KEY, id }] } } as never, asModerator);
}

/** Makes a row of each table as large as it can get, by the routes where there is one that writes it. */
export async function fillWithLargest(product: MeteredProduct): Promise<void> {
  await fillSite(product);
  await fillArticles(product);
  await fillComments(product);
  for (const [table, row] of Object.entries(byHand())) {
    const columns = Object.keys(row);
    await product.d1
      .prepare(`INSERT INTO ${table} (${columns.join()}) VALUES (${columns.map(() => '?').join()})`)
      .bind(...Object.values(row))
      .run();
  }
}
