import { randomBytes } from 'node:crypto';
import * as addresses from '../contract/addresses.ts';
import { type Request, requestTo } from '../contract/client.ts';
import type { NewComment } from '../contract/comment.ts';
import type { CommentStatus, DecisionKind, QueueName } from '../contract/moderation.ts';
import type { ThreadSort } from '../contract/thread.ts';
import { RECENT_HOURS } from '../core/front-page/article-listing.ts';
import { ID_LENGTH, lowestIdAt, timeOfId } from '../core/platform/sortable-id.ts';
import { REPLIES_SHOWN } from '../core/thread/read-thread.ts';
import { writeCursor } from '../http/gate/cursors.ts';
import { articleKey, CROWD_SITE, PROLIFIC_GUEST_KEY, VIRAL_ARTICLE } from './crowd/shape.ts';
import type { MeteredProduct } from './metered-product.ts';

/** One request whose cost must not grow with what is stored. */
interface Probe extends Request {
  name: string;
  headers?: Record<string, string>;
  /** The number of comments, articles, votes … in the answer; its cost is divided by it. 1 if left out. */
  // biome-ignore lint/suspicious/noExplicitAny: each probe knows what it asked for.
  returned?(body: any): number;
  /** An unmeasured request for `returned` to count in, where the answer does not show all that had to be read. */
  weighedBy?: Request;
}

// biome-ignore lint/suspicious/noExplicitAny: as above.
type Any = any;

interface Standing {
  article: string;
  id: string;
  status: CommentStatus;
}

const site = CROWD_SITE;
const VIRAL = { site, article: VIRAL_ARTICLE };
const STANDING = 'SELECT article_key AS article, id, status FROM';

/** Five, because any five ordinary conversations of a crowd in a row hold the same number of replies. */
const PAGE = 5;

/** A page has to read its site, its article, each comment, and one reply more than it shows. */
const behindThread = (body: Any): number =>
  body.comments.reduce((sum: number, { replies, moreReplies }: Any) => {
    return sum + 1 + replies.length + (moreReplies === null ? 0 : 1);
  }, 2);

/** A permalink has to read a comment, its site and its article, and all that it shows around the comment. */
const surroundings = ({ ancestors, replies, siblings: { earlier, later } }: Any): number =>
  3 + ancestors.length + replies.length + earlier.length + later.length;

/** A front page's box of comments, which even the small crowd can fill. */
const BOX = 10;

/**
 * A box of a section or a topic has to read the site, the newest articles of the list and one comment of each that has
 * any; then each comment that it shows, its article, and the next comment there.
 */
const behindBox = (body: Any): number =>
  body.articles.reduce((sum: number, { commentCount }: Any) => sum + (commentCount > 0 ? 2 : 1), 1 + 3 * BOX);

/**
 * A ranking has to read the site, and two rows an article: of the site, each article that it shows and its count; of a
 * section or a topic, each of the newest articles of the list and its count.
 */
const behindRanking = (body: Any): number => 1 + 2 * body.articles.length;

/** Finds out what is where in this database, once, before anything is measured. */
const lookAround = async ({ d1 }: MeteredProduct) => {
  const first = async <Row>(sql: string): Promise<Row> => {
    const row = await d1.prepare(sql).bind(CROWD_SITE).first<Row>();
    if (row === null) throw new Error(`not a crowd: nothing for ${sql}`);
    return row;
  };
  const viral = `comments WHERE site_id = ?1 AND article_key = '${VIRAL_ARTICLE}' AND depth = 0 AND listed = 1`;
  const famous = await first<Standing>(`${STANDING} ${viral} ORDER BY id LIMIT 1`);
  const newest = await first<Standing>(`${STANDING} ${viral} ORDER BY id DESC LIMIT 1`);
  const { n } = await first<{ n: number }>(`SELECT count(*) AS n FROM ${viral}`);
  const middleByScore = await first<{ id: string; score: number }>(
    `SELECT id, score FROM ${viral} ORDER BY score DESC, id DESC LIMIT 1 OFFSET ${Math.floor(n / 2)}`,
  );
  const deepest = await first<Standing>(
    `${STANDING} comments WHERE site_id = ?1 AND root_id > '${famous.id}' AND depth = 31 LIMIT 1`,
  );
  const reader = await first<{ id: string }>(
    'SELECT id FROM readers WHERE site_id = ?1 ORDER BY comment_count DESC LIMIT 1',
  );
  const prolific = await first<Standing>(
    `${STANDING} comments WHERE site_id = ?1 AND reader_id = '${reader.id}' AND depth = 0 LIMIT 1`,
  );
  const lists = await first<{ section: string; topic: string }>(
    `SELECT section, topics ->> 0 AS topic FROM articles WHERE site_id = ?1 AND key = '${VIRAL_ARTICLE}'`,
  );
  const middle = lowestIdAt((timeOfId(famous.id) + timeOfId(newest.id)) / 2);
  const { path: middleReply } = await first<{ path: string }>(
    `SELECT path FROM comments INDEXED BY comments_replies WHERE site_id = ?1 AND root_id = '${famous.id}'
      AND depth > 0 AND listed = 1 AND path > '${middle}' ORDER BY path LIMIT 1`,
  );
  const middleTop = await first<Standing>(
    `${STANDING} ${viral} AND id > '${middle}' AND reply_count > ${REPLIES_SHOWN} ORDER BY id LIMIT 1`,
  );
  const pending = await first<Standing>(
    `${STANDING} comments WHERE site_id = ?1 AND status = 'pending' AND depth = 0 ORDER BY id LIMIT 1`,
  );
  return { famous, middle, middleTop, middleByScore, deepest, prolific, middleReply, pending, lists };
};

