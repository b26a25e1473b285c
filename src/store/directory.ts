import { type Directory, FIRST_PLACE, type Place } from '../core/site/directory.ts';
import { Database } from './database.ts';
import { sql } from './sql.ts';

/** The most sites whose places an isolate remembers: about a megabyte. */
const SITES_REMEMBERED = 10_000;

/**
 * The directory is a table in the first database. An isolate asks it once a site: an entry never changes. A site that
 * is not entered is not remembered, because it may be entered the next moment.
 */
export function createDirectory(first: D1Database, places: readonly Place[], remembers = SITES_REMEMBERED): Directory {
  const remembered = new Map<string, Place>();

  const remember = (siteId: string, place: Place): Place => {
    remembered.set(siteId, place);
    // A Map gives its keys in the order they came in, so the oldest goes first.
    for (const oldest of remembered.keys()) {
      if (remembered.size <= remembers) break;
      remembered.delete(oldest);
    }
    return place;
  };

  return {
    places,

    async placeOf(siteId, start, deadline) {
      if (places.length === 1) return FIRST_PLACE;
      const known = remembered.get(siteId);
      if (known !== undefined) return known;
      const [row] = await new Database(first.withSession(start), deadline).all<Place>(
        sql`SELECT database FROM directory WHERE site_id = ${siteId}`,
      );
      return row === undefined ? null : remember(siteId, row);
    },

    async enter(siteId, place, deadline) {
      // A site that the first database holds is there, whether or not it has been entered.
      const {
        entered: [entered],
      } = await new Database(first.withSession('first-primary'), deadline).batch<{ entered: Place }>({
        enter: sql`INSERT INTO directory (site_id, database)
        SELECT ${siteId},
          iif(EXISTS (SELECT 1 FROM sites WHERE id = ${siteId}), ${FIRST_PLACE.database}, ${place.database})
        WHERE true ON CONFLICT DO NOTHING`,
        entered: sql`SELECT database FROM directory WHERE site_id = ${siteId}`,
      });
      if (entered === undefined) throw new Error('a site was entered and is not in the directory');
      return entered;
    },
  };
}
