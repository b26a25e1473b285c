/** The third script: all by which a reader goes on from the first page of comments. */
export { follow } from './conversation.ts';
export { loadMore, loadReplies, readWhole, reorder } from './paging.ts';
