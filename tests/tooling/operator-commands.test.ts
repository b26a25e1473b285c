import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { carryOut } from '../../src/cli/carry-out.ts';
import { teamErrands } from '../../src/cli/change-team.ts';
import { requestJson } from '../../src/cli/operator-api.ts';
import { readArguments } from '../../src/cli/operator-arguments.ts';
import { ALL_COMMANDS } from '../../src/cli/operator-commands.ts';
import { localTarget, remoteTarget } from '../../src/cli/operator-target.ts';
import { DEFAULT_STATE_DIR } from '../../src/cli/project.ts';
import { removeArticle } from '../../src/cli/remove-article.ts';
import { removeOrigin } from '../../src/cli/remove-origin.ts';
import { readOrCreateSecrets } from '../../src/cli/secrets.ts';
import { LINK_MINUTES } from '../../src/core/team/sign-in.ts';

const command = (words: string) => {
  const found = ALL_COMMANDS.find((one) => one.words.join(' ') === words);
  if (!found || 'run' in found) throw new Error(`no command ${words}`);
  return found;
};

/** A server in place of the API, with the requests that a test sent it and the lines that were printed. */
function standIn(answer: (method: string, url: string) => { status: number; body: string; location?: string }) {
  const asked: string[] = [];
  const target = { baseUrl: '', operatorKey: 'k' };
  const api = createServer(async (request, response) => {
    const { method = '', url = '' } = request;
    asked.push(`${method} ${url} ${await text(request)}`.trim());
    const { status, body, location } = answer(method, url);
    response.writeHead(status, location === undefined ? {} : { location }).end(body);
  });
  beforeAll(async () => {
    api.listen(0, '127.0.0.1');
    await once(api, 'listening');
    target.baseUrl = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
  });
  beforeEach(() => {
    asked.length = 0;
    vi.spyOn(console, 'log').mockImplementation(() => {});
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });
  afterAll(() => {
    api.close();
  });
  return { asked, target, said: () => vi.mocked(console.log).mock.calls.join('\n') };
}

