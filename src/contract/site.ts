import * as z from 'zod';
import { ApiKeyId, line, Origin, SiteId, Timestamp } from './scalars.ts';

const Words = z.array(line(100)).max(2_000, 'At most 2,000 entries.');

const SiteSettingsView = z
  .strictObject({
    moderation: z.enum(['post', 'first-comment', 'pre']),
    unknownArticles: z.enum(['register', 'refuse']),
    editWindowMinutes: z.number().int().min(0).max(1_440),
    maxGraphemes: z.number().int().min(1).max(10_000),
    maxLinks: z.number().int().min(0).max(50),
    bannedWords: Words,
    suspectWords: Words,
  })
  .meta({ id: 'SiteSettings' });

export const SettingsPatch = SiteSettingsView.extend({ name: line(100), origins: z.array(Origin).max(20) })
  .partial()
  .meta({ id: 'SettingsPatch' });
export type SettingsPatch = z.infer<typeof SettingsPatch>;

export const SiteView = z
  .object({ id: SiteId, name: z.string(), origins: z.array(z.string()), settings: SiteSettingsView })
  .meta({ id: 'Site' });
export type SiteView = z.infer<typeof SiteView>;

export const NewSite = z
  .strictObject({
    id: SiteId,
    name: line(100),
    origins: z.array(Origin).max(20).default([]),
    database: z
      .string()
      .regex(/^DB(?:_[1-9]\d{0,4})?$/, 'Give the name of a binding, such as DB or DB_1.')
      .optional()
      .meta({ description: 'The database that is to have the site’s rows; the first one if nothing is said.' }),
  })
  .meta({ id: 'NewSite' });

export const HealthView = z.object({ status: z.literal('ok') }).meta({ id: 'Health' });

export const NewApiKey = z.strictObject({ name: line(100) }).meta({ id: 'NewApiKey' });
export const ApiKeyList = z
  .object({ keys: z.array(z.object({ id: ApiKeyId, name: z.string(), createdAt: Timestamp })) })
  .meta({ id: 'ApiKeyList', description: 'The keys themselves are not kept and cannot be shown again.' });
export type ApiKeyList = z.infer<typeof ApiKeyList>;

export const ApiKeyView = z
  .object({ key: z.string().meta({ description: 'Shown once; only its hash is kept.' }), name: z.string() })
  .meta({ id: 'ApiKey' });
