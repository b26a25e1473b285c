import type { ModeratorView } from '../../contract/moderator.ts';
import type { ApiKeyList, SiteView } from '../../contract/site.ts';
import type { ModeratorRecord } from '../../core/identity/moderator.ts';
import type { ApiKeyRecord, Site } from '../../core/site/site.ts';
import { isoTime } from './article.ts';

export const siteView = ({ id, name, origins, settings }: Site): SiteView => ({ id, name, origins, settings });

export const moderatorView = (moderator: ModeratorRecord): ModeratorView => ({
  id: moderator.id,
  name: moderator.name,
  email: moderator.email,
  role: moderator.role,
  createdAt: isoTime(moderator.createdAt),
});

export const apiKeyListView = (keys: ApiKeyRecord[]): ApiKeyList => ({
  keys: keys.map(({ id, name, createdAt }) => ({ id, name, createdAt: isoTime(createdAt) })),
});
