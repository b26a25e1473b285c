import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPurger } from '../../src/http/cache/purger.ts';

/** A cache that answers as Cloudflare's does: five purges a minute, a hundred tags in each, and the rest is refused. */
const openCache = () => {
  let now = 1_000_000;
  const timers: { at: number; fire: () => void }[] = [];
  const calls: { at: number; tags: string[]; success: boolean }[] = [];
  const logged: object[] = [];
  const others: number[] = [];
  let work: Promise<unknown>[] = [];

  const cache = {
    async purge({ tags = [] }: { tags?: string[] }) {
      const lately = [...calls.map(({ at }) => at), ...others].filter((at) => now - at < 60_000).length;
      const success = lately < 5 && tags.length <= 100;
      calls.push({ at: now, tags, success });
      return { success, errors: success ? [] : [{ code: 10_429, message: 'rate limit of somebody.example' }] };
    },
    invalidate: () => Promise.reject(new Error('not asked')),
  };
  const purge = createPurger(
    { clock: { now: () => now }, log: (event, facts) => logged.push({ event, ...facts }) },
    (millis) => new Promise<void>((resolve) => timers.push({ at: now + millis, fire: resolve })),
  );
  /** Lets so much time pass, with everything that falls due in it. */
  const pass = async (millis: number) => {
    const end = now + millis;
    for (;;) {
      timers.sort((a, b) => a.at - b.at);
      const next = timers[0];
      if (next === undefined || next.at > end) break;
      timers.shift();
      now = next.at;
      next.fire();
      for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    }
    now = end;
  };
  return {
    calls,
    logged,
    timers,
    pass,
    /** Purges that other isolates have made, which count against the same limit. */
    askElsewhere: (count: number) => others.push(...Array<number>(count).fill(now)),
    write: (...tags: string[]) => purge({ cache, waitUntil: (promise) => work.push(promise) }, tags),
    settle: async () => {
      await Promise.all(work);
      work = [];
    },
    purge,
    cache,
  };
};

const tagsOf = (calls: { tags: string[] }[]) => calls.map(({ tags }) => [...tags].sort());

describe('the cache in front', () => {
  test('is asked once for what is written within two seconds, and for nothing twice', async () => {
    const { write, pass, calls } = openCache();
    write('a', 'b');
    await pass(1_000);
    write('b', 'c');
    await pass(999);
    expect(calls).toEqual([]);
    await pass(1);
    expect(tagsOf(calls)).toEqual([['a', 'b', 'c']]);
    await pass(60_000);
    expect(calls).toHaveLength(1);
  });

  test('is asked again no earlier than twelve seconds later, and two seconds after a quiet time', async () => {
    const { write, pass, calls } = openCache();
    write('a');
    await pass(2_000);
    write('b');
    await pass(11_999);
    expect(calls).toHaveLength(1);
    await pass(1);
    expect(tagsOf(calls)).toEqual([['a'], ['b']]);
    await pass(30_000);
    write('c');
    await pass(2_000);
    expect(calls).toHaveLength(3);
  });

  test('that refuses is logged without its words, and asked for the same once more, by the next purge', async () => {
    const { write, pass, calls, logged, askElsewhere } = openCache();
    askElsewhere(5);
    write('a', 'b');
    await pass(2_000);
    expect(calls).toMatchObject([{ tags: ['a', 'b'], success: false }]);
    expect(logged).toEqual([{ event: 'purge-failed', tags: 2, code: 10_429 }]);
    write('c');
    await pass(12_000);
    write('d');
    await pass(12_000);
    expect(tagsOf(calls)).toEqual([
      ['a', 'b'],
      ['a', 'b', 'c'],
      ['c', 'd'],
    ]);
    expect(calls.every(({ success }) => !success)).toBe(true);
    await pass(60_000);
    write('e');
    await pass(2_000);
    expect(calls.at(-1)).toMatchObject({ tags: ['e', 'd'], success: true });
    expect(logged).toHaveLength(3);
  });

  test('that throws is logged by the kind of error, and the write does not notice', async () => {
    const { pass, calls, logged, purge, settle, write } = openCache();
    const work: Promise<unknown>[] = [];
    const broken = {
      purge: () => Promise.reject(new TypeError('for somebody.example')),
      invalidate: () => broken.purge(),
    };
    purge({ cache: broken, waitUntil: (promise) => work.push(promise) }, ['a']);
    await pass(2_000);
    await Promise.all(work);
    expect(logged).toMatchObject([{ event: 'purge-failed', tags: 1, error: 'TypeError' }]);
    expect(JSON.stringify(logged)).not.toContain('somebody');
    write('b');
    await pass(12_000);
    await settle();
    expect(tagsOf(calls)).toEqual([['a', 'b']]);
  });

  test('takes a hundred tags in a purge: more are several', async () => {
    const { write, pass, calls } = openCache();
    write(...Array.from({ length: 250 }, (_, n) => `t${n}`));
    await pass(2_000);
    expect(calls.map(({ tags }) => tags.length)).toEqual([100, 100, 50]);
    write('next');
    await pass(35_999);
    expect(calls).toHaveLength(3);
    await pass(1);
    expect(calls).toHaveLength(4);
  });

  test('that is not there, as on one’s own machine, gathers nothing', async () => {
    const { purge, timers } = openCache();
    purge(null, ['a']);
    purge({ waitUntil: () => undefined } as never, ['a']);
    expect(timers).toEqual([]);
  });

  test('hears of what a request left behind that the runtime ended', async () => {
    const { write, pass, calls, timers } = openCache();
    write('a');
    timers.length = 0;
    await pass(6_999);
    write('b');
    expect(timers).toEqual([]);
    await pass(1);
    write('c');
    await pass(2_000);
    expect(tagsOf(calls)).toEqual([['a', 'b', 'c']]);
  });

  test('is asked five times a minute at most by one isolate, and for each tag after its write', async () => {
    const write = fc.record({ after: fc.integer({ min: 0, max: 20_000 }), tag: fc.integer({ min: 0, max: 150 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(write, { maxLength: 60 }), async (writes) => {
        const open = openCache();
        const written: { at: number; tag: string }[] = [];
        let at = 1_000_000;
        for (const { after, tag } of writes) {
          await open.pass(after);
          at += after;
          open.write(`t${tag}`);
          written.push({ at, tag: `t${tag}` });
        }
        await open.pass(60_000);
        expect(open.calls.filter(({ success }) => !success)).toEqual([]);
        for (const { at: writtenAt, tag } of written) {
          const purged = open.calls.find((call) => call.at >= writtenAt && call.tags.includes(tag));
          expect((purged?.at ?? Number.POSITIVE_INFINITY) - writtenAt).toBeLessThanOrEqual(12_000);
        }
      }),
    );
  });
});
