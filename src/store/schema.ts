import { integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Actor } from '../core/event/actor.ts';
import type { SubjectKind, Verb } from '../core/event/event.ts';
import type { Happening } from '../core/outbox/outbox.ts';

/**
 * The tables as TypeScript sees them: row types for the store's statements. The tables themselves are made by
 * migrations/, written by hand because Drizzle cannot say WITHOUT ROWID; a test holds the two against each other.
 */
export const sites = sqliteTable('sites', {
  id: text().primaryKey(),
  name: text().notNull(),
  origins: text().notNull(),
  settings: text().notNull(),
  minute: integer().notNull(),
  minute_count: integer().notNull(),
  created_at: integer().notNull(),
  ranked_hour: integer().notNull(),
  secret_marks: text().notNull(),
  settings_version: integer().notNull(),
});

export const directory = sqliteTable('directory', {
  site_id: text().primaryKey(),
  database: text().notNull(),
});

export const apiKeys = sqliteTable('api_keys', {
  site_id: text().notNull(),
  key_hash: text().notNull(),
  name: text().notNull(),
  created_at: integer().notNull(),
  secret_mark: text().notNull(),
  id: text().notNull(),
});

export const siteCounts = sqliteTable('site_counts', {
  site_id: text().notNull(),
  name: text().notNull(),
  count: integer().notNull(),
});

export const moderators = sqliteTable('moderators', {
  site_id: text().notNull(),
  id: text().notNull(),
  email: text().notNull(),
  name: text().notNull(),
  role: text({ enum: ['moderator', 'admin'] }).notNull(),
  created_at: integer().notNull(),
});

export const signInLinks = sqliteTable('sign_in_links', {
  site_id: text().notNull(),
  token_hash: text().notNull(),
  moderator_id: text().notNull(),
  expires_at: integer().notNull(),
});

export const sessions = sqliteTable('sessions', {
  site_id: text().notNull(),
  token_hash: text().notNull(),
  moderator_id: text().notNull(),
  created_at: integer().notNull(),
  expires_at: integer().notNull(),
});

export const articles = sqliteTable('articles', {
  site_id: text().notNull(),
  key: text().notNull(),
  url: text().notNull(),
  headline: text(),
  section: text(),
  topics: text().notNull(),
  authors: text().notNull(),
  key_points: text().notNull(),
  image: text(),
  published_at: integer().notNull(),
  commenting: text({ enum: ['open', 'closed'] }).notNull(),
  moderation: text({ enum: ['post', 'first-comment', 'pre'] }),
  comment_count: integer().notNull(),
  // Neither read nor written: dropping a column would rewrite each row.
  listed_count: integer().notNull(),
  version: integer().notNull(),
  minute: integer().notNull(),
  minute_count: integer().notNull(),
  created_at: integer().notNull(),
  updated_at: integer().notNull(),
  public_key: text(),
});

export const articleAliases = sqliteTable('article_aliases', {
  site_id: text().notNull(),
  alias: text().notNull(),
  article_key: text().notNull(),
});

export const removals = sqliteTable('removals', {
  site_id: text().notNull(),
  article_key: text().notNull(),
  stage: text({ enum: ['comments', 'votes', 'site'] }).notNull(),
  place: text().notNull(),
});

export const articleLists = sqliteTable('article_lists', {
  site_id: text().notNull(),
  kind: text().notNull(),
  label: text().notNull(),
  article_key: text().notNull(),
  published_at: integer().notNull(),
  comment_count: integer().notNull(),
});

export const articleHours = sqliteTable('article_hours', {
  site_id: text().notNull(),
  hour: integer().notNull(),
  article_key: text().notNull(),
  comment_count: integer().notNull(),
  ranked_count: integer().notNull(),
});

export const articleActivity = sqliteTable('article_activity', {
  site_id: text().notNull(),
  hours: integer().notNull(),
  article_key: text().notNull(),
  comment_count: integer().notNull(),
});

export const readers = sqliteTable('readers', {
  site_id: text().notNull(),
  id: text().notNull(),
  comment_count: integer().notNull(),
  approved_count: integer().notNull(),
  rejected_count: integer().notNull(),
  ban: text({ enum: ['none', 'ban', 'shadow-ban'] }).notNull(),
  ban_until: integer(),
  first_seen_at: integer().notNull(),
});

