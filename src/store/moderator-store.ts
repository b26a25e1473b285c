import type { Attempt, Refusal } from '../core/rate-limit/attempt.ts';
import type { ModeratorRecord } from '../core/team/moderator.ts';
import { type ModeratorStore, REPEATED_WITHIN_MS } from '../core/team/moderator-store.ts';
import type { Database } from './database.ts';
import { carryOut, factsOf, insertEvents } from './events.ts';
import { countAttempt, hasRoom, type LimitWindowRow, refusalIn, windowsRefusing } from './limit-windows.ts';
import { toSite } from './rows.ts';
import type { ModeratorRow, SiteRow } from './schema.ts';
import { siteById } from './site-store.ts';
import { type SQL, sql } from './sql.ts';

const toModerator = (row: ModeratorRow): ModeratorRecord => ({
  siteId: row.site_id,
  id: row.id,
  email: row.email,
  name: row.name,
  role: row.role,
  createdAt: row.created_at,
});

const first = (rows: ModeratorRow[]): ModeratorRecord | null => (rows[0] === undefined ? null : toModerator(rows[0]));

const list =
  (database: Database): ModeratorStore['list'] =>
  async (siteId) => {
    const rows = await database.all<ModeratorRow>(
      sql`SELECT * FROM moderators WHERE site_id = ${siteId} ORDER BY name, id`,
    );
    return rows.map(toModerator);
  };

const findById =
  (database: Database): ModeratorStore['findById'] =>
  async (siteId, id) => {
    return first(
      await database.all<ModeratorRow>(sql`SELECT * FROM moderators WHERE site_id = ${siteId} AND id = ${id}`),
    );
  };

const findByEmail =
  (database: Database): ModeratorStore['findByEmail'] =>
  async (siteId, email) => {
    return first(
      await database.all<ModeratorRow>(sql`SELECT * FROM moderators WHERE site_id = ${siteId} AND email = ${email}`),
    );
  };

const insert =
  (database: Database): ModeratorStore['insert'] =>
  async (deed, moderator, link) => {
    const isTaken = sql`EXISTS (SELECT 1 FROM moderators WHERE site_id = ${deed.site} AND email = ${moderator.email})`;
    const { inserted } = await carryOut<{ inserted: unknown }>(database, deed, {
      events: [
        insertEvents(
          deed,
          {
            verb: 'moderator.invited',
            subject: { kind: 'moderator', id: moderator.id },
            facts: { name: moderator.name, role: moderator.role },
          },
          sql`WHERE NOT ${isTaken}`,
        ),
        ...(link.isHandedOut
          ? [
              insertEvents(
                deed,
                {
                  verb: 'moderator.link-made',
                  subject: { kind: 'moderator', id: moderator.id },
                  facts: { name: moderator.name },
                },
                sql`WHERE NOT ${isTaken}`,
              ),
            ]
          : []),
      ],
      inserted: sql`
    INSERT INTO moderators (site_id, id, email, name, role, created_at)
    VALUES (${moderator.siteId}, ${moderator.id}, ${moderator.email}, ${moderator.name}, ${moderator.role},
      ${moderator.createdAt})
    ON CONFLICT DO NOTHING RETURNING id`,
      link: sql`INSERT INTO sign_in_links (site_id, token_hash, moderator_id, expires_at)
      SELECT site_id, ${link.tokenHash}, id, ${link.expiresAt} FROM moderators
      WHERE site_id = ${moderator.siteId} AND id = ${moderator.id}`,
    });
    return inserted.length === 1;
  };

const lastAdmin = (siteId: string, id: string): SQL => sql`(role = 'admin' AND NOT EXISTS (
  SELECT 1 FROM moderators other
  WHERE other.site_id = ${siteId} AND other.role = 'admin' AND other.id <> ${id}))`;

