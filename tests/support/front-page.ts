import { openNewsroom } from './newsroom.ts';

/** A site with three articles in two sections, two of which share a topic. */
export const openFrontPage = async () => {
  const room = await openNewsroom({ moderation: 'post' });
  await room.publisher.putArticle('ferry', { section: 'World', topics: ['Sea', 'Trade'], authors: ['Tamsin Orrel'] });
  await room.publisher.putArticle('harbour', { section: 'World', topics: ['Sea'] });
  await room.publisher.putArticle('opera', { section: 'Culture' });
  return room;
};
