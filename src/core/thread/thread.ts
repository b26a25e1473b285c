import type { Body } from '../body/body.ts';
import type { Visibility } from '../comment/comment-status.ts';

/** A comment in a thread, with what only the thread knows. */
export interface ThreadComment extends Visibility {
  id: string;
  parentId: string | null;
  rootId: string;
  depth: number;
  path: string;
  authorName: string;
  body: Body;
  upVotes: number;
  downVotes: number;
  replyCount: number;
  createdAt: number;
  editedAt: number | null;
}

export interface TopLevelComment<Of extends ThreadComment = ThreadComment> {
  comment: Of;
  replies: Of[];
  hasMoreReplies: boolean;
}

export type ThreadPosition = { id: string; score: number };
