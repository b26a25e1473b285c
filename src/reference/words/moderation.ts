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
    description: 'Its history and its reports, newest first, and the latest comments of the same reader.',
    answers: {
      200: {
        description: 'The comment, its events, its reports, and what else its reader wrote.',
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
      'The decision holds only while the comment is what the moderator saw: `expectedStatus` and `revision` say what that was. Of two moderators the second is told who was first.',
    body: { decision: 'reject', expectedStatus: 'pending', revision: 1, reason: 'Please stay with the topic.' },
    answers: {
      200: {
        description: 'It is decided.',
        example: { result: { ...decided, status: 'rejected' }, counts },
      },
    },
  },
  decide: {
    description:
      'Up to 100 at once, each for itself: those that changed in the meantime are left and named in the answer.',
    body: { decision: 'approve', comments: [{ ...place, expectedStatus: 'pending', revision: 1 }] },
    answers: {
      200: {
        description: 'What became of each. The status is 200 also when none could be decided.',
        example: { results: [decided], counts },
      },
    },
  },
  undo: {
    description: 'Where the decision was this moderator’s own and is still the last word.',
    body: { comments: [place] },
    answers: {
      200: {
        description: 'What became of each.',
        example: { results: [{ ...decided, status: 'pending' }], counts },
      },
    },
  },
  ruleOnVotes: {
    description:
      'Rules on the votes that are set aside on the comment at this moment, at most 1,000 a call: ask again while `setAsideVotes` is above 0. It stands in the comment’s history and cannot be taken back. Asked again with none left it changes nothing.',
    body: { ruling: 'count-votes' },
    answers: {
      200: {
        description: 'How many votes it was about, and the comment’s votes now.',
        example: { votes: 114, setAsideVotes: 0, upVotes: 118, downVotes: 2 },
      },
    },
  },
  banReader: {
    params: { id: queueItem.reader.id },
    description: 'A banned reader is told. A shadow-banned one goes on writing, and is the only one to see it.',
    body: { ban: 'ban', days: 7 },
    answers: { 204: { description: 'It holds from now on.' } },
  },
};
