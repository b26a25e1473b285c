import { parseBody } from '../../src/core/body/parse-body.ts';
import type { CompleteComment } from '../../src/core/comment/bulk-store.ts';
import type { CommentToInsert } from '../../src/core/comment/posting.ts';
import type { RecentHours } from '../../src/core/front-page/article-listing.ts';
import type { QueueName } from '../../src/core/moderation/queue.ts';
import { networkNamed } from './memory/platform.ts';
import { FERRY, type Scene } from './store-contract/scene.ts';

const MINUTE = 60_000;
const LISTS = [
  { kind: 'site', label: '' },
  { kind: 'section', label: 'harbour' },
  { kind: 'topic', label: 'winter' },
] as const;

/** All that everybody may read of a site, and all that its moderators may. */
async function readAll(scene: Scene, comments: CommentToInsert[]): Promise<unknown[]> {
  const { stores, site, clock } = scene;
  const now = clock.now();
  const pages = { siteId: site, now, limit: 5, after: null };
  const found: unknown[] = [];
  for (const list of LISTS) {
    for (const sort of ['newest', 'most-commented'] as const) {
      found.push(await stores.frontPages.list({ ...pages, ...list, sort }));
    }
    for (const hours of [1, 24] as RecentHours[]) {
      found.push(await stores.frontPages.findMostCommented({ siteId: site, list, hours, limit: 5, now }));
    }
    found.push(await stores.frontPages.findNewestComments({ siteId: site, list, limit: 5, now }));
  }
  found.push(await stores.frontPages.counts(site, ['ferry', 'bridge', 'school']));
  for (const sort of ['newest', 'oldest', 'top'] as const) found.push(await scene.page({ sort }));
  for (const list of ['pending', 'reported', 'unmoderated', 'approved', 'rejected', 'deleted'] as QueueName[]) {
    found.push(await stores.moderation.findQueue({ siteId: site, list, order: 'oldest', limit: 9, after: null }));
  }
  for (const comment of comments) {
    const place = scene.place(comment);
    found.push(await stores.moderation.findDossier(place));
    found.push(await stores.threads.findVersionAt(place));
    found.push(await stores.threads.findReplies({ ...place, afterPath: null, limit: 5 }));
    found.push(await stores.threads.findPermalink({ ...place, replies: 5, siblingsEachSide: 2 }));
    const { id, articleKey, readerId } = comment;
    found.push(await stores.ownComments.findOwn(scene.attempt('edit'), { id, articleKey, readerId, text: null }));
    found.push(await stores.moderation.findLastDecisions(site, [comment]));
  }
  for (const reader of ['cleo', 'dora']) found.push(await stores.ownComments.findMine(site, 'ferry', reader));
  found.push(await stores.threads.findVersion(site, 'ferry'), await stores.sites.find(site));
  found.push(await stores.log.list({ siteId: site, since: null, by: null, limit: 200, after: null }));
  found.push(await stores.log.findLastSeal(site), await stores.log.listSeals(site, null, 5));
  found.push(await stores.log.listBetween({ siteId: site, after: '', upTo: '~', limit: 3 }));
  found.push(await stores.sites.listApiKeys(site), await stores.sites.findApiKey(site, 'abcdefgh-hash'));
  found.push(await stores.moderators.list(site), await stores.moderators.findByEmail(site, 'ben@news.example'));
  found.push(await stores.moderators.findBySession(site, 'session', now), await stores.outbox.findReceivers(site));
  return found.map((one) => JSON.parse(JSON.stringify(one, (_, value) => (value instanceof Map ? [...value] : value))));
}

const change = ({ id, articleKey, textHash, status }: CommentToInsert, source: string) => ({
  ...{ id, articleKey, from: status, to: status, shadowed: false, revision: 1, signals: [] },
  ...{ source, body: parseBody(source).body, textHash: 'another', textHashBefore: textHash },
});

