import { type Directory, FIRST_PLACE, type Place } from '../../../src/core/site/directory.ts';

export function createDirectory(places: readonly Place[] = [FIRST_PLACE]): Directory {
  const entered = new Map<string, Place>();
  return {
    places,

    async placeOf(siteId) {
      return places.length === 1 ? FIRST_PLACE : (entered.get(siteId) ?? null);
    },

    async enter(siteId, place) {
      const known = entered.get(siteId) ?? place;
      entered.set(siteId, known);
      return known;
    },
  };
}
