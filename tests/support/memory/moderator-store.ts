import type { ModeratorRecord } from '../../../src/core/team/moderator.ts';
import { type ModeratorStore, REPEATED_WITHIN_MS } from '../../../src/core/team/moderator-store.ts';
import { insertEvent } from './events.ts';
import { countOrRefuse } from './limit-windows.ts';
import { toSite } from './rows.ts';
import { byText, type Pass, siteIn, type Tables } from './tables.ts';

const copyOf = (moderator: ModeratorRecord | undefined): ModeratorRecord | null =>
  moderator === undefined ? null : { ...moderator };

export function createModeratorStore(tables: Tables): ModeratorStore {
  const find = (siteId: string, id: string) =>
    tables.moderators.find((moderator) => moderator.siteId === siteId && moderator.id === id);
  const findPass = (passes: Pass[], siteId: string, tokenHash: string, now: number) =>
    passes.find((pass) => pass.siteId === siteId && pass.tokenHash === tokenHash && pass.expiresAt > now);
  const others = (passes: Pass[], siteId: string, tokenHash: string) =>
    passes.filter((pass) => pass.siteId !== siteId || pass.tokenHash !== tokenHash);

  return {
    async list(siteId) {
      return tables.moderators
        .filter((moderator) => moderator.siteId === siteId)
        .sort((a, b) => byText(a.name, b.name) || byText(a.id, b.id))
        .map((moderator) => ({ ...moderator }));
    },

    async findById(siteId, id) {
      return copyOf(find(siteId, id));
    },

    async findByEmail(siteId, email) {
      return copyOf(tables.moderators.find((one) => one.siteId === siteId && one.email === email));
    },

    async insert(deed, moderator, link) {
      const { id, name, role } = moderator;
      if (tables.moderators.some((one) => one.siteId === deed.site && one.email === moderator.email)) return false;
      tables.moderators.push({ ...moderator });
      const { tokenHash, expiresAt } = link;
      tables.links.push({ tokenHash, expiresAt, siteId: deed.site, moderatorId: id });
      insertEvent(tables, deed, {
        verb: 'moderator.invited',
        subject: { kind: 'moderator', id },
        facts: { name, role },
      });
      if (link.isHandedOut)
        insertEvent(tables, deed, { verb: 'moderator.link-made', subject: { kind: 'moderator', id }, facts: { name } });
      return true;
    },

    async changeRole(deed, id, role) {
      const moderator = find(deed.site, id);
      if (moderator === undefined) return 'not-found';
      const { name, role: from } = moderator;
      const admins = tables.moderators.filter((one) => one.siteId === deed.site && one.role === 'admin');
      if (role !== from && from === 'admin' && admins.length === 1) return 'last-admin';
      if (role !== from) {
        moderator.role = role;
        const facts = { name, from, to: role };
        insertEvent(tables, deed, { verb: 'moderator.role-changed', subject: { kind: 'moderator', id }, facts });
      }
      return { ...moderator };
    },

    async remove(deed, id) {
      const moderator = find(deed.site, id);
      if (moderator === undefined) return 'not-found';
      const { name, role } = moderator;
      const admins = tables.moderators.filter((one) => one.siteId === deed.site && one.role === 'admin');
      if (role === 'admin' && admins.length === 1) return 'last-admin';
      const isOfOthers = (pass: Pass) => pass.siteId !== deed.site || pass.moderatorId !== id;
      tables.moderators = tables.moderators.filter((one) => one !== moderator);
      tables.links = tables.links.filter(isOfOthers);
      tables.sessions = tables.sessions.filter(isOfOthers);
      insertEvent(tables, deed, {
        verb: 'moderator.removed',
        subject: { kind: 'moderator', id },
        facts: { name, role },
      });
      return 'removed';
    },

    async insertLink(deed, link) {
      const moderator = find(link.siteId, link.moderatorId);
      if (deed !== null && moderator !== undefined)
        insertEvent(tables, deed, {
          verb: 'moderator.link-made',
          subject: { kind: 'moderator', id: moderator.id },
          facts: { name: moderator.name },
        });
      tables.links.push({ ...link });
    },

    async insertMailedLink(link, { count, endAfter }) {
      const { siteId, moderatorId } = link;
      const isTheirs = (one: Pass) => one.siteId === siteId && one.moderatorId === moderatorId;
      if (tables.links.filter((one) => isTheirs(one) && one.expiresAt > endAfter).length >= count) return false;
      tables.links.push({ ...link });
      return true;
    },

    async deleteLink(siteId, tokenHash) {
      tables.links = others(tables.links, siteId, tokenHash);
    },

    async findForLink(attempt, email, known) {
      const refusal = known ?? countOrRefuse(tables, attempt);
      const { siteId } = attempt;
      const moderator = copyOf(tables.moderators.find((one) => one.siteId === siteId && one.email === email));
      return { site: toSite(siteIn(tables, siteId)), moderator, refusal };
    },

    async redeemLink(attempt, { linkHashes, sessionHash, sessionExpiresAt }, known) {
      const { siteId, now } = attempt;
      const isThis = (pass: Pass) => pass.siteId === siteId && linkHashes.includes(pass.tokenHash);
      const link = tables.links.find((pass) => isThis(pass) && pass.expiresAt > now);
      const isRepeated = tables.sessions.some((pass) => pass.siteId === siteId && pass.tokenHash === sessionHash);
      const refusal = known ?? countOrRefuse(tables, attempt);
      if (refusal !== null && link === undefined && !isRepeated) return { moderator: null, refusal };
      const moderator = link === undefined ? undefined : find(siteId, link.moderatorId);
      tables.links = tables.links.filter((pass) => !isThis(pass));
      if (moderator === undefined) {
        const opened = tables.sessions.find((pass) => pass.siteId === siteId && pass.tokenHash === sessionHash);
        const isJustOpened = opened !== undefined && opened.expiresAt > sessionExpiresAt - REPEATED_WITHIN_MS;
        return { moderator: isJustOpened ? copyOf(find(siteId, opened.moderatorId)) : null, refusal: known };
      }
      const session = { siteId, tokenHash: sessionHash, moderatorId: moderator.id, expiresAt: sessionExpiresAt };
      tables.sessions.push(session);
      return { moderator: copyOf(moderator), refusal: known };
    },

    async findBySession(siteId, sessionHash, now) {
      const session = findPass(tables.sessions, siteId, sessionHash, now);
      return session === undefined ? null : copyOf(find(siteId, session.moderatorId));
    },

    async endSession(siteId, sessionHash) {
      tables.sessions = others(tables.sessions, siteId, sessionHash);
    },

    async deleteExpired(now) {
      const before = tables.links.length + tables.sessions.length;
      tables.links = tables.links.filter(({ expiresAt }) => expiresAt > now);
      tables.sessions = tables.sessions.filter(({ expiresAt }) => expiresAt > now);
      return before - tables.links.length - tables.sessions.length;
    },
  };
}
