import type { moderationRoutes } from '../../contract/routes/moderation.ts';
import { counts, decided, queueItem } from '../examples.ts';
import type { WordsOn } from './route-words.ts';

const place = { article: queueItem.article.key, id: queueItem.id };

export const moderationWords: WordsOn<typeof moderationRoutes> = {
  readQueue: {
    description: 'Each comment comes with what is needed to decide: why it is here, what it answers, and who wrote it.',
    query: 'list=pending&order=oldest',
    answers: {
      200: {
        description: 'A page of the list, and how many comments are in each list.',
        example: { items: [queueItem], counts, next: null },
      },
    },
  },
  readDossier: {
    description: 'The comment’s events and reports, newest first, and the latest comments of the same reader.',
    answers: {
      200: {
        description: 'The comment, its events, its reports, and other comments of its reader.',
        example: {
          item: queueItem,
          source: 'The **ferry** was late again.',
          events: [],
          flags: [],
          history: [],
        },
      },
    },
  },
  decideOne: {
    description:
      'The decision holds only while the comment is as the moderator saw it: `expectedStatus` and `revision` say how that was. Of two moderators the second is told who was first.',
    body: { decision: 'reject', expectedStatus: 'pending', revision: 1, reason: 'Please stay with the topic.' },
    answers: {
      200: {
        description: 'The decision is made.',
        example: { result: { ...decided, status: 'rejected' }, counts },
      },
    },
  },
  decide: {
    description:
      'Up to 100 comments, each decided on its own: those that changed in the meantime are left alone and named in the answer.',
    body: { decision: 'approve', comments: [{ ...place, expectedStatus: 'pending', revision: 1 }] },
    answers: {
      200: {
        description: 'The result for each comment. The status is 200 even when none could be decided on.',
        example: { results: [decided], counts },
      },
    },
  },
  undo: {
    description: 'Possible where the decision was this moderator’s own and is still the last word.',
    body: { comments: [place] },
    answers: {
      200: {
        description: 'The result for each comment.',
        example: { results: [{ ...decided, status: 'pending' }], counts },
      },
    },
  },
  ruleOnVotes: {
    description:
      'Rules on the votes that are set aside on the comment at this moment, at most 1,000 a call: call again while `setAsideVotes` is above 0. The ruling is one of the comment’s events and cannot be undone. A call with no such votes left changes nothing.',
    body: { ruling: 'count-votes' },
    answers: {
      200: {
        description: 'The number of votes that were ruled on, and the comment’s votes now.',
        example: { votes: 114, setAsideVotes: 0, upVotes: 118, downVotes: 2 },
      },
    },
  },
  banReader: {
    params: { id: queueItem.reader.id },
    description: 'A banned reader is told. A shadow-banned one goes on writing, and is the only one to see it.',
    body: { ban: 'ban', days: 7, holdNetworkHours: 24 },
    answers: { 204: { description: 'The reader’s standing is changed from now on.' } },
  },
};
