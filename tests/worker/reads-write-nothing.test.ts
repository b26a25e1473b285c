import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Described, ROUTES } from '../../src/reference/described.ts';
import type { Member, Tenant } from '../support/cast.ts';
import { overlap } from '../support/secrets.ts';
import { type Call, callersOf, callOf, openStage, placesOf, type Stage, tenantsOf } from '../support/stage.ts';
import { dumpTables } from '../support/table-dump.ts';

/** A link in a mail, a crawler and a browser that looks ahead ask with GET and HEAD: whoever asks, nothing changes. */

const READS = ROUTES.filter(({ method }) => method === 'GET');

const kvWrites: string[] = [];

/** The real KV; its writes are noted. */
const kv = new Proxy(env.KV, {
  get: (target, name) => {
    const member = Reflect.get(target, name);
    if (typeof member !== 'function') return member;
    return (...parts: unknown[]) => {
      if (name === 'put' || name === 'delete') kvWrites.push(`${name} ${parts[0]}`);
      return member.apply(target, parts);
    };
  },
});

interface Asked {
  call: Call;
  member: Member;
  place: string;
}

let stage: Stage;

/** Every read of a route: at each site, by everybody, about everything. */
const readsOf = async (described: Described): Promise<Asked[]> => {
  const asked: Asked[] = [];
  const callsAt = async (tenant: Tenant): Promise<Call[]> =>
    Promise.all(
      placesOf(described).map(async (where) =>
        callOf(described, stage.siteOf(tenant), await stage.thingFor(described, tenant, where, false)),
      ),
    );
  for (const tenant of tenantsOf(described).filter((one) => one !== 'other')) {
    for (const call of await callsAt(tenant)) {
      for (const member of callersOf(described, stage.cast))
        asked.push({ call, member, place: `${call.path} by ${member.name}` });
    }
  }
  return asked;
};

describe.each([
  ['', () => {}],
  [' while the secret changes', overlap],
])('a read%s', (_, deploy) => {
  beforeAll(async () => {
    stage = await openStage({ kv });
    // The things of the stage are made when they are first asked for.
    for (const described of READS) await readsOf(described);
    deploy(stage.own);
    deploy(stage.other);
  });

  test.each(READS)('of $name changes no row and no key, whoever asks for whatever', async (described) => {
    const before = await dumpTables();
    kvWrites.length = 0;
    const asked = await readsOf(described);
    const statuses = new Set<number>();
    for (const { call, member, place } of asked) {
      const headers = member.headers();
      stage.own.meter.take();
      const { status } = await stage.send(call, headers);
      const head = await stage.send({ ...call, method: 'HEAD' }, headers);
      expect([head.status, head.body], place).toEqual([status, null]);
      expect(stage.own.meter.take().rowsWritten, place).toBe(0);
      statuses.add(status);
    }
    expect(statuses, 'nobody was let in').toContain(200);
    expect(kvWrites).toEqual([]);
    expect(await dumpTables()).toEqual(before);
  });
});
