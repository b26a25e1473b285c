import type { siteRoutes } from '../../contract/routes/sites.ts';
import { healthCheck, site, token } from '../examples.ts';
import type { WordsOn } from './route-words.ts';

export const siteWords: WordsOn<typeof siteRoutes> = {
  createSite: {
    description: 'The site begins with the default settings. Readers may post from the origins named here.',
    body: { id: 'demo', name: 'The Quillhaven Courier', origins: ['https://news.example'] },
    answers: { 201: { description: 'The site.', example: site } },
  },
  listSites: {
    description: 'The sites of all databases, in the order of their ids.',
    answers: {
      200: {
        description: 'A page of sites.',
        example: {
          sites: [{ id: 'demo', name: 'The Quillhaven Courier', origins: ['https://news.example'], database: 'DB' }],
          next: null,
        },
      },
    },
  },
  removeSite: {
    description:
      'It cannot be undone. Nobody reaches the site from then on, and its keys and sessions end; its comments, its team and its log are deleted in the minutes after.',
    answers: { 204: { description: 'The site is gone.' } },
  },
  getSettings: {
    answers: { 200: { description: 'The site and its settings.', example: site } },
  },
  changeSettings: {
    description:
      'Settings that are left out stay as they are. A list that is sent replaces the whole list; `add` and `remove` change entries of it, and lose nothing that somebody else adds at the same time. Send the `version` that you have read to change nothing if there is another by now.',
    body: { version: 6, moderation: 'pre', add: { suspectWords: ['casino'] } },
    answers: {
      200: {
        description: 'The site as it is now.',
        example: { ...site, settings: { ...site.settings, moderation: 'pre' } },
      },
    },
  },
  testWords: {
    description:
      'Says which entries a comment with this text would hit, whether it would be rejected or held for that, and why: as screening does, and before the lists are saved. It writes nothing. A list that is left out is the one that is saved.',
    body: { text: 'Visit the c4sino!', bannedWords: ['casino'] },
    answers: {
      200: {
        description: 'The entries that the text hits.',
        example: {
          outcome: 'hold',
          hits: [{ list: 'bannedWords', entry: 'casino', effect: 'hold', found: 'c4sino', differences: ['digits'] }],
        },
      },
    },
  },
  forgetAddress: {
    description:
      'For a reader who wants to be forgotten. A call is a step: it looks at up to 2,000 comments, oldest first, whatever became of them, and empties the address in those that have it, upper or lower case. Call again with `after` until `next` is null. Done twice, it finds nothing. The log says in how many comments, and not which address.',
    body: { email: 'ada@post.example' },
    answers: {
      200: {
        description: 'The step is done.',
        example: { looked: 2_000, forgotten: 3, next: '1tq5p9k2v0c8m4x7' },
      },
    },
  },
  createApiKey: {
    description:
      'For the publisher’s content system. The key starts with `bl_` and the site’s id, so that a leaked one is recognised.',
    body: { name: 'Content system' },
    answers: {
      201: {
        description: 'The key, shown this once.',
        example: { key: `bl_demo_${token}`, name: 'Content system' },
      },
    },
  },
  listApiKeys: {
    answers: {
      200: {
        description: 'The keys by name, oldest first.',
        example: {
          keys: [{ id: 'kX3v9QbT', name: 'Content system', createdAt: '2026-11-02T08:00:00.000Z', secret: 'current' }],
        },
      },
    },
  },
  revokeApiKey: {
    description: 'The key is refused from the next request on.',
    answers: { 204: { description: 'The key is gone.' } },
  },
  getHealth: {
    description: 'The answer says nothing about the database.',
    answers: { 200: { description: 'The Worker answers.', example: { status: 'ok' } } },
  },
  checkHealth: {
    description:
      'For the operator and their monitoring: writes a row in each database and reads it back, reads from KV, and says when the jobs of the minute last ran, how full each database is, and whether its migrations are those of this Worker. The answer is 200 whatever is found; `status` says how it is.',
    answers: { 200: { description: 'All checks, each with a sentence.', example: healthCheck } },
  },
};
