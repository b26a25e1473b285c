/** Somebody who may moderate one site. Times are epoch milliseconds. */
export interface ModeratorRecord {
  siteId: string;
  id: string;
  email: string;
  name: string;
  role: 'moderator' | 'admin';
  createdAt: number;
}
