// Every operation of the API, for the document and the reference page. Only what runs at build time and in tests
// imports this: in the Worker it would be weight that answers no request.
import { articleOperations } from './operations/articles.ts';
import { commentOperations } from './operations/comments.ts';
import { moderationOperations } from './operations/moderation.ts';
import { moderatorOperations } from './operations/moderators.ts';
import type { Operation, Tag } from './operations/operation.ts';
import { siteOperations } from './operations/sites.ts';
import { threadOperations } from './operations/threads.ts';

export { type Audience, type Operation, problemsOf } from './operations/operation.ts';
export { PROBLEMS, type ProblemReason } from './operations/problems.ts';

export const TAGS: Readonly<Record<Tag, string>> = {
  Articles: 'What readers comment on. The publisher’s content system registers them.',
  Threads: 'Reading: public, the same for everybody, and cached.',
  Comments: 'What a reader does: post, edit, vote, report. Readers are guests with a key of their own.',
  Moderation: 'The queue and the decisions on it.',
  Moderators: 'The people who moderate a site, and how they sign in.',
  Sites: 'A site, its settings and its keys.',
};

export const OPERATIONS: readonly Operation[] = [
  ...articleOperations,
  ...threadOperations,
  ...commentOperations,
  ...moderationOperations,
  ...moderatorOperations,
  ...siteOperations,
];