const complete = ({ draft }: Scene): CompleteComment => {
  const {
    siteId,
    textHash,
    shadowed,
    network,
    isNetworkHeld,
    isStranger,
    idempotencyKey,
    requestHash,
    registerUrl,
    ...comment
  } = draft({
    readerId: 'cleo',
  });
  const flags = [{ readerId: 'emil', reason: 'spam', note: '', createdAt: comment.createdAt }];
  return { ...comment, upVotes: 2, downVotes: 1, flags };
};

/**
 * A story in which each thing happens that a site can do, deed by deed; it yields what each deed was answered. Told of
 * two sites it has the same ids, keys, names and times in both.
 */
export async function* story(scene: Scene): AsyncGenerator<unknown> {
  const { stores, site, clock, deed, byReader, post, decide, vote, flag } = scene;
  const load = (fields: { parentId?: string; readerId?: string; textHash?: string; idempotencyKey?: string } = {}) =>
    stores.postings.loadPosting({
      ...{ siteId: site, articleKey: 'ferry', parentId: null, readerId: 'cleo', textHash: 'same' },
      ...{ idempotencyKey: null, sameTextSince: clock.now() - 60 * MINUTE, now: clock.now(), ...fields },
      network: networkNamed('somewhere', clock.now()),
    });
  const claim = () => stores.outbox.claim(site, 'ears', { now: clock.now(), upTo: '~' }, clock.now() + MINUTE);

  yield await stores.outbox.listen(site, 'ears', ['comment.published', 'comment.rejected', 'article.registered']);
  yield await stores.rankings.turnHour(site, clock.now());
  yield await stores.articles.put(deed(), 'school', { ...FERRY, section: 'town', publishedAt: 1 });
  yield await stores.articles.put(deed(), 'school', { ...FERRY, publishedAt: 2, moderation: 'pre' });
  yield await stores.articles.update(deed(), 'school', { headline: 'Another', moderation: 'post', topics: ['ice'] });
  const root = await post({ readerId: 'cleo', textHash: 'same', idempotencyKey: 'key' });
  yield root.id;
  yield await scene.insert({ readerId: 'cleo', textHash: 'same', idempotencyKey: 'key' });
  yield await load({ parentId: root.id, idempotencyKey: 'key' });
  const reply = await post({ readerId: 'dora', textHash: 'same' }, root);
  yield await load();
  const below = await post({ readerId: 'cleo' }, reply);
  yield await load({ parentId: below.id, readerId: 'dora' });
  const beside = await post({}, root);
  yield beside.id;
  const held = await post({ status: 'pending', readerId: 'cleo' });
  yield held.id;
  const hidden = await post({ status: 'rejected', shadowed: true, readerId: 'dora' });
  yield hidden.id;
  yield await scene.insert({ status: 'rejected', shadowed: true, readerId: 'dora' }, hidden);
  yield await scene.insert({ articleKey: 'bridge', registerUrl: 'https://news.example/bridge' });
  const bulk = complete(scene);
  yield await stores.bulk.insertComplete(site, [bulk]);
  const all = [root, reply, below, beside, held, hidden];
  yield await readAll(scene, all);

  for (const [reader, value] of [
    ['dora', 1],
    ['emil', -1],
    ['emil', 1],
    ['dora', 0],
    ['dora', 1],
  ] as const) {
    yield await vote(root, reader, value);
  }
  for (const reader of ['fred', 'gail', 'hans', 'ines']) yield await vote(root, reader, 1, true);
  yield await vote(root, 'ines', 0, true);
  const ruling = { articleKey: 'ferry', commentId: root.id, limit: 1 };
  yield await stores.votes.ruleOnVotes(deed(), { ...ruling, ruling: 'count-votes' });
  yield await stores.votes.ruleOnVotes(deed(), { ...ruling, ruling: 'discard-votes' });
  for (const reader of ['emil', 'emil', 'fred']) {
    yield await flag(reply, reader, { note: 'Look.' });
  }
  yield await readAll(scene, all);

  clock.tick(60 * 60);
  yield await stores.rankings.turnHour(site, clock.now());
  yield await decide('approve', [reply, held], { reason: 'Fine.' });
  yield await load({ readerId: 'dora' });
  const undone = { verb: 'comment.decision-undone', reason: '' } as const;
  const { id, articleKey } = reply;
  yield await stores.moderation.decide(deed(), {
    ...undone,
    changes: [{ id, articleKey, from: 'approved', to: 'published', revision: 1 }],
  });
  yield await decide('reject', [root, reply]);
  yield await stores.ownComments.edit(byReader('cleo'), change(below, 'Another text.'));
  yield await decide('spam', [beside]);
  const gone = { id: below.id, articleKey, from: 'published', revision: 2, textHash: 'another' } as const;
  yield await stores.ownComments.erase(byReader('cleo'), gone);
  yield await readAll(scene, all);
  yield await decide('approve', [{ ...root, status: 'rejected' }]);
  yield await stores.readers.ban(deed(), 'cleo', 'ban', clock.now() + 1_000);
  yield await stores.readers.ban(deed(), 'dora', 'shadow-ban', null, clock.now() + MINUTE);
  clock.tick(1);
  yield await stores.readers.endBans(deed(), 5);
  yield await readAll(scene, all);

  yield await stores.sites.update(deed(), {
    ...{ name: 'The News', origins: ['https://news.example'] },
    settings: { maxGraphemes: 100, bannedWords: ['ferret'] },
  });
  yield await stores.sites.update(deed(), { settings: { bannedWords: ['fudge'], moderation: 'pre' } });
  yield await stores.sites.noticeSecrets(deed(), { SECRET: 'one' });
  yield await stores.sites.noticeSecrets(deed(), { SECRET: 'two' });
  for (const keyHash of ['abcdefgh-hash', 'ijklmnop-hash'])
    yield await stores.sites.insertApiKey(deed(), { keyHash, name: 'Shop', secretMark: 'mark' });
  yield await stores.sites.deleteApiKey(deed(), 'ijklmnop');
  for (const name of ['ada', 'ben', 'cai']) {
    const moderator = { siteId: site, id: name, email: `${name}@news.example`, name, createdAt: clock.now() };
    yield await stores.moderators.insert(
      deed(),
      { ...moderator, role: name === 'ben' ? 'moderator' : 'admin' },
      {
        tokenHash: `first of ${name}`,
        isHandedOut: name === 'ben',
        expiresAt: clock.now() + MINUTE,
      },
    );
  }
  for (const name of ['ben', 'cai']) {
    const link = { siteId: site, moderatorId: name, expiresAt: clock.now() + MINUTE };
    yield await stores.moderators.insertLink(deed(), { ...link, tokenHash: `link of ${name}` });
    yield await stores.moderators.insertLink(null, { ...link, tokenHash: `spare of ${name}` });
    const session = { sessionHash: name === 'ben' ? 'session' : 'other', sessionExpiresAt: clock.now() + MINUTE };
    yield await stores.moderators.redeemLink(
      scene.attempt('session'),
      { linkHashes: [`link of ${name}`], ...session },
      null,
    );
  }
  yield await stores.moderators.deleteLink(site, 'spare of ben');
  for (const name of ['cai', 'ada', 'nobody']) yield await stores.moderators.remove(deed(), name);
  yield await readAll(scene, []);
  yield await stores.moderators.endSession(site, 'session');

  const { events } = await stores.log.list({ siteId: site, since: null, by: null, limit: 3, after: null });
  let previous = null;
  for (const event of events.slice(0, 2)) {
    const seal = { lastId: event.id, events: 1, hash: `hash of ${event.id}`, sealedAt: clock.now() };
    yield await stores.log.insertSeal(site, previous, seal);
    previous = seal;
  }
  for (const end of ['remove', 'bury', 'postpone'] as const) {
    const letter = await claim();
    yield letter;
    if (letter !== null && end === 'remove') yield await stores.outbox.remove(letter);
    if (letter !== null && end !== 'remove') yield await stores.outbox[end](letter, clock.now() + 2 * MINUTE);
  }
  yield await stores.outbox.listen(site, 'ears', ['comment.rejected']);
  yield await readAll(scene, all);
}