describe('the operator’s commands', () => {
  it('create a site with the origins that may embed it', () => {
    const options = { name: 'The Daily', origin: ['https://daily.example', 'https://www.daily.example'] };
    expect(command('site create').prepare(['daily'], options)).toEqual({
      method: 'POST',
      path: '/v1/sites',
      body: { id: 'daily', name: 'The Daily', origins: options.origin },
    });
  });

  it('create a site in the database that is named', () => {
    const { body } = command('site create').prepare(['daily'], { name: 'The Daily', database: 'DB_1' });
    expect(body).toEqual({ id: 'daily', name: 'The Daily', origins: [], database: 'DB_1' });
  });

  it('say of a site without origins that any page may post, and what names one', () => {
    const { describe: say } = command('site create');
    expect(say({ id: 'daily', origins: ['https://daily.example'] }, {})).toBe('Site daily is there.');
    expect(say({ id: 'daily', origins: [] }, {})).toMatch(/: any page may post\. .*: origin add daily https:/);
  });

  it('invite a moderator unless another role is given', () => {
    const { path, body } = command('invite').prepare(['daily', 'ann@daily.example'], { name: 'Ann' });
    expect(path).toBe('/v1/sites/daily/moderators');
    expect(body).toEqual({ email: 'ann@daily.example', name: 'Ann', role: 'moderator' });
  });

  it('say of a sign-in link how long and how often it is good', () => {
    const url = 'https://comments.example/console/#token=t';
    const sentence = `It works once, and for ${LINK_MINUTES} minutes.`;
    expect(command('sign-in-link').describe({ url }, {})).toBe(`${url}\n${sentence}`);
    const invite = (signInUrl: string | null) => command('invite').describe({ signInUrl }, {});
    expect(invite(url)).toBe(`${url}\nNo mail was sent: hand this link over. ${sentence}`);
    expect(invite(null)).toBe(`The sign-in link has been mailed. ${sentence}`);
  });

  it('test word lists on a text, and say which entries it has, what they do and why', () => {
    const test = command('words test');
    const { method, path, body } = test.prepare(['daily', 'c4sino!'], {});
    expect([method, path, body]).toEqual(['POST', '/v1/sites/daily/words/test', { text: 'c4sino!' }]);
    const hit = {
      list: 'bannedWords',
      entry: 'casino',
      effect: 'hold',
      found: 'c4sino\u001b',
      differences: ['digits'],
    };
    expect(test.describe({ outcome: 'hold', hits: [hit] }, {})).toBe(
      'A comment with this text would wait for a moderator.\n' +
        'holds  casino  (banned)  found as "c4sino ", spelled otherwise: digits',
    );
    expect(test.describe({ outcome: 'pass', hits: [] }, {})).toBe('No entry of the lists is in this text.');
    expect(() => test.prepare(['daily'], {})).toThrow('The text is missing');
  });

  it('keep a site’s id from leading to another path', () => {
    expect(command('sign-in-link').prepare(['../x', 'a@b.example'], {}).path).toBe(
      '/v1/sites/..%2Fx/operator/sign-in-links',
    );
  });

  it('read a log from page to page, and write each event as a line or as it came', () => {
    const log = command('log');
    const options = { since: '2026-11-23', by: 'Mara Lind' };
    expect(log.prepare(['daily'], options).path).toBe(
      '/v1/sites/daily/log?limit=500&since=2026-11-23T00%3A00%3A00.000Z&by=Mara%20Lind',
    );
    const event = {
      ...{ id: '1tq5p9k2v0c8m4x7', at: '2026-11-23T10:00:00.000Z', verb: 'comment.rejected', article: 'ferry' },
      ...{ actor: { kind: 'moderator', id: 'm1', name: 'Mara\u001b[2J' }, subject: { kind: 'comment', id: 'c1' } },
      facts: { to: 'rejected', reason: 'Off topic.' },
    };
    const page = { events: [event], next: 'more' };
    expect(log.describe(page, {})).toBe(
      '2026-11-23T10:00:00.000Z  Mara [2J  comment.rejected  c1  under ferry  to="rejected"  reason="Off topic."',
    );
    const until = Date.parse('2026-11-30T10:00:00Z');
    const ban = { ...event, verb: 'reader.banned', article: null, facts: { until } };
    expect(log.describe({ events: [ban], next: null }, {})).toMatch(/ {2}until=2026-11-30T10:00:00\.000Z$/);
    expect(log.describe({ events: [{ ...ban, facts: { until: null } }], next: null }, {})).toMatch(/ {2}until=null$/);
    expect(JSON.parse(log.describe(page, { json: true }))).toEqual(event);
    expect(log.next(page, ['daily'], {})?.path).toBe('/v1/sites/daily/log?limit=500&cursor=more');
    expect(log.next({ ...page, next: null }, ['daily'], {})).toBeNull();
    expect(() => log.prepare(['daily'], { since: 'yesterday' })).toThrow('"yesterday" is no time');
  });

  it('say how the server is, a line a check, and end with 1 where something is broken', () => {
    const health = command('health');
    expect(health.prepare([], {})).toMatchObject({ method: 'POST', path: '/v1/health/checks' });
    const check = (status: string, detail: string) => ({ name: 'kv', database: null, status, detail });
    const view = (status: string, ...checks: object[]) => ({ status, version: 'abc', checkedAt: '', checks });
    const [well, full, broken] = [check('ok', 'Fine.'), check('warn', 'Nearly full.'), check('fail', 'Broken.')];
    expect(health.describe(view('ok', well), {})).toBe('ok    Fine.\nAll is well. Version abc.');
    expect(health.describe(view('fail', well, full, broken), {})).toBe(
      'ok    Fine.\nWARN  Nearly full.\nFAIL  Broken.\nLook at the above. Version abc.',
    );
    expect(['ok', 'warn', 'fail'].map((status) => health.isFault(view(status)))).toEqual([false, false, true]);
  });

  it('say between which deeds a log is another than the one that was sealed, and end with 1', () => {
    const verify = command('log verify');
    expect(verify.prepare(['daily'], {}).path).toBe('/v1/sites/daily/log/verification');
    const fault = { fault: 'missing', after: null, from: null, upTo: 'e2', to: '2026-11-23T10:00:00.000Z' };
    const last = { upTo: 'e9', hash: 'abc', sealedAt: '2026-11-23T10:01:00.000Z' };
    const whole = { seals: 3, events: 7, broken: [], last, next: null };
    expect(verify.describe({ ...whole, broken: [fault], next: 'e5' }, {})).toBe(
      'MISSING  between the beginning and 2026-11-23T10:00:00.000Z (e2)\n7 events under 3 seals looked at.',
    );
    expect(verify.describe(whole, {})).toBe(
      '7 events under 3 seals are as they were sealed.\nThe last seal is abc, of 2026-11-23T10:01:00.000Z, up to e9.',
    );
    expect(verify.describe({ ...whole, seals: 1, last: null }, {})).toBe(
      '7 events under 1 seal are as they were sealed.',
    );
    expect(verify.describe({ ...whole, seals: 1, events: 1, last: null }, {})).toBe(
      '1 event under 1 seal is as it was sealed.',
    );
    expect(verify.isFault({ ...whole, broken: [fault] })).toBe(true);
    expect(verify.isFault(whole)).toBe(false);
    expect(verify.next({ ...whole, next: 'e5' }, ['daily'], {})?.path).toBe(
      '/v1/sites/daily/log/verification?after=e5',
    );
  });

  it('take an address out of the comments step by step, and say how far they are', () => {
    const forget = command('reader forget-email');
    const args = ['daily', 'ann@daily.example'];
    const at = { method: 'POST', path: '/v1/sites/daily/forgotten-addresses' };
    expect(forget.prepare(args, {})).toEqual({ ...at, body: { email: 'ann@daily.example' } });
    const step = { looked: 2_000, forgotten: 3, next: '1tq5p9k2v0c8m4x7' };
    expect(forget.describe(step, {})).toBe('Looked at 2000 comments, 3 forgotten.');
    const body = { email: 'ann@daily.example', after: '1tq5p9k2v0c8m4x7' };
    expect(forget.next(step, args, {})).toEqual({ ...at, body });
    const last = { looked: 7, forgotten: 0, next: null };
    expect(forget.describe(last, {})).toBe('Looked at 7 comments, 0 forgotten. That was the last step.');
    expect(forget.next(last, args, {})).toBeNull();
    expect(() => forget.prepare(['daily'], {})).toThrow('The e-mail address is missing');
  });

  it.each([
    ['site list', [], {}, 'GET /v1/sites', undefined],
    ['site show', ['daily'], {}, 'GET /v1/sites/daily/settings', undefined],
    [
      'origin add',
      ['daily', 'https://a.example'],
      {},
      'PATCH /v1/sites/daily/settings',
      { add: { origins: ['https://a.example'] } },
    ],
    ['article close', ['daily', 'a/b'], {}, 'PATCH /v1/sites/daily/articles/a%2Fb', { commenting: 'closed' }],
    ['article open', ['daily', 'ferry'], {}, 'PATCH /v1/sites/daily/articles/ferry', { commenting: 'open' }],
    ['article rekey', ['daily', 'ferry', 'boat'], {}, 'PUT /v1/sites/daily/articles/ferry/key', { key: 'boat' }],
    [
      'article list',
      ['daily'],
      { section: 'World' },
      'GET /v1/sites/daily/articles?limit=100&section=World',
      undefined,
    ],
    [
      'article put',
      ['daily', 'ferry'],
      { url: 'https://a.example/f', headline: 'F', published: '2026-11-23T10:00:00Z', topic: ['Sea'] },
      'PUT /v1/sites/daily/articles/ferry',
      {
        ...{ url: 'https://a.example/f', headline: 'F', publishedAt: '2026-11-23T10:00:00Z' },
        ...{ section: null, topics: ['Sea'], authors: [] },
      },
    ],
  ])('%s asks one route', (words, args, options, request, body) => {
    const { method, path, body: sent } = command(words).prepare(args, options);
    expect([`${method} ${path}`, sent]).toEqual([request, body]);
  });

  it('say what is missing', () => {
    expect(() => command('key create').prepare(['daily'], {})).toThrow('--name is missing');
  });
});