const changeRole =
  (database: Database): ModeratorStore['changeRole'] =>
  async (deed, id, role) => {
    const siteId = deed.site;
    const changes = sql`site_id = ${siteId} AND id = ${id} AND role <> ${role} AND NOT ${lastAdmin(siteId, id)}`;
    const {
      moderator: [row],
    } = await carryOut<{ moderator: ModeratorRow }>(database, deed, {
      event: insertEvents(
        deed,
        {
          verb: 'moderator.role-changed',
          subject: { kind: 'moderator', id },
          facts: factsOf({ name: sql`name`, from: sql`role`, to: role }),
        },
        sql`FROM moderators WHERE ${changes}`,
      ),
      changed: sql`UPDATE moderators SET role = ${role} WHERE ${changes}`,
      moderator: sql`SELECT * FROM moderators WHERE site_id = ${siteId} AND id = ${id}`,
    });
    if (row === undefined) return 'not-found';
    return row.role === role ? toModerator(row) : 'last-admin';
  };

const remove =
  (database: Database): ModeratorStore['remove'] =>
  async (deed, id) => {
    const siteId = deed.site;
    const isThem = sql`site_id = ${siteId} AND id = ${id}`;
    const isLastAdmin = lastAdmin(siteId, id);
    const gone = sql`NOT EXISTS (SELECT 1 FROM moderators WHERE ${isThem})`;
    const { removed, left } = await carryOut<{ removed: unknown; left: unknown }>(database, deed, {
      event: insertEvents(
        deed,
        {
          verb: 'moderator.removed',
          subject: { kind: 'moderator', id },
          facts: factsOf({ name: sql`name`, role: sql`role` }),
        },
        sql`FROM moderators WHERE ${isThem} AND NOT ${isLastAdmin}`,
      ),
      removed: sql`DELETE FROM moderators WHERE ${isThem} AND NOT ${isLastAdmin} RETURNING id`,
      sessions: sql`DELETE FROM sessions WHERE site_id = ${siteId} AND moderator_id = ${id} AND ${gone}`,
      links: sql`DELETE FROM sign_in_links WHERE site_id = ${siteId} AND moderator_id = ${id} AND ${gone}`,
      left: sql`SELECT 1 FROM moderators WHERE ${isThem}`,
    });
    if (removed.length === 1) return 'removed';
    return left.length === 1 ? 'last-admin' : 'not-found';
  };

const insertLink =
  (database: Database): ModeratorStore['insertLink'] =>
  async (deed, link) => {
    const inserted = sql`
    INSERT INTO sign_in_links (site_id, token_hash, moderator_id, expires_at)
    VALUES (${link.siteId}, ${link.tokenHash}, ${link.moderatorId}, ${link.expiresAt})`;
    if (deed === null) {
      await database.all(inserted);
      return;
    }
    const event = insertEvents(
      deed,
      {
        verb: 'moderator.link-made',
        subject: { kind: 'moderator', id: link.moderatorId },
        facts: factsOf({ name: sql`name` }),
      },
      sql`FROM moderators WHERE site_id = ${deed.site} AND id = ${link.moderatorId}`,
    );
    await carryOut(database, deed, { event, inserted });
  };

const insertMailedLink =
  (database: Database): ModeratorStore['insertMailedLink'] =>
  async ({ siteId, tokenHash, moderatorId, expiresAt }, { count, endAfter }) => {
    // A site has few links at a time, so they are counted one by one.
    const inserted = await database.all(sql`
    INSERT INTO sign_in_links (site_id, token_hash, moderator_id, expires_at)
    SELECT ${siteId}, ${tokenHash}, ${moderatorId}, ${expiresAt}
    WHERE (SELECT count(*) FROM sign_in_links
      WHERE site_id = ${siteId} AND moderator_id = ${moderatorId} AND expires_at > ${endAfter}) < ${count}
    RETURNING 1`);
    return inserted.length === 1;
  };

const deleteLink =
  (database: Database): ModeratorStore['deleteLink'] =>
  async (siteId, tokenHash) => {
    await database.all(sql`DELETE FROM sign_in_links WHERE site_id = ${siteId} AND token_hash = ${tokenHash}`);
  };

/** Counts the attempt while there is room, and finds what it was refused by; nothing where the refusal is known. */
const counting = (attempt: Attempt, room: SQL, known: Refusal | null) =>
  known === null
    ? { attempt: countAttempt(attempt, room), windows: windowsRefusing(attempt) }
    : { attempt: [], windows: [] };

