import { lowestIdAt } from '../../../src/core/platform/sortable-id.ts';
import { MILLIS_A_DAY } from '../../../src/core/rate-limit/network.ts';
import { VERB_OF_BAN } from '../../../src/core/reader/reader.ts';
import type { ReaderStore } from '../../../src/core/reader/reader-store.ts';
import { insertEvent } from './events.ts';
import { hold } from './network-holds.ts';
import { standingOf } from './rows.ts';
import { byText, siteIn, type Tables } from './tables.ts';

export function createReaderStore(tables: Tables): ReaderStore {
  return {
    async isKnown(siteId, id) {
      return [...tables.comments, ...tables.votes].some((row) => row.siteId === siteId && row.readerId === id);
    },

    async hasApproved(siteId, id) {
      return standingOf(tables, siteId, id).approvedCount > 0;
    },

    async move(siteId, formerId, id) {
      const isOf = (reader: string) => (vote: Tables['votes'][number]) =>
        vote.siteId === siteId && vote.readerId === reader;
      const kept = new Set(tables.votes.filter(isOf(id)).map(({ commentId }) => commentId));
      tables.votes = tables.votes.filter((vote) => !(isOf(formerId)(vote) && kept.has(vote.commentId)));
      for (const rows of [tables.comments, tables.votes])
        for (const row of rows) if (row.siteId === siteId && row.readerId === formerId) row.readerId = id;
      for (const ban of tables.bans) if (ban.siteId === siteId && ban.readerId === formerId) ban.readerId = id;
    },

    async ban(deed, readerId, ban, until, networkHeldUntil = null) {
      const siteId = deed.site;
      // A reader is known from their first comment on.
      if (!tables.comments.some((one) => one.siteId === siteId && one.readerId === readerId)) return false;
      const before = tables.bans.find((one) => one.siteId === siteId && one.readerId === readerId);
      if (networkHeldUntil !== null) {
        const since = lowestIdAt(deed.now - MILLIS_A_DAY);
        const own = tables.comments.filter(
          (one) => one.siteId === siteId && one.readerId === readerId && one.id >= since,
        );
        for (const { network } of own) if (network !== null) hold(tables, siteId, network, networkHeldUntil);
      } else if ((before?.ban ?? 'none') === ban && (before?.until ?? null) === until) return true;
      tables.bans = [...tables.bans.filter((one) => one !== before), { siteId, readerId, ban, until }];
      insertEvent(tables, deed, {
        verb: VERB_OF_BAN[ban],
        subject: { kind: 'reader', id: readerId },
        facts: { until, networkHeldUntil },
      });
      return true;
    },

    async findSitesWithBansOver(now, limit) {
      const over = tables.bans.filter(({ until }) => until !== null && until <= now);
      return [...new Set(over.map(({ siteId }) => siteId))].slice(0, limit);
    },

    async endBans(deed, limit) {
      const over = tables.bans
        .filter(({ siteId, until }) => siteId === deed.site && until !== null && until <= deed.now)
        .sort((a, b) => Number(a.until) - Number(b.until))
        .slice(0, limit);
      for (const { readerId: id, ban } of over) {
        insertEvent(tables, deed, { verb: 'reader.ban-ended', subject: { kind: 'reader', id }, facts: { ban } });
      }
      tables.bans = tables.bans.filter((one) => !over.includes(one));
      return over.length;
    },

    async forgetAddress(deed, { email, after, limit }) {
      if (siteIn(tables, deed.site) === undefined) return null;
      const looked = tables.comments
        .filter(({ siteId, id }) => siteId === deed.site && id > (after ?? ''))
        .sort((a, b) => byText(a.id, b.id))
        .slice(0, limit);
      const theirs = looked.filter(({ authorEmail }) => authorEmail?.toLowerCase() === email.toLowerCase());
      for (const comment of theirs) comment.authorEmail = null;
      if (theirs.length > 0) {
        const subject = { kind: 'site', id: deed.site } as const;
        insertEvent(tables, deed, { verb: 'address.forgotten', subject, facts: { comments: theirs.length } });
      }
      const next = looked.length === limit ? (looked.at(-1)?.id ?? null) : null;
      return { looked: looked.length, forgotten: theirs.length, next };
    },

    async endNetworkHolds(now, limit) {
      const over = tables.networkHolds.filter(({ until }) => until <= now).slice(0, limit);
      tables.networkHolds = tables.networkHolds.filter((one) => !over.includes(one));
      return over.length;
    },
  };
}
