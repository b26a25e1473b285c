import type { databaseRoutes } from '../../contract/routes/databases.ts';
import type { WordsOn } from './route-words.ts';

const columns = ['site_id', 'key_hash', 'name', 'created_at', 'secret_mark', 'id'];
const row = ['demo', 'kX3v9QbTq0', 'Content system', 1_795_600_000_000, 'Qm3vT0aZ', 'kX3v9QbT'];
const params = { database: 'DB', table: 'api_keys' };

export const databaseWords: WordsOn<typeof databaseRoutes> = {
  describeDatabase: {
    description:
      'The tables, in the order in which `belowline backup` reads them and `belowline restore` fills them. Each row is ' +
      'counted, and so read once.',
    params: { database: 'DB' },
    answers: {
      200: {
        description: 'The tables and their columns.',
        example: {
          database: 'DB',
          migration: '0021_create_runs.sql',
          at: '2026-11-23T10:00:00.000Z',
          bookmark: '00000085-0000024c-00004c6d-8e61117bf38d7adb71b934ebbf891683',
          tables: [{ name: 'api_keys', columns, key: ['site_id', 'key_hash'], rows: 2 }],
        },
      },
    },
  },
  readRows: {
    description:
      'A page of a table in the order of its key, whatever the rows say: personal data and the hashes of keys are among ' +
      'it. Fewer rows than `limit` are the last ones.',
    params,
    query: `after=${encodeURIComponent(JSON.stringify(row.slice(0, 2)))}&limit=500`,
    answers: { 200: { description: 'The rows after that key.', example: { rows: [row] } } },
  },
  restoreRows: {
    description:
      'Puts rows at the end of a table, all of them or none: after the last one that is there, and before the database ' +
      'has a site. So a database that serves anybody is never written to in this way. Rows that are the last ones of the ' +
      'table already are in: the same request may be sent again.',
    params,
    body: { columns, after: null, rows: [row] },
    answers: { 204: { description: 'The rows are there.' } },
  },
};