describe('the server that is asked', () => {
  const OPERATOR_KEY = 'k'.repeat(32);

  it('is the one of BELOWLINE_URL', () => {
    const BELOWLINE_URL = 'https://comments.example';
    expect(remoteTarget({ BELOWLINE_URL, OPERATOR_KEY })).toMatchObject({
      baseUrl: BELOWLINE_URL,
      operatorKey: OPERATOR_KEY,
    });
  });

  it.each(['comments.example', 'localhost:8787', 'ftp://comments.example'])('is none at %s', (BELOWLINE_URL) => {
    expect(() => remoteTarget({ BELOWLINE_URL, OPERATOR_KEY })).toThrow('Write the whole address');
  });
});

describe('what is typed', () => {
  const asked = (line: string) => {
    const read = readArguments(line.split(' '));
    if ('help' in read) throw new Error('help was asked for');
    const { command: found, args, options, stateDir } = read;
    return [found.words.join(' '), args, { ...options }, stateDir];
  };

  it('is a command with its words and options, anywhere on the line', () => {
    const local = DEFAULT_STATE_DIR;
    expect(asked('log daily --by Mara --json --local')).toEqual(['log', ['daily'], { by: 'Mara', json: true }, local]);
    expect(asked('--local log verify daily')).toEqual(['log verify', ['daily'], {}, local]);
    expect(asked('log verify daily')).toEqual(['log verify', ['daily'], {}, null]);
    expect(asked('log verify daily --state other --local')).toEqual(['log verify', ['daily'], {}, 'other']);
  });

  it('gets help: about all commands, those of a word, or one', () => {
    const help = (line: string) => {
      const read = readArguments(line === '' ? [] : line.split(' '));
      return 'help' in read ? read.help : null;
    };
    const linesOf = (line: string) => help(line)?.match(/^ {2}[a-z].*$/gm);
    expect(linesOf('--help')).toHaveLength(ALL_COMMANDS.length);
    expect(linesOf('')).toHaveLength(ALL_COMMANDS.length);
    expect(linesOf('moderator --help')).toEqual([
      '  moderator list <site>',
      '  moderator role <site> <email or id> moderator|admin',
      '  moderator remove <site> <email or id>',
    ]);
    for (const { words, usage, about } of ALL_COMMANDS) {
      expect(linesOf(`${words.join(' ')} --help`)).toEqual([`  ${[...words, usage].join(' ').trim()}`]);
      expect(help(`${words.join(' ')} --help`)).toContain(about);
    }
  });

  it('may name a key whose id begins with a hyphen', () => {
    for (const id of ['-X3v9QbT', '--3v9QbT', '-_-_-_-_']) {
      for (const line of [`key revoke daily ${id}`, `key revoke daily ${id} --local`, `key revoke daily -- ${id}`]) {
        expect(asked(line).slice(0, 2), line).toEqual(['key revoke', ['daily', id]]);
      }
    }
    const options = { name: 'D', origin: ['https://daily.example'] };
    expect(asked('site create daily --name D --origin https://daily.example')[2]).toEqual(options);
  });

  it.each([
    ['log verfy daily', '"daily" is one word too many for "log".'],
    ['key list daily weekly', '"weekly" is one word too many for "key list".'],
    ['key list daily --name CMS', '"key list" takes no --name.'],
    ['log verify daily --json', '"log verify" takes no --json.'],
    ['sign-in-link daily a@b.example --role admin', '"sign-in-link" takes no --role.'],
    ['key rewoke daily', 'There is no command "key rewoke daily".'],
    ['siet list', 'There is no command "siet list".'],
    ['site', 'There is no command "site".'],
    ['log daily --bogus', 'There is no option --bogus.'],
    ['log daily --toString', 'There is no option --toString.'],
    ['key list daily -x', 'There is no option -x.'],
    ['bogus --bogus', 'There is no option --bogus.'],
    ['log daily --json=yes', '--json takes no value.'],
    ['key create daily --name', '--name wants a value'],
    ['key create daily --name --local', '--name wants a value'],
  ])('is refused where no command takes it: %s', (line, sentence) => {
    expect(() => asked(line)).toThrow(sentence);
    expect(() => asked(line)).toThrow('npm run belowline --');
  });

  it('is refused with the help of what was begun alone, so that the error stays in sight', () => {
    const linesOf = (line: string) => {
      try {
        return asked(line).length;
      } catch (error) {
        return String(error).trim().split('\n').length;
      }
    };
    for (const line of ['bogus', 'bogus --bogus', '--bogus']) expect(linesOf(line), line).toBe(3);
    for (const line of ['site', 'moderator lst', 'site list --bogus']) expect(linesOf(line), line).toBeLessThan(20);
  });
});

