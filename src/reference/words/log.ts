import type { logRoutes } from '../../contract/routes/log.ts';
import type { WordsOn } from './route-words.ts';

const eventId = '1tq5p9k2v0c8m4x7';

export const logWords: WordsOn<typeof logRoutes> = {
  readLog: {
    description:
      'The events of a site, oldest first: decisions, edits, rulings on votes, bans, settings, words, the team, keys, ' +
      'secrets; of an article how it came to be, its commenting and its mode. No text of a comment, no name of a reader and no address stands in it.',
    query: 'since=2026-11-23T00:00:00Z&by=Mara%20Lind',
    answers: {
      200: {
        description: 'A page of the log. It may be empty and still have a next one: it looks at a thousand events.',
        example: {
          events: [
            {
              id: eventId,
              at: '2026-11-23T10:00:00.000Z',
              verb: 'comment.rejected',
              actor: { kind: 'moderator', id: '1tq4d0m2a9c1k3z8', name: 'Mara Lind' },
              subject: { kind: 'comment', id: '1tq5p8h1s7b3n2w6' },
              article: 'strait-ferry-talks',
              facts: { from: 'published', to: 'rejected', reason: 'Please stay with the subject.' },
            },
          ],
          next: null,
        },
      },
    },
  },
  verifyLog: {
    description:
      'Hashes the events again and holds them against the seals of each minute. Whoever may write in the database can ' +
      'seal anew: keep a hash elsewhere, and look for it here later.',
    answers: {
      200: {
        description: 'Twenty seals of the log, and the intervals in which it is another than the one that was sealed.',
        example: {
          seals: 12,
          events: 31,
          broken: [],
          last: { upTo: eventId, hash: '9f86d081884c7d65'.repeat(4), sealedAt: '2026-11-23T10:01:00.000Z' },
          next: null,
        },
      },
    },
  },
};
