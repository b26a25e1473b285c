import { MAX_DEPTH } from '../../core/comment/comment.ts';
import { COMMENT_STATUSES, type CommentStatus } from '../../core/comment/comment-status.ts';
import { numberOf, seededRandom, shareOf, spread } from './random.ts';
import type { CrowdShape } from './shape.ts';
import { turnsOf } from './turns.ts';

/** The place and the author of each comment, one number each, so that five million comments fit in memory. */
export interface Tree {
  article: Int32Array;
  /** −1: a top-level comment. */
  parent: Int32Array;
  root: Int32Array;
  depth: Uint8Array;
  /** An index into COMMENT_STATUSES. */
  status: Uint8Array;
  listed: Uint8Array;
  replyCount: Int32Array;
  /** 0: the reader who writes all day. */
  reader: Int32Array;
}

export function codeOf(status: CommentStatus): number {
  return COMMENT_STATUSES.indexOf(status);
}

const PUBLISHED = codeOf('published');
const APPROVED = codeOf('approved');
const SHARE_APPROVED = 0.1;
const SHARE_TOMBSTONES = 0.003;

/**
 * Replies of one top-level comment after the other, again and again: any five in a row have the same number of them,
 * so that pages of a small and a large crowd hold as much and their costs can be compared.
 */
const REPLIES_IN_TURN = [0, 1, 0, 6, 2];

const COMMENTS_A_READER = 20;
const FEWEST_READERS = 20;

/** The conversation of an article that is being written. */
interface Talk {
  root: number;
  last: number;
  repliesLeft: number;
  roots: number;
}

const emptyTree = (comments: number): Tree => ({
  article: new Int32Array(comments),
  parent: new Int32Array(comments).fill(-1),
  root: Int32Array.from({ length: comments }, (_, comment) => comment),
  depth: new Uint8Array(comments),
  status: new Uint8Array(comments).fill(PUBLISHED),
  listed: new Uint8Array(comments),
  replyCount: new Int32Array(comments),
  reader: new Int32Array(comments),
});

/** Makes some comments invisible: held, rejected, spam. They are scattered over the whole time and change no times. */
const hide = (tree: Tree, shape: CrowdShape, random: () => number): void => {
  const kinds = [codeOf('pending'), codeOf('rejected'), codeOf('spam')];
  const left = [shape.pending, shape.rejected, shape.spam];
  const isHidden = spread(
    left.reduce((sum, n) => sum + n, 0),
    shape.comments,
    random,
  );
  for (let comment = 0; comment < shape.comments; comment += 1) {
    if (!isHidden()) continue;
    let draw = Math.floor(random() * left.reduce((sum, n) => sum + n, 0));
    const kind = left.findIndex((count) => {
      draw -= count;
      return draw < 0;
    });
    left[kind] = (left[kind] ?? 0) - 1;
    tree.status[comment] = kinds[kind] ?? PUBLISHED;
  }
};

const answer = (tree: Tree, comment: number, parent: number): void => {
  tree.parent[comment] = parent;
  tree.root[comment] = tree.root[parent] ?? comment;
  tree.depth[comment] = (tree.depth[parent] ?? 0) + 1;
};

const show = (tree: Tree, comment: number): void => {
  tree.listed[comment] = 1;
  if (shareOf(comment, 1) < SHARE_APPROVED) tree.status[comment] = APPROVED;
  const root = tree.root[comment] ?? comment;
  if (root !== comment) tree.replyCount[root] = (tree.replyCount[root] ?? 0) + 1;
};

/** The next of an article's ordinary conversations: a top-level comment, or a reply to it or to the one before. */
const converse = (tree: Tree, comment: number, talk: Talk): void => {
  if (talk.repliesLeft > 0) {
    const deeper = numberOf(comment, 2) % 5 < 2 && (tree.depth[talk.last] ?? 0) < MAX_DEPTH;
    answer(tree, comment, deeper ? talk.last : talk.root);
    talk.repliesLeft -= 1;
  } else {
    talk.root = comment;
    talk.repliesLeft = REPLIES_IN_TURN[talk.roots % REPLIES_IN_TURN.length] ?? 0;
    talk.roots += 1;
  }
  talk.last = comment;
  show(tree, comment);
  // Removing a comment that was answered leaves a tombstone.
  if (comment === talk.root && talk.repliesLeft > 0 && shareOf(comment, 3) < SHARE_TOMBSTONES) {
    tree.status[comment] = codeOf(numberOf(comment, 4) % 2 === 0 ? 'deleted' : 'rejected');
  }
};

/**
 * The viral article begins with the comment that a hundred thousand answer, then one chain down to the greatest
 * depth; the answers come in all the time after that, between ordinary conversations.
 */
const viralPlaces = (tree: Tree, replies: number, visible: number, random: () => number) => {
  const isReply = spread(replies, visible - MAX_DEPTH - 2, random);
  let famous = -1;
  let end = -1;
  return (comment: number, talk: Talk): void => {
    if (famous === -1) {
      famous = comment;
      show(tree, comment);
    } else if (end === -1 || (tree.depth[end] ?? 0) < MAX_DEPTH) {
      if (end !== -1) answer(tree, comment, end);
      end = comment;
      show(tree, comment);
    } else if (isReply()) {
      answer(tree, comment, famous);
      show(tree, comment);
    } else converse(tree, comment, talk);
  };
};

/** Gives each comment its article; answers how many visible comments the viral one has. */
const scatter = (tree: Tree, shape: CrowdShape, random: () => number): number => {
  const nextArticle = turnsOf(shape, random);
  let viralVisible = 0;
  for (let comment = 0; comment < shape.comments; comment += 1) {
    const article = nextArticle();
    tree.article[comment] = article;
    if (article === 0 && tree.status[comment] === PUBLISHED) viralVisible += 1;
  }
  return viralVisible;
};

const signAll = (tree: Tree, shape: CrowdShape, random: () => number): void => {
  const isProlific = spread(shape.prolific, shape.comments, random);
  const readers = Math.max(FEWEST_READERS, Math.floor(shape.comments / COMMENTS_A_READER));
  for (let comment = 0; comment < shape.comments; comment += 1) {
    // A power above one: some write much, most write once or twice, nobody as much as the prolific one.
    tree.reader[comment] = isProlific() ? 0 : 1 + Math.floor(readers * shareOf(comment, 5) ** 1.5);
  }
};

/** Every other hidden comment answers somebody, where there is somebody to answer. */
const placeHidden = (tree: Tree) => {
  let replyIsDue = false;
  return (comment: number, talk: Talk): void => {
    const answers = replyIsDue && talk.root !== -1;
    if (answers) answer(tree, comment, talk.root);
    if (answers || !replyIsDue) replyIsDue = !replyIsDue;
  };
};

/** Every comment's place, status and author, in the order of time; the same for the same shape. */
export function growTree(shape: CrowdShape): Tree {
  const random = seededRandom(shape.comments);
  const tree = emptyTree(shape.comments);
  hide(tree, shape, random);
  const inViral = viralPlaces(tree, shape.replies, scatter(tree, shape, random), random);
  const hidden = placeHidden(tree);
  signAll(tree, shape, random);
  const talks = Array.from({ length: shape.articles }, (): Talk => ({ root: -1, last: -1, repliesLeft: 0, roots: 0 }));
  for (let comment = 0; comment < shape.comments; comment += 1) {
    const article = tree.article[comment] as number;
    const talk = talks[article] as Talk;
    if (tree.status[comment] !== PUBLISHED) hidden(comment, talk);
    else if (article === 0) inViral(comment, talk);
    else converse(tree, comment, talk);
  }
  return tree;
}
