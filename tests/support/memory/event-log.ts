import type { Event } from '../../../src/core/event/event.ts';
import type { EventLog, LogPosition, Seal } from '../../../src/core/event/event-log.ts';
import { lowestIdAt } from '../../../src/core/platform/sortable-id.ts';
import { byText, type Tables } from './tables.ts';

const LOOKED_AT = 1_000;

const positionOf = ({ id, subject, verb }: Event): LogPosition => [id, subject.kind, subject.id, verb];

const byPosition = (a: LogPosition, b: LogPosition): number =>
  byText(a[0], b[0]) || byText(a[1], b[1]) || byText(a[2], b[2]) || byText(a[3], b[3]);

const toSeal = ({ lastId, events, hash, sealedAt }: Seal): Seal => ({ lastId, events, hash, sealedAt });

export function createEventLog(tables: Tables): EventLog {
  const logOf = (siteId: string): Event[] =>
    tables.events.filter(({ site }) => site === siteId).sort((a, b) => byPosition(positionOf(a), positionOf(b)));
  const sealsOf = (siteId: string) =>
    tables.seals.filter((seal) => seal.siteId === siteId).sort((a, b) => byText(a.lastId, b.lastId));
  const lastSealOf = (siteId: string): Seal | undefined => sealsOf(siteId).at(-1);

  return {
    async list({ siteId, since, by, limit, after }) {
      const seen = logOf(siteId)
        .filter(({ id }) => since === null || id >= lowestIdAt(since))
        .filter((event) => after === null || byPosition(positionOf(event), after) > 0)
        .slice(0, LOOKED_AT);
      const isTheirs = ({ actor }: Event) => by === null || [actor.name, actor.id, actor.kind].includes(by);
      const found = seen.filter(isTheirs);
      const page = found.slice(0, limit);
      const last = found.length > limit ? page.at(-1) : seen[LOOKED_AT - 1];
      return { events: structuredClone(page), next: last === undefined ? null : positionOf(last) };
    },

    async findSitesToSeal(upTo, limit) {
      const due = tables.events.filter(({ site, id }) => id <= upTo && id > (lastSealOf(site)?.lastId ?? ''));
      return [...new Set(due.map(({ site }) => site))].slice(0, limit);
    },

    async findLastSeal(siteId) {
      const last = lastSealOf(siteId);
      return last === undefined ? null : toSeal(last);
    },

    async listSeals(siteId, from, limit) {
      const seals = sealsOf(siteId).filter(({ lastId }) => lastId >= (from ?? ''));
      return seals.slice(0, limit).map(toSeal);
    },

    async listBetween({ siteId, after, upTo, limit }) {
      const events = logOf(siteId).filter(({ id }) => id > after && id <= upTo);
      // The subjects of one deed are never parted.
      const end = limit === null ? upTo : (events[limit - 1]?.id ?? upTo);
      return structuredClone(events.filter(({ id }) => id <= end));
    },

    async insertSeal(siteId, previous, seal) {
      if ((lastSealOf(siteId)?.lastId ?? null) !== (previous?.lastId ?? null)) return false;
      if (sealsOf(siteId).some(({ lastId }) => lastId === seal.lastId)) return false;
      tables.seals.push({ ...seal, siteId });
      return true;
    },
  };
}