describe('what cannot be undone', () => {
  it.each([['site delete', ['daily'], 'daily', 'DELETE /v1/sites/daily']])(
    '%s is done only when it is named a second time',
    (words, args, name, request) => {
      for (const yes of [undefined, '', 'yes', 'another']) {
        expect(() => command(words).prepare(args, { yes })).toThrow(`add: --yes ${name}`);
      }
      const { method, path } = command(words).prepare(args, { yes: name });
      expect(`${method} ${path}`).toBe(request);
    },
  );
});

describe('an answer in pages', () => {
  const event = { at: 'now', actor: { kind: 'job', id: null, name: null }, verb: 'v', subject: { id: 's' }, facts: {} };
  let pages: object[] = [];
  const { target, said } = standIn(() => ({ status: 200, body: JSON.stringify(pages.shift()) }));

  it('says so where there is nothing on any page, but never in the midst of JSON', async () => {
    const nothing = () => [
      { events: [], next: 'more' },
      { events: [], next: null },
    ];
    pages = nothing();
    await carryOut(command('log'), target, ['daily'], { json: true });
    expect(said()).toBe('');
    pages = nothing();
    await carryOut(command('log'), target, ['daily'], { by: 'Nobody' });
    expect(said()).toBe('There are no such events.');
  });

  it('says nothing of a page without anything where another has something', async () => {
    pages = [
      { events: [{ ...event, article: null }], next: 'more' },
      { events: [], next: null },
    ];
    await carryOut(command('log'), target, ['daily'], {});
    expect(said()).toBe('now  job  v  s');
  });

  it.each([
    ['article list', 'articles'],
    ['site list', 'sites'],
    ['key list', 'keys'],
  ])('of %s says that there is nothing', async (words, name) => {
    pages = [{ [name]: [], next: null }];
    await carryOut(command(words), target, words === 'site list' ? [] : ['daily'], {});
    expect(said()).toBe(`There are no ${name}.`);
  });
});

