/** All that readers do seldom with a comment, beside writing. */
export { openDelete } from './comment-deletion.ts';
export { openMenu } from './comment-menu.ts';
