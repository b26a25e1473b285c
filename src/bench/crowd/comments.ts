import type { Block } from '../../core/body/body.ts';
import { COMMENT_STATUSES, type CommentStatus } from '../../core/comment/comment-status.ts';
import { sortableId } from '../../core/platform/sortable-id.ts';
import type { Signal } from '../../core/screening/screening.ts';
import type { CommentInPlace } from '../../store/comment-row.ts';
import { hashLike, numberOf, shareOf } from './random.ts';
import { lengthOf, nameOf, paragraphsOf } from './sentences.ts';
import { articleKey, type CrowdShape, postedAt } from './shape.ts';
import { codeOf, type Tree } from './tree.ts';

const SHARE_WITH_EMAIL = 0.1;
const SHARE_VOTED_ON = 0.5;
const HELD: Signal[] = [{ phase: 'links', count: 3, limit: 2 }];

/** The share of comments whose Markdown the tree does not tell: a heading, a rule, an empty line too many. */
const SHARE_WITH_SOURCE = 0.03;

export function readerId(reader: number, prolificId: string): string {
  return reader === 0 ? prolificId : hashLike(reader, 6);
}

const bytes = new Uint8Array(7);

export function idOf(comment: number, comments: number): string {
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = numberOf(comment, 10 + i);
  return sortableId(postedAt(comment, comments), bytes);
}

/** Up- and down-votes of a visible comment. */
const votesOn = (comment: number): [number, number] => {
  if (shareOf(comment, 20) >= SHARE_VOTED_ON) return [0, 0];
  const some = (use: number, mean: number) => Math.floor(-Math.log(1 - shareOf(comment, use)) * mean);
  return [some(21, 8), some(22, 2)];
};

export function isVisibleCode(status: number | undefined): boolean {
  return status === codeOf('published') || status === codeOf('approved');
}

/** The number of reports on a comment: visible comments are reported at even distances until there are enough. */
export function flagsOn(tree: Tree, reported: number): (comment: number) => number {
  const every = Math.max(1, Math.floor(tree.article.length / (2 * Math.max(1, reported))));
  let seen = 0;
  let done = 0;
  return (comment) => {
    if (!isVisibleCode(tree.status[comment])) return 0;
    seen += 1;
    if (seen % every !== 0 || done === reported) return 0;
    done += 1;
    return 1 + (done % 3);
  };
}

/** The rows of the table `comments`, to be asked for in order. */
export function createComments(tree: Tree, prolificId: string, shape: CrowdShape): (comment: number) => CommentInPlace {
  const comments = tree.article.length;
  const flagCount = flagsOn(tree, shape.reported);
  const at = (numbers: ArrayLike<number>, comment: number): number => numbers[comment] as number;

  const pathOf = (comment: number): string => {
    if (tree.depth[comment] === 0) return '';
    return pathOf(at(tree.parent, comment)) + idOf(comment, comments);
  };

  const contentOf = (comment: number, reader: number, status: CommentStatus) => {
    if (status === 'deleted') return { authorName: '', authorEmail: null, body: [], source: '' };
    const paragraphs = paragraphsOf(comment, lengthOf(comment, shape.meanLength));
    return {
      authorName: nameOf(reader),
      authorEmail: shareOf(comment, 23) < SHARE_WITH_EMAIL ? `reader-${reader}@mail.example` : null,
      body: paragraphs.map((text): Block => ({ t: 'p', c: [text] })),
      source: paragraphs.join('\n\n') + (shareOf(comment, 26) < SHARE_WITH_SOURCE ? '\n\n---' : ''),
    };
  };

  return (comment) => {
    const status = COMMENT_STATUSES[at(tree.status, comment)] as CommentStatus;
    const [parent, reader] = [at(tree.parent, comment), at(tree.reader, comment)];
    const [upVotes, downVotes] = isVisibleCode(tree.status[comment]) ? votesOn(comment) : [0, 0];
    return {
      id: idOf(comment, comments),
      articleKey: articleKey(at(tree.article, comment)),
      parentId: parent === -1 ? null : idOf(parent, comments),
      rootId: idOf(at(tree.root, comment), comments),
      depth: at(tree.depth, comment),
      path: pathOf(comment),
      readerId: readerId(reader, prolificId),
      ...contentOf(comment, reader, status),
      status,
      listed: tree.listed[comment] === 1,
      signals: status === 'pending' ? HELD : [],
      upVotes,
      downVotes,
      replyCount: at(tree.replyCount, comment),
      flagCount: flagCount(comment),
      createdAt: postedAt(comment, comments),
    };
  };
}