const readProbes = (at: Awaited<ReturnType<typeof lookAround>>): Probe[] => {
  // A page reads one conversation more than it shows, so a page that is longer by one weighs it.
  const page = (name: string, sort: ThreadSort, position?: (string | number)[]): Probe => {
    const cursor = position && writeCursor(['thread', site, VIRAL_ARTICLE, sort], position);
    const asked = (limit: number) =>
      requestTo(addresses.getThread, { ...VIRAL, query: { sort, limit, ...(cursor && { cursor }) } });
    return { name, ...asked(PAGE), weighedBy: asked(PAGE + 1), returned: behindThread };
  };
  const below = (name: string, position?: string): Probe => {
    const cursor = position && writeCursor(['replies', site, at.famous.id], [position]);
    const query = { limit: PAGE, ...(cursor && { cursor }) };
    const asked = requestTo(addresses.listReplies, { ...VIRAL, id: at.famous.id, query });
    return { name, ...asked, returned: (body) => body.replies.length };
  };
  const permalink = (name: string, id: string, article = VIRAL_ARTICLE): Probe => ({
    name,
    ...requestTo(addresses.getPermalink, { site, article, id }),
    returned: surroundings,
  });
  const newestOf = (list: 'section' | 'topic', label: string): Probe => ({
    name: `newest comments of a ${list}`,
    ...requestTo(addresses.listNewestComments, { site, query: { [list]: label, limit: BOX } }),
    weighedBy: requestTo(addresses.listArticles, { site, query: { [list]: label, limit: 40 } }),
    returned: behindBox,
  });
  const mostCommented = (of: string, hours: number, list?: { section: string } | { topic: string }): Probe => ({
    name: `most commented of ${of}, ${hours} hours`,
    ...requestTo(addresses.listMostCommented, { site, query: { hours, limit: BOX, ...list } }),
    ...(list && { weighedBy: requestTo(addresses.listArticles, { site, query: { ...list, limit: 100 } }) }),
    returned: behindRanking,
  });
  const { section, topic } = at.lists;
  return [
    page('first page, newest first', 'newest'),
    page('first page, oldest first', 'oldest'),
    page('first page, top first', 'top'),
    page('page in the middle, newest first', 'newest', [at.middle]),
    page('page in the middle, oldest first', 'oldest', [at.middle]),
    page('page in the middle, top first', 'top', [at.middleByScore.id, at.middleByScore.score]),
    below('replies to the famous comment'),
    below('replies to it, page in the middle', at.middleReply),
    permalink('permalink, 31 ancestors', at.deepest.id, at.deepest.article),
    permalink('permalink of a reply to it', at.middleReply.slice(0, ID_LENGTH)),
    permalink('permalink of a top-level comment', at.middleTop.id),
    permalink('permalink of the famous comment', at.famous.id),
    {
      name: 'counts of 50 articles',
      ...requestTo(addresses.countComments, {
        site,
        query: { key: Array.from({ length: 50 }, (_, n) => articleKey(n)) },
      }),
      returned: (body) => Object.keys(body.counts).length,
    },
    {
      name: 'newest comments of the site',
      ...requestTo(addresses.listNewestComments, { site, query: { limit: BOX } }),
      returned: (body) => body.comments.length,
    },
    newestOf('section', section),
    newestOf('topic', topic),
    ...RECENT_HOURS.map((hours) => mostCommented('the site', hours)),
    ...[24, 168].map((hours) => mostCommented('a section', hours, { section })),
    ...[24, 168].map((hours) => mostCommented('a topic', hours, { topic })),
    mostCommented('no section', 168, { section: 'nowhere' }),
    ...(['newest', 'most-commented'] as const).map((sort) => ({
      name: `list of articles, ${sort}`,
      ...requestTo(addresses.listArticles, { site, query: { sort, limit: 20 } }),
      returned: (body: Any) => body.articles.length,
    })),
  ];
};