describe('an article that is to go', () => {
  const { asked, target, said } = standIn((method, url) => {
    if (method === 'DELETE') return { status: 204, body: '' };
    // The key that the article had before leads to the one of today.
    const location = '/v1/sites/daily/articles/boat';
    return url === location ? { status: 200, body: '{"key":"boat"}' } : { status: 308, body: '', location };
  });

  it.each(['boat', 'ferry'])('is called by its key of today, in the question and in the answer: %s', async (typed) => {
    for (const yes of [undefined, '', 'yes', 'ferry']) {
      const question = removeArticle.run(target, ['daily', typed], { yes });
      await expect(question).rejects.toThrow(/^This deletes boat.*If you mean it, add: --yes boat$/);
    }
    expect(asked.filter((request) => request.startsWith('DELETE'))).toEqual([]);
    await removeArticle.run(target, ['daily', typed], { yes: 'boat' });
    expect(asked.at(-1)).toBe('DELETE /v1/sites/daily/articles/boat');
    expect(said()).toMatch(/^boat is gone/);
  });
});

describe('somebody in the team', () => {
  const ann = { id: 'm1', role: 'moderator', email: 'ann@daily.example', name: 'Ann' };
  const { asked, target, said } = standIn((method) => {
    if (method === 'DELETE') return { status: 204, body: '' };
    const answer = method === 'GET' ? { moderators: [ann] } : { ...ann, role: 'admin' };
    return { status: 200, body: JSON.stringify(answer) };
  });
  const errand = (words: string) => {
    const found = teamErrands.find((one) => one.words.join(' ') === words);
    if (!found) throw new Error(`no errand ${words}`);
    return found;
  };

  it.each(['m1', 'ann@daily.example', 'Ann@Daily.example'])('goes by id or by e-mail address: %s', async (who) => {
    await errand('moderator role').run(target, ['daily', who, 'admin'], {});
    expect(asked.at(-1)).toBe('PATCH /v1/sites/daily/moderators/m1 {"role":"admin"}');
    await errand('moderator remove').run(target, ['daily', who], {});
    expect(asked.at(-1)).toBe('DELETE /v1/sites/daily/moderators/m1');
    expect(said()).toBe('Ann is admin now.\nAnn is no longer in the team.');
  });

  it('is told from who is not, beside those who are', async () => {
    for (const [words, ...more] of [['moderator role', 'admin'], ['moderator remove']]) {
      await expect(errand(words ?? '').run(target, ['daily', 'bob@daily.example', ...more], {})).rejects.toThrow(
        'bob@daily.example is nobody in the team of daily. Name one of these:\nm1  moderator  ann@daily.example  Ann',
      );
    }
    await expect(errand('moderator role').run(target, ['daily', 'm1'], {})).rejects.toThrow('The role is missing');
    expect(asked.filter((request) => !request.startsWith('GET'))).toEqual([]);
  });
});

