import type { MeView, ModeratorView } from '../../contract/moderator.ts';
import type { ApiKeyList, SiteView, WordsTestView } from '../../contract/site.ts';
import type { WordsTest } from '../../core/screening/test-words.ts';
import type { KeySecret } from '../../core/site/manage-site.ts';
import type { ApiKeyRecord, Site, VersionedSite } from '../../core/site/site.ts';
import type { ModeratorRecord } from '../../core/team/moderator.ts';
import { isoTime } from './article.ts';

export function siteView({ id, name, origins, settings, version }: VersionedSite): SiteView {
  return { id, name, origins, settings, version };
}

export function wordsTestView({ outcome, hits }: WordsTest): WordsTestView {
  return {
    outcome,
    hits: hits.map(({ list, entry, effect, found, differences }) => ({ list, entry, effect, found, differences })),
  };
}

export function moderatorView(moderator: ModeratorRecord): ModeratorView {
  return {
    id: moderator.id,
    name: moderator.name,
    email: moderator.email,
    role: moderator.role,
    createdAt: isoTime(moderator.createdAt),
  };
}

export function apiKeyListView(keys: (ApiKeyRecord & { secret: KeySecret })[]): ApiKeyList {
  return {
    keys: keys.map(({ id, name, createdAt, secret }) => ({ id, name, createdAt: isoTime(createdAt), secret })),
  };
}

/** Somebody of a team, and where they are signed in. */
export function meView({ moderator, site }: { moderator: ModeratorRecord; site: Site }): MeView {
  return { moderator: moderatorView(moderator), site: { id: site.id, name: site.name } };
}