const ownProbes = (at: Awaited<ReturnType<typeof lookAround>>, moderator: Record<string, string>): Probe[] => {
  const queue = (list: QueueName, order: 'oldest' | 'newest', cursor?: string): Probe => ({
    name: `queue: ${list}, ${order} first${cursor ? ', page in the middle' : ''}`,
    ...requestTo(addresses.readQueue, { site, query: { list, order, limit: 10, ...(cursor && { cursor }) } }),
    headers: moderator,
    // Each item is read with its article and its reader, and with its parent where it has one.
    returned: (body) => 3 * body.items.length + body.items.filter(({ parent }: Any) => parent !== null).length,
  });
  const cursor = writeCursor(['queue', CROWD_SITE, 'unmoderated', 'newest'], [at.middle]);
  return [
    queue('pending', 'oldest'),
    queue('pending', 'newest'),
    queue('reported', 'oldest'),
    queue('unmoderated', 'newest', cursor),
    {
      name: 'dossier of a reader with a long history',
      ...requestTo(addresses.readDossier, { site, article: at.prolific.article, id: at.prolific.id }),
      headers: moderator,
      returned: (body) => body.history.length,
    },
    {
      name: 'own comments of that reader',
      ...requestTo(addresses.findMine, VIRAL),
      headers: { Authorization: `Bearer ${PROLIFIC_GUEST_KEY}` },
      returned: (body) => body.comments.length + Object.keys(body.votes).length,
    },
  ];
};

const writeProbes = (at: Awaited<ReturnType<typeof lookAround>>, moderator: Record<string, string>): Probe[] => {
  const guest = () => ({ Authorization: `Bearer ${randomBytes(32).toString('base64url')}` });
  const post = (name: string, comment: Pick<NewComment, 'body' | 'parentId'>, headers = guest()): Probe => ({
    name,
    ...requestTo(addresses.postComment, { ...VIRAL, body: { authorName: 'Ada', ...comment } }),
    headers: { ...headers, 'Idempotency-Key': randomBytes(12).toString('hex') },
  });
  const decide = (name: string, { article, id, status }: Standing, decision: DecisionKind): Probe => ({
    name,
    ...requestTo(addresses.decideOne, { site, article, id, body: { decision, expectedStatus: status, revision: 1 } }),
    headers: moderator,
  });
  const stamp = randomBytes(6).toString('hex');
  return [
    post('posting a comment', { body: `What a crossing that was, number ${stamp}.` }),
    post('posting a reply to the famous comment', { body: `That is so true, ${stamp}.`, parentId: at.famous.id }),
    post(
      'posting, by the reader with a long history',
      { body: `Me again, ${stamp}.` },
      {
        Authorization: `Bearer ${PROLIFIC_GUEST_KEY}`,
      },
    ),
    decide('decision: a pending comment', at.pending, 'approve'),
    // Each rejection is undone, so that the same can be asked again.
    decide('decision: a comment at the greatest depth goes', at.deepest, 'reject'),
    decide('decision: it comes back', { ...at.deepest, status: 'rejected' }, 'approve'),
    decide('decision: the famous comment goes', at.famous, 'reject'),
    decide('decision: the famous comment comes back', { ...at.famous, status: 'rejected' }, 'approve'),
    {
      name: 'a vote',
      ...requestTo(addresses.voteComment, { ...VIRAL, id: at.famous.id, body: { value: 1 } }),
      headers: guest(),
    },
    {
      name: 'a report',
      ...requestTo(addresses.flagComment, { ...VIRAL, id: at.famous.id, body: { reason: 'offensive' } }),
      headers: guest(),
    },
  ];
};

/** All requests that must not cost more in a large database. Those that write change it by one comment or decision. */
export async function flatProbes(product: MeteredProduct): Promise<Probe[]> {
  const at = await lookAround(product);
  const moderator = await product.signIn(CROWD_SITE);
  return [...readProbes(at), ...ownProbes(at, moderator), ...writeProbes(at, moderator)];
}
