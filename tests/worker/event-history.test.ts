import { applyD1Migrations } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, expect, test } from 'vitest';
import { DECISIONS } from '../../src/core/moderation/decision.ts';
import { sortableId } from '../../src/core/platform/sortable-id.ts';
import { listTables } from '../support/table-dump.ts';

/** A deed as the tables before `events` had it and as the log has it now, in words that neither of them has. */
interface Told {
  site: string;
  comment: string;
  id: string;
  what: string;
  by: string;
  article: string | null;
  from: string | null;
  to: string | null;
  reason: string;
  settledFlags: number;
  /** The moderators' last word on the comment once this had happened. */
  word: string | null;
  votes: number | null;
}

interface OldEvent {
  comment: string;
  id: string;
  kind: string;
  moderator: string | null;
  from: string;
  to: string;
  reason: string;
  settledFlags: number;
  lastWord: string | null;
}

const START = Date.UTC(2026, 5, 1);
let made = 0;
const idAt = (minute: number) => {
  made += 1;
  return sortableId(START + minute * 60_000, new Uint8Array(7).fill(made));
};

const event = (
  comment: string,
  minute: number,
  kind: string,
  from: string,
  to: string,
  more: Partial<OldEvent> = {},
) => ({
  comment,
  id: idAt(minute),
  kind,
  moderator: kind === 'edit' || kind === 'delete' ? null : 'mara',
  from,
  to,
  reason: '',
  settledFlags: 0,
  lastWord: null,
  ...more,
});

const BATCH = idAt(500);

/** Every kind; several on one comment; edits from before and after authors' events had a last word; one bulk decision. */
const EVENTS: OldEvent[] = [
  event('walked', 1, 'edit', 'published', 'published'),
  event('walked', 2, 'approve', 'published', 'approved', { settledFlags: 3 }),
  event('walked', 3, 'edit', 'approved', 'published'),
  event('walked', 4, 'edit', 'published', 'published'),
  event('walked', 5, 'reject', 'published', 'rejected', { reason: 'Off topic, "really".' }),
  event('walked', 6, 'undo', 'rejected', 'published', { moderator: 'noor', settledFlags: -2 }),
  event('walked', 7, 'edit', 'published', 'pending', { lastWord: 'published' }),
  event('walked', 8, 'spam', 'pending', 'spam'),
  event('walked', 9, 'restore', 'spam', 'pending'),
  event('walked', 10, 'delete', 'pending', 'deleted', { lastWord: 'pending' }),
  event('edited-first', 11, 'edit', 'pending', 'pending', { lastWord: '' }),
  event('edited-first', 12, 'edit', 'pending', 'pending'),
  event('edited-late', 13, 'approve', 'pending', 'approved'),
  event('edited-late', 14, 'edit', 'approved', 'published', { lastWord: 'approved' }),
  event('edited-late', 15, 'edit', 'published', 'published'),
  event('erased-at-once', 16, 'delete', 'published', 'deleted'),
  event('gone', 17, 'approve', 'pending', 'approved'),
  ...['bulk-1', 'bulk-2', 'bulk-3'].map((comment) =>
    event(comment, 500, 'approve', 'pending', 'approved', { id: BATCH }),
  ),
  ...DECISIONS.map((kind, i) => event(`once-${kind}`, 20 + i, kind, 'pending', 'rejected', { settledFlags: i })),
];

const RULINGS = [
  { comment: 'walked', id: idAt(30), ruling: 'count-votes', votes: 7 },
  { comment: 'walked', id: idAt(31), ruling: 'discard-votes', votes: 1 },
  { comment: 'edited-late', id: idAt(32), ruling: 'discard-votes', votes: 12 },
];

const NAMES: Record<string, string> = { mara: 'Mara Lind', noor: 'Noor “N” Öst' };
const SITES = ['gazette', 'courier'];
const comments = [...new Set(EVENTS.map(({ comment }) => comment))];
const readerOf = (comment: string) => `reader-of-${comment}`;
const articleOf = (comment: string) => `article-of-${comment}`;

const WHAT: Record<string, string> = {
  approve: 'comment.approved',
  reject: 'comment.rejected',
  spam: 'comment.marked-as-spam',
  restore: 'comment.restored',
  undo: 'comment.decision-undone',
  edit: 'comment.edited',
  delete: 'comment.deleted',
  'count-votes': 'votes.counted',
  'discard-votes': 'votes.discarded',
};

const moderatorSaid = (id: string) => `moderator ${id} ${NAMES[id]}`;

