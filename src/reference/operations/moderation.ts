import * as z from 'zod';
import {
  BanInput,
  DecisionResult,
  DecisionsView,
  DossierView,
  NewDecision,
  NewDecisions,
  NewVoteRuling,
  QueueCounts,
  QueueQuery,
  QueueView,
  UndoInput,
  VoteRulingView,
} from '../../contract/moderation.ts';
import { CommentPath, SitePath } from '../../contract/paths.ts';
import { ReaderId } from '../../contract/scalars.ts';
import { counts, decided, queueItem } from './examples.ts';
import type { Operation } from './operation.ts';

const ReaderPath = SitePath.extend({ id: ReaderId.meta({ example: queueItem.reader.id }) });

/** One decision is answered in the singular. */
const DecisionView = z.object({ result: DecisionResult, counts: QueueCounts }).meta({ id: 'Decision' });

export const moderationOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/sites/{site}/queue',
    operationId: 'readQueue',
    tag: 'Moderation',
    summary: 'Read a list of the queue',
    description: 'Each comment comes with what is needed to decide: why it is here, what it answers, and who wrote it.',
    audience: ['moderator'],
    params: SitePath,
    query: QueueQuery,
    queryExample: 'list=pending&order=oldest',
    responses: {
      200: {
        description: 'A page of the list, and how many comments are in each list.',
        schema: QueueView,
        example: { items: [queueItem], counts, next: null },
      },
    },
  },
  {
    method: 'get',
    path: '/v1/sites/{site}/comments/{id}/dossier',
    operationId: 'readDossier',
    tag: 'Moderation',
    summary: 'Read all that is known of a comment',
    description: 'Its history and its reports, newest first, and the latest comments of the same reader.',
    audience: ['moderator'],
    params: CommentPath,
    responses: {
      200: {
        description: 'The comment, its events, its reports, and what else its reader wrote.',
        schema: DossierView,
        example: {
          item: queueItem,
          source: 'The **ferry** was late again.',
          events: [],
          flags: [],
          history: [],
        },
      },
    },
    problems: ['not-found'],
  },
  {
    method: 'post',
    path: '/v1/sites/{site}/comments/{id}/decision',
    operationId: 'decideOne',
    tag: 'Moderation',
    summary: 'Decide on one comment',
    description:
      'The decision holds only while the comment is what the moderator saw: `expectedStatus` and `revision` say what that was. Of two moderators the second is told who was first.',
    audience: ['moderator'],
    params: CommentPath,
    body: {
      schema: NewDecision,
      example: { decision: 'reject', expectedStatus: 'pending', revision: 1, reason: 'Please stay with the topic.' },
    },
    responses: {
      200: {
        description: 'It is decided.',
        schema: DecisionView,
        example: { result: { ...decided, status: 'rejected' }, counts },
      },
    },
    problems: ['not-found', 'decided-already', 'edited-meanwhile', 'transition-not-allowed'],
  },
  {
    method: 'post',
    path: '/v1/sites/{site}/decisions',
    operationId: 'decide',
    tag: 'Moderation',
    summary: 'Decide on many comments',
    description:
      'Up to 100 at once, each for itself: those that changed in the meantime are left and named in the answer.',
    audience: ['moderator'],
    params: SitePath,
    body: {
      schema: NewDecisions,
      example: { decision: 'approve', comments: [{ id: queueItem.id, expectedStatus: 'pending', revision: 1 }] },
    },
    responses: {
      200: {
        description: 'What became of each. The status is 200 also when none could be decided.',
        schema: DecisionsView,
        example: { results: [decided], counts },
      },
    },
  },
  {
    method: 'post',
    path: '/v1/sites/{site}/decisions/undo',
    operationId: 'undo',
    tag: 'Moderation',
    summary: 'Take back one’s own decisions',
    description: 'Where the decision was this moderator’s own and is still the last word.',
    audience: ['moderator'],
    params: SitePath,
    body: { schema: UndoInput, example: { comments: [queueItem.id] } },
    responses: {
      200: {
        description: 'What became of each.',
        schema: DecisionsView,
        example: { results: [{ ...decided, status: 'pending' }], counts },
      },
    },
  },
  {
    method: 'post',
    path: '/v1/sites/{site}/comments/{id}/vote-ruling',
    operationId: 'ruleOnVotes',
    tag: 'Moderation',
    summary: 'Count the votes that were set aside, or discard them',
    description:
      'Rules on the votes that are set aside on the comment at this moment, at most 1,000 a call: ask again while `quarantinedVotes` is above 0. It stands in the comment’s history and cannot be taken back. Asked again with none left it changes nothing.',
    audience: ['moderator'],
    params: CommentPath,
    body: { schema: NewVoteRuling, example: { ruling: 'count-votes' } },
    responses: {
      200: {
        description: 'How many votes it was about, and the comment’s votes now.',
        schema: VoteRulingView,
        example: { votes: 114, quarantinedVotes: 0, upVotes: 118, downVotes: 2 },
      },
    },
    problems: ['not-found'],
  },
  {
    method: 'put',
    path: '/v1/sites/{site}/readers/{id}/ban',
    operationId: 'banReader',
    tag: 'Moderation',
    summary: 'Ban a reader, or lift a ban',
    description: 'A banned reader is told. A shadow-banned one goes on writing, and is the only one to see it.',
    audience: ['moderator'],
    params: ReaderPath,
    body: { schema: BanInput, example: { ban: 'ban', days: 7 } },
    responses: { 204: { description: 'It holds from now on.' } },
    problems: ['not-found'],
  },
];