describe('an origin that is to go', () => {
  const all = ['https://a.example', 'https://xn--mnchen-3ya.example', 'a.example'];
  let there = all;
  beforeEach(() => {
    there = all;
  });
  const { asked, target } = standIn(() => ({ status: 200, body: JSON.stringify({ origins: there }) }));
  const remove = (...args: string[]) => removeOrigin.run(target, args, {});

  it.each([
    ['https://a.example', 'https://a.example'],
    ['HTTPS://A.example:443/', 'https://a.example'],
    ['https://münchen.example', 'https://xn--mnchen-3ya.example'],
    ['a.example', 'a.example'],
  ])('is found as it is kept, however it is typed: %s', async (typed, kept) => {
    await remove('daily', typed);
    const settings = '/v1/sites/daily/settings';
    expect(asked).toEqual([`GET ${settings}`, `PATCH ${settings} {"remove":{"origins":["${kept}"]}}`]);
  });

  it.each(['https://b.example/', 'b.example'])(
    'and is not there is told as such, beside those that are: %s',
    async (typed) => {
      await expect(remove('daily', typed)).rejects.toThrow(
        /b\.example is none of the origins of daily\. Name one of these:\nhttps:\/\/a\.example\n/,
      );
      expect(asked).toHaveLength(1);
    },
  );

  it('and is the last goes only when the site is named a second time', async () => {
    there = ['https://a.example'];
    for (const yes of [undefined, '', 'yes', 'https://a.example']) {
      const question = removeOrigin.run(target, ['daily', 'https://a.example'], { yes });
      await expect(question).rejects.toThrow(
        'https://a.example is the last origin of daily: without it any page may post. If you mean it, add: --yes daily',
      );
    }
    expect(asked.filter((request) => request.startsWith('PATCH'))).toEqual([]);
    await removeOrigin.run(target, ['daily', 'https://a.example'], { yes: 'daily' });
    expect(asked.at(-1)).toContain('PATCH');
  });

  it('is named', async () => {
    await expect(remove('daily')).rejects.toThrow('The origin, such as https://news.example, is missing.');
  });
});

