/** Workers that do the least possible, for comparison with ours. */

const HELLO = `
export default { fetch: () => new Response('Hello') };
`;

/** A constant as long as a gzipped thread page, with as many headers. */
const PAGE = `
const body = new Uint8Array(10_700).map((_, n) => (n * 7_919) % 251);
const headers = Object.fromEntries(Array.from({ length: 11 }, (_, n) => ['X-Header-' + n, 'y'.repeat(40)]));
export default { fetch: () => new Response(body, { headers }) };
`;

/** One statement, fifty rows of what a thread shows, as JSON. */
const ONE_QUERY = `
export default {
  async fetch(request, env) {
    const article = new URL(request.url).searchParams.get('article');
    const { results } = await env.DB.prepare(
      'SELECT id, parent_id, root_id, depth, path, status, author_name, body, up_votes, down_votes, reply_count, ' +
      'created_at, edited_at FROM comments INDEXED BY comments_top_level ' +
      'WHERE site_id = ? AND article_key = ? AND depth = 0 AND listed = 1 ORDER BY id DESC LIMIT 50'
    ).bind('crowd', article).all();
    return Response.json(results);
  },
};
`;

/** One row into the same table with the same indexes, if its reader has not written five in the last minute. */
const ONE_INSERT = `
export default {
  async fetch(request, env) {
    const { id, article, reader, name, body } = await request.json();
    await env.DB.prepare(
      "INSERT INTO comments (site_id, id, article_key, root_id, depth, path, reader_id, author_name, body, source, " +
      "text_hash, status, listed, created_at) " +
      "SELECT 'floor', ?1, ?2, ?1, 0, '', ?3, ?4, ?5, '', '', 'published', 1, ?6 " +
      "WHERE (SELECT count(*) FROM (SELECT 1 FROM comments INDEXED BY comments_by_reader " +
      "WHERE site_id = 'floor' AND reader_id = ?3 AND id > ?7 LIMIT 5)) < 5"
    ).bind(id, article, reader, name, body, Date.now(), '0').run();
    return new Response(null, { status: 201 });
  },
};
`;

export const FLOORS = {
  hello: HELLO,
  page: PAGE,
  'one-query': ONE_QUERY,
  'one-insert': ONE_INSERT,
};
export type Floor = keyof typeof FLOORS;