export const comments = sqliteTable('comments', {
  site_id: text().notNull(),
  id: text().notNull(),
  article_key: text().notNull(),
  parent_id: text(),
  root_id: text().notNull(),
  depth: integer().notNull(),
  path: text().notNull(),
  reader_id: text().notNull(),
  author_name: text().notNull(),
  author_email: text(),
  body: text().notNull(),
  source: text().notNull(),
  text_hash: text().notNull(),
  status: text({ enum: ['pending', 'approved', 'published', 'rejected', 'spam', 'deleted'] }).notNull(),
  listed: integer().notNull(),
  shadowed: integer().notNull(),
  revision: integer().notNull(),
  signals: text().notNull(),
  up_votes: integer().notNull(),
  down_votes: integer().notNull(),
  score: real().notNull(),
  reply_count: integer().notNull(),
  flag_count: integer().notNull(),
  open_flags: integer().notNull(),
  network_key: text(),
  idempotency_key: text(),
  created_at: integer().notNull(),
  edited_at: integer(),
  quarantined_votes: integer().notNull(),
});

export const commentTraces = sqliteTable('comment_traces', {
  site_id: text().notNull(),
  slot: integer().notNull(),
  trace: text().notNull(),
  comment_id: text().notNull(),
  request_hash: text(),
  network: text(),
});

export const networkHolds = sqliteTable('network_holds', {
  site_id: text().notNull(),
  network: text().notNull(),
  until: integer().notNull(),
});

export const limitWindows = sqliteTable('limit_windows', {
  day: integer().notNull(),
  site_id: text().notNull(),
  operation: text().notNull(),
  network: text().notNull(),
  hours: text().notNull(),
  recent: text().notNull(),
  last: text().notNull(),
});

export const dayKeys = sqliteTable('day_keys', {
  day: integer().primaryKey(),
  key: text().notNull(),
});

export const votes = sqliteTable('votes', {
  site_id: text().notNull(),
  reader_id: text().notNull(),
  article_key: text().notNull(),
  comment_id: text().notNull(),
  value: integer().notNull(),
  created_at: integer().notNull(),
  quarantined: integer().notNull(),
});

export const flags = sqliteTable('flags', {
  site_id: text().notNull(),
  comment_id: text().notNull(),
  reader_id: text().notNull(),
  reason: text().notNull(),
  note: text().notNull(),
  created_at: integer().notNull(),
  last_event: text(),
});

export const events = sqliteTable('events', {
  site_id: text().notNull(),
  subject_kind: text().$type<SubjectKind>().notNull(),
  subject_id: text().notNull(),
  id: text().notNull(),
  verb: text().$type<Verb>().notNull(),
  actor_kind: text().$type<Actor['kind']>().notNull(),
  actor_id: text(),
  actor_name: text(),
  article_key: text(),
  facts: text().notNull(),
});

export const seals = sqliteTable('seals', {
  site_id: text().notNull(),
  last_id: text().notNull(),
  events: integer().notNull(),
  hash: text().notNull(),
  sealed_at: integer().notNull(),
});

export const listeners = sqliteTable('listeners', {
  site_id: text().notNull(),
  verb: text().$type<Happening>().notNull(),
  receiver: text().notNull(),
});

export const outbox = sqliteTable('outbox', {
  site_id: text().notNull(),
  receiver: text().notNull(),
  id: text().notNull(),
  subject_kind: text().$type<SubjectKind>().notNull(),
  subject_id: text().notNull(),
  verb: text().$type<Happening>().notNull(),
  attempts: integer().notNull(),
  not_before: integer().notNull(),
});

export const deadLetters = sqliteTable('dead_letters', {
  site_id: text().notNull(),
  receiver: text().notNull(),
  id: text().notNull(),
  subject_kind: text().$type<SubjectKind>().notNull(),
  subject_id: text().notNull(),
  verb: text().$type<Happening>().notNull(),
  attempts: integer().notNull(),
  died_at: integer().notNull(),
});

export type SiteRow = typeof sites.$inferSelect;
export type ModeratorRow = typeof moderators.$inferSelect;
export type ArticleRow = typeof articles.$inferSelect;
export type ReaderRow = typeof readers.$inferSelect;
export type CommentRow = typeof comments.$inferSelect;
export type EventRow = typeof events.$inferSelect;
export type SealRow = typeof seals.$inferSelect;
export type OutboxRow = typeof outbox.$inferSelect;

export const runs = sqliteTable('runs', {
  name: text().primaryKey(),
  at: integer().notNull(),
  facts: text().notNull(),
});
