import { describe, expect, test } from 'vitest';
import { actorInEvent, type Event } from '../../../src/core/event/event.ts';
import type { LogPosition } from '../../../src/core/event/event-log.ts';
import { lowestIdAt } from '../../../src/core/platform/sortable-id.ts';
import { BEN, FERRY, type OpenStores, openScene, type Scene } from './scene.ts';

const list = ({ stores, site }: Scene, query: Partial<Parameters<typeof stores.log.list>[0]> = {}) =>
  stores.log.list({ siteId: site, since: null, by: null, limit: 100, after: null, ...query });

/** The deeds after the scene was set: verb, subject and facts of each event. */
const deedsOf = async (scene: Scene, begin: string): Promise<[Event['verb'], string, Event['facts']][]> => {
  const { events } = await list(scene);
  return events.filter(({ id }) => id > begin).map(({ verb, subject, facts }) => [verb, subject.id, facts]);
};

const sealOf = (lastId: string, sealedAt = 1_000) => ({ lastId, events: 1, hash: `hash of ${lastId}`, sealedAt });

export function eventLogContract(open: OpenStores): void {
  describe('the log of events', () => {
    test('keeps who did what to what under which article, in the batch of the deed', async () => {
      const scene = await openScene(open);
      const comment = await scene.post();
      await scene.decide('reject', [comment], { actor: BEN, reason: 'Off topic.' });
      const { events } = await list(scene);
      expect(events.map(({ verb }) => verb)).toEqual(['site.created', 'article.created', 'comment.rejected']);
      expect(events.at(-1)).toMatchObject({
        ...{ site: scene.site, actor: BEN, articleKey: 'ferry', subject: { kind: 'comment', id: comment.id } },
        facts: { from: 'published', to: 'rejected', reason: 'Off topic.' },
      });
    });

    test('has one event for each comment of a decision, and none where nothing happened', async () => {
      const scene = await openScene(open);
      const comments = [await scene.post(), await scene.post()];
      const begin = scene.ids.sortable(scene.clock.now());
      await scene.decide('spam', comments);
      await scene.decide('reject', comments);
      await scene.stores.articles.update(scene.deed(), 'ferry', { commenting: 'open', headline: 'Another headline' });
      await scene.stores.readers.ban(scene.deed(), 'nobody', 'ban', null);
      await scene.stores.sites.update(scene.deed(), { name: 'News', settings: { maxLinks: 2, bannedWords: [] } });
      await scene.stores.sites.deleteApiKey(scene.deed(), 'nothing!');
      const nowhere = { ...scene.deed(), site: `${scene.site}-nowhere` };
      await scene.stores.sites.update(nowhere, { name: 'Nobody', settings: { maxLinks: 9, bannedWords: ['fudge'] } });
      expect((await list({ ...scene, site: nowhere.site })).events).toEqual([]);
      const deeds = await deedsOf(scene, begin);
      const facts = { from: 'published', to: 'spam' };
      expect(deeds).toEqual(comments.map(({ id }) => ['comment.marked-as-spam', id, facts]));
    });

    test('names each setting that is another, and each word that came or went', async () => {
      const scene = await openScene(open);
      const { sites } = scene.stores;
      await sites.update(scene.deed(), { settings: { bannedWords: ['fudge', 'ferret'] } });
      const begin = scene.ids.sortable(scene.clock.now());
      const settings = { maxLinks: 3, bannedWords: ['ferret', 'figs'], suspectWords: ['figs'] };
      await sites.update(scene.deed(), { name: 'The News', settings: { ...settings, maxGraphemes: 5_000 } });
      const deeds = await deedsOf(scene, begin);
      expect(deeds).toHaveLength(4);
      expect(deeds).toContainEqual(['settings.changed', 'name', { from: 'News', to: 'The News' }]);
      expect(deeds).toContainEqual(['settings.changed', 'maxLinks', { from: 2, to: 3 }]);
      expect(deeds).toContainEqual(['word.added', 'figs', { list: 'bannedWords, suspectWords' }]);
      expect(deeds).toContainEqual(['word.removed', 'fudge', { list: 'bannedWords' }]);
    });

    test('tells of articles, readers, team and keys what changed, with names and without addresses', async () => {
      const scene = await openScene(open);
      const { stores, deed, site } = scene;
      await scene.post({ readerId: 'cleo' });
      const begin = scene.ids.sortable(scene.clock.now());
      await stores.articles.put(deed(), 'ferry', { ...FERRY, commenting: 'closed', moderation: 'pre' });
      await stores.articles.update(deed(), 'ferry', { commenting: 'open' });
      await scene.post({ articleKey: 'bridge', registerUrl: 'https://news.example/bridge' });
      for (const until of [null, null, 5_000]) await stores.readers.ban(deed(), 'cleo', 'ban', until);
      await stores.readers.ban(deed(), 'cleo', 'none', null);
      const moderator = { siteId: site, id: 'dan', email: 'dan@news.example', name: 'Dan', createdAt: 1 };
      const link = { siteId: site, moderatorId: 'dan', expiresAt: scene.clock.now() + 1_000 };
      const first = { ...link, tokenHash: 'first', isHandedOut: false };
      await stores.moderators.insert(deed(), { ...moderator, role: 'moderator' }, first);
      await stores.moderators.insert(deed(), { ...moderator, id: 'dan-again', role: 'moderator' }, first);
      await stores.moderators.insertLink(deed(), { ...link, tokenHash: 'made' });
      await stores.moderators.insertLink(null, { ...link, tokenHash: 'sent' });
      await stores.moderators.remove(deed(), 'dan');
      await stores.sites.insertApiKey(deed(), { keyHash: '12345678-rest', name: 'The shop', secretMark: '' });
      await stores.sites.deleteApiKey(deed(), '12345678');
      expect(await deedsOf(scene, begin)).toEqual([
        ['article.closed', 'ferry', {}],
        ['article.mode-changed', 'ferry', { to: 'pre' }],
        ['article.opened', 'ferry', {}],
        ['article.registered', 'bridge', {}],
        ['reader.banned', 'cleo', {}],
        ['reader.banned', 'cleo', { until: 5_000 }],
        ['reader.ban-lifted', 'cleo', {}],
        ['moderator.invited', 'dan', { name: 'Dan', role: 'moderator' }],
        ['moderator.link-made', 'dan', { name: 'Dan' }],
        ['moderator.removed', 'dan', { name: 'Dan', role: 'moderator' }],
        ['key.created', '12345678', { name: 'The shop' }],
        ['key.revoked', '12345678', { name: 'The shop' }],
      ]);
    });

    test('says of an article that a comment registered that its reader did it, and nothing of one refused', async () => {
      const scene = await openScene(open);
      const bridge = { articleKey: 'bridge', registerUrl: 'https://news.example/bridge', readerId: 'cleo' };
      await scene.insert({ ...bridge, parentId: 'nobody' });
      expect((await list(scene)).events.map(({ verb }) => verb)).not.toContain('article.registered');
      await scene.post(bridge);
      const { events } = await list(scene);
      expect(events.at(-1)).toMatchObject({
        ...{ verb: 'article.registered', actor: { kind: 'reader', id: 'cleo', name: null }, articleKey: 'bridge' },
      });
    });

    test('tells of the author’s own changes the moderators’ last word before them', async () => {
      const scene = await openScene(open);
      const comment = await scene.post({ readerId: 'cleo' });
      await scene.decide('approve', [comment]);
      const { id, articleKey, readerId, textHash } = comment;
      const begin = scene.ids.sortable(scene.clock.now());
      const erase = { id, articleKey, readerId, textHash, from: 'approved', revision: 1 } as const;
      await scene.stores.ownComments.erase(scene.byReader('cleo'), erase);
      const facts = { from: 'approved', to: 'deleted', lastWord: 'approved' };
      expect(await deedsOf(scene, begin)).toEqual([['comment.deleted', id, facts]]);
    });

    test('notices a secret that was changed, and no first sight of one', async () => {
      const [scene, other] = [await openScene(open), await openScene(open)];
      const { sites } = scene.stores;
      const begin = scene.ids.sortable(scene.clock.now());
      const marks = { SECRET: 'mark-1', OPERATOR_KEY: 'mark-2' };
      const hasOther = async (seen: Record<string, string>) =>
        (await sites.findSitesWithOtherSecrets(seen, 1_000)).includes(scene.site);
      expect(await hasOther(marks)).toBe(true);
      expect(await other.stores.sites.findSitesWithOtherSecrets(marks, 1)).toHaveLength(1);
      await sites.noticeSecrets(scene.deed(), marks);
      expect(await hasOther(marks)).toBe(false);
      const othersMarks = { ...marks, SECRET: 'mark-4' };
      await other.stores.sites.noticeSecrets(other.deed(), othersMarks);
      expect(await hasOther(marks)).toBe(false);
      await sites.noticeSecrets(scene.deed(), { ...marks, SECRET: 'mark-3' });
      expect(await deedsOf(scene, begin)).toEqual([['secret.changed', 'SECRET', {}]]);
      expect(await other.stores.sites.findSitesWithOtherSecrets(othersMarks, 1_000)).not.toContain(other.site);
    });

    test('is read by time and by name, id or kind of whoever did it', async () => {
      const scene = await openScene(open);
      const comment = await scene.post({ readerId: 'cleo' });
      await scene.decide('reject', [comment], { actor: BEN });
      scene.clock.tick(1);
      const since = scene.clock.now();
      const publisher = actorInEvent({ kind: 'publisher', id: 'key-1', name: 'The shop' });
      const first = { ...scene.deed(publisher), id: lowestIdAt(since) };
      await scene.stores.articles.update(first, 'ferry', { commenting: 'closed' });
      const verbs = async (query: Partial<{ since: number; by: string }>) =>
        (await list(scene, query)).events.map(({ verb }) => verb);
      expect(await verbs({ since })).toEqual(['article.closed']);
      expect(await verbs({ since: since + 1 })).toEqual([]);
      expect(await verbs({ by: 'Ben' })).toEqual(['comment.rejected']);
      expect(await verbs({ by: 'key-1' })).toEqual(['article.closed']);
      expect(await verbs({ by: 'publisher' })).toEqual(['article.closed']);
      expect(await verbs({ by: 'Cara' })).toEqual([]);
    });

    test('is read page by page, each event once', async () => {
      const scene = await openScene(open);
      await scene.decide('reject', [await scene.post(), await scene.post(), await scene.post()]);
      const all = (await list(scene)).events;
      const pages: Event[][] = [];
      let after: LogPosition | null = null;
      do {
        const page: Awaited<ReturnType<typeof list>> = await list(scene, { limit: 2, after });
        pages.push(page.events);
        after = page.next;
      } while (after !== null);
      expect(pages.map(({ length }) => length)).toEqual([2, 2, 1]);
      expect(pages.flat()).toEqual(all);
      expect((await list(scene, { limit: 5 })).next).toBeNull();
    });
  });

  test('a page of the log looks at a thousand events, and the next begins behind the last of them', async () => {
    const scene = await openScene(open);
    const bannedWords = Array.from({ length: 1_000 }, (_, n) => `word-${String(n).padStart(3, '0')}`);
    await scene.stores.sites.update(scene.deed(), { settings: { bannedWords } });
    const { events, next } = await list(scene, { limit: 2_000 });
    expect(events).toHaveLength(1_000);
    const last = events.at(-1);
    expect(next).toEqual([last?.id, 'word', 'word-997', 'word.added']);
    expect(await list(scene, { by: 'nobody' })).toEqual({ events: [], next });
    const rest = await list(scene, { after: next });
    expect(rest.events.map(({ subject }) => subject.id)).toEqual(['word-998', 'word-999']);
    expect(rest.next).toBeNull();
  });

  describe('a seal', () => {
    test('stands on the one before it, or does not stand', async () => {
      const { stores, site } = await openScene(open);
      const { log } = stores;
      const [first, second, third] = [sealOf('a'), sealOf('b'), sealOf('c')];
      expect(await log.findLastSeal(site)).toBeNull();
      expect(await log.insertSeal(site, null, first)).toBe(true);
      expect(await log.insertSeal(site, null, second)).toBe(false);
      expect(await log.insertSeal(site, first, second)).toBe(true);
      expect(await log.insertSeal(site, first, third)).toBe(false);
      expect(await log.findLastSeal(site)).toEqual(second);
      expect(await log.listSeals(site, null, 10)).toEqual([first, second]);
      expect(await log.listSeals(site, 'b', 10)).toEqual([second]);
      expect(await log.listSeals(site, null, 1)).toEqual([first]);
    });

    test('is due where there are events that none holds', async () => {
      const scene = await openScene(open);
      const { log } = scene.stores;
      const { events } = await list(scene);
      const lastId = events.at(-1)?.id ?? '';
      const isDue = async (upTo: string) => (await log.findSitesToSeal(upTo, 1_000)).includes(scene.site);
      expect(await isDue(lowestIdAt(scene.clock.now()))).toBe(false);
      expect(await isDue(lastId)).toBe(true);
      const first = sealOf(events[0]?.id ?? '');
      await log.insertSeal(scene.site, null, first);
      expect(await isDue(lastId)).toBe(true);
      await log.insertSeal(scene.site, first, sealOf(lastId));
      expect(await isDue(lastId)).toBe(false);
      const other = await openScene(open);
      other.clock.tick(1);
      await other.stores.articles.update(other.deed(), 'ferry', { commenting: 'closed' });
      const now = lowestIdAt(other.clock.now() + 1);
      expect(await isDue(now)).toBe(false);
      await openScene(open);
      expect(await log.findSitesToSeal(now, 1)).toHaveLength(1);
    });

    test('is about whole deeds: the events of one are never parted', async () => {
      const scene = await openScene(open);
      const [first, second] = (await list(scene)).events;
      await scene.decide('reject', [await scene.post(), await scene.post()]);
      const last = (await list(scene)).events.at(-1);
      const between = async (after: string, upTo: string, limit: number | null) => {
        const events = await scene.stores.log.listBetween({ siteId: scene.site, after, upTo, limit });
        return events.map(({ verb }) => verb);
      };
      const rejected = ['comment.rejected', 'comment.rejected'];
      expect(await between('', last?.id ?? '', null)).toEqual(['site.created', 'article.created', ...rejected]);
      expect(await between('', last?.id ?? '', 3)).toEqual(['site.created', 'article.created', ...rejected]);
      expect(await between('', last?.id ?? '', 2)).toEqual(['site.created', 'article.created']);
      expect(await between(first?.id ?? '', second?.id ?? '', 5)).toEqual(['article.created']);
    });
  });
}
