/** All by which a reader goes on from the first page of comments. */
import '../texts/en-browsing.ts';

export { follow } from './conversation.ts';
export { live } from './live.ts';
export { loadMore, loadReplies, readWhole, reorder } from './paging.ts';