/** As the product read the old tables: over authors' events to a moderator's, or to one that hands a word on. */
const wordAfter = (index: number): string => {
  const { comment, id } = EVENTS[index] as OldEvent;
  const before = EVENTS.filter((other) => other.comment === comment && other.id <= id).reverse();
  const word = before.find(({ moderator, lastWord }) => moderator !== null || lastWord !== null);
  return word === undefined ? '' : (word.lastWord ?? word.to);
};

const oldTale = (site: string): Told[] => [
  ...EVENTS.map((old, index) => ({
    site,
    comment: old.comment,
    id: old.id,
    what: WHAT[old.kind] ?? '',
    by: old.moderator === null ? `reader ${readerOf(old.comment)} null` : moderatorSaid(old.moderator),
    article: old.comment === 'gone' ? null : articleOf(old.comment),
    from: old.from,
    to: old.to,
    reason: old.reason,
    settledFlags: old.settledFlags,
    word: wordAfter(index),
    votes: null,
  })),
  ...RULINGS.map(({ comment, id, ruling, votes }) => ({
    site,
    comment,
    id,
    what: WHAT[ruling] ?? '',
    by: moderatorSaid('noor'),
    article: articleOf(comment),
    from: null,
    to: null,
    reason: '',
    settledFlags: 0,
    word: null,
    votes,
  })),
];

const inOrder = (tales: Told[]) => tales.map((tale) => JSON.stringify(tale)).sort();

const newTale = async (): Promise<Told[]> => {
  const { results } = await env.DB.prepare('SELECT * FROM events').all<Record<string, string | null>>();
  return results.map((row) => {
    const facts = JSON.parse(row.facts ?? '') as Record<string, never>;
    expect(Object.values(facts)).not.toContain(null);
    return {
      site: row.site_id ?? '',
      comment: row.subject_id ?? '',
      id: row.id ?? '',
      what: row.verb ?? '',
      by: `${row.actor_kind} ${row.actor_id} ${row.actor_name}`,
      article: row.article_key ?? null,
      from: facts.from ?? null,
      to: facts.to ?? null,
      reason: facts.reason ?? '',
      settledFlags: facts.settledFlags ?? 0,
      word: facts.lastWord ?? facts.to ?? null,
      votes: facts.votes ?? null,
    };
  });
};

beforeAll(async () => {
  for (const table of await listTables()) await env.DB.prepare(`DROP TABLE "${table}"`).run();
  await env.DB.prepare('DELETE FROM d1_migrations').run();
  const index = env.TEST_MIGRATIONS.findIndex(({ name }) => name.endsWith('_create_events.sql'));
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS.slice(0, index));
  for (const site of SITES) {
    await env.DB.batch([
      ...comments
        .filter((comment) => comment !== 'gone')
        .map((comment) =>
          env.DB.prepare(
            `INSERT INTO comments (site_id, id, article_key, root_id, depth, path, reader_id, author_name, body, source,
              text_hash, status, listed, created_at) VALUES (?1, ?2, ?3, ?2, 0, '', ?4, 'Ada', '[]', '', '', 'pending', 0, 0)`,
          ).bind(site, comment, articleOf(comment), readerOf(comment)),
        ),
      ...EVENTS.map((old) =>
        env.DB.prepare(
          `INSERT INTO moderation_events (site_id, comment_id, id, kind, moderator_id, moderator_name, from_status,
            to_status, reason, created_at, settled_flags, last_word) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?)`,
        ).bind(
          ...[site, old.comment, old.id, old.kind, old.moderator, old.moderator && NAMES[old.moderator]],
          ...[old.from, old.to, old.reason, old.settledFlags, old.lastWord],
        ),
      ),
      ...RULINGS.map(({ comment, id, ruling, votes }) =>
        env.DB.prepare(
          `INSERT INTO vote_rulings (site_id, comment_id, id, ruling, moderator_id, moderator_name, votes, created_at)
          VALUES (?, ?, ?, ?, 'noor', ?, ?, 0)`,
        ).bind(site, comment, id, ruling, NAMES.noor, votes),
      ),
    ]);
  }
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
});

test('of an older database the log says each decision, edit, deletion and ruling as it was said before', async () => {
  expect(inOrder(await newTale())).toEqual(inOrder(SITES.flatMap(oldTale)));
});

test('and what its tables held stands nowhere twice', async () => {
  expect(await listTables()).not.toContain('moderation_events');
  expect(await listTables()).not.toContain('vote_rulings');
});