describe('asking the API', () => {
  let asked: IncomingMessage | undefined;
  let answer = { status: 200, body: '{}' };
  const api = createServer((request, response) => {
    asked = request;
    response.writeHead(answer.status).end(answer.body);
  });
  let baseUrl = '';
  const ask = () => requestJson({ baseUrl, operatorKey: 'k' }, { method: 'POST', path: '/v1/sites', body: {} });

  beforeAll(async () => {
    api.listen(0, '127.0.0.1');
    await once(api, 'listening');
    baseUrl = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
  });
  afterAll(() => api.close());

  it('sends the operator’s key in a header, never in the address', async () => {
    answer = { status: 201, body: '{"id":"daily"}' };
    expect(await ask()).toEqual({ id: 'daily' });
    expect(asked?.headers.authorization).toBe('Bearer k');
    expect(asked?.url).toBe('/v1/sites');
  });

  it('turns a refusal into its own words', async () => {
    answer = { status: 409, body: '{"title":"Already there","detail":"There is a site daily."}' };
    await expect(ask()).rejects.toThrow('409 Already there: There is a site daily.');
    const errors = '[{"field":"origins.0","message":"Write an origin."}]';
    answer = { status: 400, body: `{"title":"Not so","detail":"origins.0: Write an origin.","errors":${errors}}` };
    await expect(ask()).rejects.toThrow(/^400 Not so:\n {2}Origins, entry 1: Write an origin\.$/);
    answer = { status: 401, body: '{"title":"Not signed in","detail":"Sign in first: your session is over."}' };
    await expect(ask()).rejects.toThrow(`${baseUrl} does not know this OPERATOR_KEY.`);
    answer = { status: 502, body: '<html>' };
    await expect(ask()).rejects.toThrow('502 Bad Gateway');
  });

  it.each([
    ['/v1/sites/daily/keys/k1', 'site list, key list daily'],
    ['/v1/sites/daily/moderators/m1', 'site list, moderator list daily'],
    ['/v1/sites/daily/articles/a%2Fb/key', 'site list, article list daily'],
    ['/v1/sites/daily/settings', 'site list'],
    ['/v1/sites/daily', 'site list'],
  ])('names the commands that list what there is, where something is not: %s', async (path, lists) => {
    answer = { status: 404, body: '{"title":"Not found","reason":"not-found","detail":"There is no such thing."}' };
    await expect(requestJson({ baseUrl, operatorKey: 'k' }, { method: 'GET', path })).rejects.toThrow(
      `404 Not found: There is no such thing. To see what there is: ${lists}.`,
    );
  });

  it('names the server that does not answer', async () => {
    const nobody = requestJson({ baseUrl: 'http://127.0.0.1:1', operatorKey: 'k' }, { method: 'GET', path: '/' });
    await expect(nobody).rejects.toThrow('http://127.0.0.1:1 does not answer');
  });

  it('says how to start one on this machine, over the state that is meant, before its first start and after', async () => {
    const stateDir = mkdtempSync(join(tmpdir(), 'belowline-target-'));
    const start = `Run \`npm start -- --state ${stateDir}\` first.`;
    expect(() => localTarget(stateDir)).toThrow(`No server has run over ${stateDir} yet. ${start}`);
    readOrCreateSecrets(join(stateDir, 'secrets'));
    writeFileSync(join(stateDir, 'address'), 'http://127.0.0.1:1');
    const nobody = requestJson(localTarget(stateDir), { method: 'GET', path: '/' });
    await expect(nobody).rejects.toThrow(`. ${start}`);
    rmSync(stateDir, { recursive: true });
  });

  it('says of one elsewhere what its address comes from', async () => {
    const elsewhere = remoteTarget({ BELOWLINE_URL: 'http://127.0.0.1:1', OPERATOR_KEY: 'k' });
    await expect(requestJson(elsewhere, { method: 'GET', path: '/' })).rejects.toThrow(
      'whether BELOWLINE_URL is right',
    );
  });
});
