import { randomBytes, randomInt } from 'node:crypto';
import * as addresses from '../contract/addresses.ts';
import { requestTo } from '../contract/client.ts';
import { sortableId } from '../core/platform/sortable-id.ts';
import { paragraphsOf } from './crowd/sentences.ts';
import { CROWD_SITE } from './crowd/shape.ts';
import type { Floor } from './floors.ts';
import { type LoadRequest, loadOf } from './load.ts';
import type { Stage } from './prepare.ts';

export interface Scenario {
  name: string;
  /** The Worker that answers. */
  of: 'belowline' | Floor;
  /** The name of the floor that the goal speaks of. */
  floor?: string;
  /** The name of a floor that makes the same calls of the platform, and nothing else. */
  sameCalls?: string;
  /** The status of every answer; anything else ends the benchmark. */
  status: number;
  /** Answers come from the page cache, which is filled before the clock starts. */
  isCached?: boolean;
  /** @param round tells rounds apart, so that nothing is asked or posted twice */
  requests(round: number): LoadRequest[];
}

const many = (count: number, make: (n: number) => LoadRequest): LoadRequest[] =>
  Array.from({ length: count }, (_, n) => make(n));

/** Requests of a twentieth of a millisecond have to be many to be measured. */
const QUICK = 16_000;

/** Twenty conversations of a crowd, which are 52 comments. */
const PAGE = 20;

let made = 0;
/** A number that grows with every use, for names that may not occur twice. */
const unique = (): number => {
  made += 1;
  return made;
};

const guest = () => randomBytes(32).toString('base64url');
const address = () => [10, randomInt(256), randomInt(256), randomInt(256)].join('.');

/** A page is kept for each host, as for a deployment with several names: a new host has no page yet. */
const newHost = (round: number, n: number) => ({ Host: `miss-${round}-${n}.comments.example` });

const floors = ({ articles }: Stage): Scenario[] => {
  const query = (n: number) => ({ method: 'GET', path: `/?article=${articles[n % articles.length]}` });
  const insert = (): LoadRequest => {
    const n = unique();
    const id = sortableId(Date.now(), randomBytes(7));
    const sent = {
      id,
      article: `article-${n % 96}`,
      reader: guest(),
      name: 'Ada',
      body: paragraphsOf(n, 120).join(' '),
    };
    return { method: 'POST', path: '/', body: JSON.stringify(sent) };
  };
  return [
    {
      name: 'floor: hello world',
      of: 'hello',
      status: 200,
      requests: () => many(QUICK, () => ({ method: 'GET', path: '/' })),
    },
    {
      name: 'floor: a constant of 11 kB, eleven headers',
      of: 'page',
      status: 200,
      requests: () => many(QUICK, () => ({ method: 'GET', path: '/' })),
    },
    { name: 'floor: one query, 50 rows', of: 'one-query', status: 200, requests: () => many(1_000, query) },
    { name: 'floor: a guarded INSERT', of: 'one-insert', status: 201, requests: () => many(600, insert) },
  ];
};

const reads = ({ articles, moderator }: Stage): Scenario[] => {
  const articleAt = (n: number) => articles[n % articles.length] ?? '';
  const thread = (n: number) =>
    requestTo(addresses.getThread, { site: CROWD_SITE, article: articleAt(n), query: { limit: PAGE } });
  const counts = (n: number) => {
    const key = Array.from({ length: 50 }, (_, i) => articleAt(n + i));
    return requestTo(addresses.countComments, { site: CROWD_SITE, query: { key } });
  };
  return [
    {
      name: 'GET thread, 52 comments, miss',
      of: 'belowline',
      floor: 'floor: one query, 50 rows',
      status: 200,
      requests: (round) => many(1_000, (n) => loadOf(thread(n), newHost(round, n))),
    },
    {
      name: 'GET thread, 52 comments, hit',
      of: 'belowline',
      floor: 'floor: hello world',
      sameCalls: 'floor: a constant of 11 kB, eleven headers',
      status: 200,
      isCached: true,
      requests: () => many(QUICK, () => loadOf(thread(0))),
    },
    {
      name: 'GET thread, hit, 304',
      of: 'belowline',
      floor: 'floor: hello world',
      status: 304,
      isCached: true,
      requests: () => many(QUICK, () => loadOf(thread(0))),
    },
    {
      name: 'GET counts of 50, miss',
      of: 'belowline',
      floor: 'floor: one query, 50 rows',
      status: 200,
      requests: (round) => many(1_000, (n) => loadOf(counts(n), newHost(round, n))),
    },
    {
      name: 'GET queue, 50 comments',
      of: 'belowline',
      floor: 'floor: one query, 50 rows',
      status: 200,
      requests: () => many(300, () => loadOf(requestTo(addresses.readQueue, { site: CROWD_SITE }), moderator)),
    },
  ];
};

const writes = ({ posted, pending, shown, moderator }: Stage): Scenario[] => [
  {
    name: 'POST comment, whole pipeline',
    of: 'belowline',
    floor: 'floor: a guarded INSERT',
    status: 201,
    requests: () =>
      many(600, () => {
        const n = unique();
        const { site, article } = posted[n % posted.length] ?? { site: '', article: '' };
        const headers = {
          Authorization: `Bearer ${guest()}`,
          'CF-Connecting-IP': address(),
          'Idempotency-Key': randomBytes(12).toString('hex'),
        };
        const body = { authorName: 'Ada', body: `${paragraphsOf(n, 120).join(' ')} ${n}.` };
        return loadOf(requestTo(addresses.postComment, { site, article, body }), headers);
      }),
  },
  {
    name: 'PUT vote',
    of: 'belowline',
    floor: 'floor: a guarded INSERT',
    status: 200,
    requests: () =>
      shown.map((place) => {
        const headers = { Authorization: `Bearer ${guest()}`, 'CF-Connecting-IP': address() };
        return loadOf(requestTo(addresses.voteComment, { site: CROWD_SITE, ...place, body: { value: 1 } }), headers);
      }),
  },
  {
    name: 'POST decision',
    of: 'belowline',
    floor: 'floor: a guarded INSERT',
    status: 200,
    requests: () =>
      pending.splice(0, 300).map((place) => {
        const body = { decision: 'approve', expectedStatus: 'pending', revision: 1 } as const;
        return loadOf(requestTo(addresses.decideOne, { site: CROWD_SITE, ...place, body }), moderator);
      }),
  },
];

/** The scenarios in the order in which they run, each close to the floor that it is compared with. */
export function scenariosOf(stage: Stage, only: string): Scenario[] {
  const ours = [...reads(stage), ...writes(stage)].filter(({ name }) => name.includes(only));
  return floors(stage).flatMap((floor) => {
    const compared = ours.filter((one) => one.floor === floor.name);
    const isNeeded = compared.length > 0 || ours.some((one) => one.sameCalls === floor.name);
    return isNeeded ? [floor, ...compared] : [];
  });
}