const findForLink =
  (database: Database): ModeratorStore['findForLink'] =>
  async (attempt, email, known) => {
    const { windows, site, moderator } = await database.batch<{
      windows: LimitWindowRow;
      site: SiteRow;
      moderator: ModeratorRow;
    }>({
      ...counting(attempt, hasRoom(attempt), known),
      site: siteById(attempt.siteId),
      moderator: sql`SELECT * FROM moderators WHERE site_id = ${attempt.siteId} AND email = ${email}`,
    });
    return {
      site: site[0] === undefined ? null : toSite(site[0]),
      moderator: first(moderator),
      refusal: known ?? refusalIn(attempt, windows),
    };
  };

const redeemLink =
  (database: Database): ModeratorStore['redeemLink'] =>
  async (attempt, { linkHashes, sessionHash, sessionExpiresAt }, known) => {
    const { siteId, now } = attempt;
    const hashes = linkHashes.map((hash) => sql`${hash}`);
    const links = sql`sign_in_links WHERE site_id = ${siteId} AND token_hash IN (${sql.join(hashes, sql`, `)})`;
    const link = sql`SELECT moderator_id FROM ${links} AND expires_at > ${now}`;
    const session = sql`SELECT moderator_id FROM sessions
    WHERE site_id = ${siteId} AND token_hash = ${sessionHash} AND created_at > ${now - REPEATED_WITHIN_MS}`;
    const { windows, moderator } = await database.batch<{ windows: LimitWindowRow; moderator: ModeratorRow }>({
      ...counting(attempt, sql`EXISTS (${link}) OR EXISTS (${session}) OR ${hasRoom(attempt)}`, known),
      session: sql`INSERT INTO sessions (site_id, token_hash, moderator_id, created_at, expires_at)
      SELECT site_id, ${sessionHash}, id, ${now}, ${sessionExpiresAt} FROM moderators
      WHERE site_id = ${siteId} AND id = (${link})`,
      link: sql`DELETE FROM ${links}`,
      moderator: sql`SELECT * FROM moderators WHERE site_id = ${siteId} AND id = (${session})`,
    });
    return { moderator: first(moderator), refusal: known ?? refusalIn(attempt, windows) };
  };

const findBySession =
  (database: Database): ModeratorStore['findBySession'] =>
  async (siteId, sessionHash, now) => {
    return first(
      await database.all<ModeratorRow>(sql`
      SELECT m.* FROM sessions s JOIN moderators m ON m.site_id = s.site_id AND m.id = s.moderator_id
      WHERE s.site_id = ${siteId} AND s.token_hash = ${sessionHash} AND s.expires_at > ${now}`),
    );
  };

const endSession =
  (database: Database): ModeratorStore['endSession'] =>
  async (siteId, sessionHash) => {
    await database.all(sql`DELETE FROM sessions WHERE site_id = ${siteId} AND token_hash = ${sessionHash}`);
  };

const deleteExpired =
  (database: Database): ModeratorStore['deleteExpired'] =>
  async (now) => {
    // Counting is a statement of its own: RETURNING would read three rows where there is nothing to delete.
    const counted = sql`SELECT changes() AS n`;
    const { deleted } = await database.batch<{ deleted: { n: number } }>({
      deleted: [
        sql`DELETE FROM sign_in_links WHERE expires_at <= ${now}`,
        counted,
        sql`DELETE FROM sessions WHERE expires_at <= ${now}`,
        counted,
      ],
    });
    return deleted.reduce((sum, { n }) => sum + n, 0);
  };

export function createModeratorStore(database: Database): ModeratorStore {
  return {
    list: list(database),
    findById: findById(database),
    findByEmail: findByEmail(database),
    insert: insert(database),
    changeRole: changeRole(database),
    remove: remove(database),
    insertLink: insertLink(database),
    insertMailedLink: insertMailedLink(database),
    deleteLink: deleteLink(database),
    findForLink: findForLink(database),
    redeemLink: redeemLink(database),
    findBySession: findBySession(database),
    endSession: endSession(database),
    deleteExpired: deleteExpired(database),
  };
}
