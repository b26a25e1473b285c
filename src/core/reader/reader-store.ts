import type { ReaderStanding } from './reader.ts';

export interface ReaderStore {
  ban(siteId: string, readerId: string, ban: ReaderStanding['ban'], until: number | null): Promise<boolean>;
}
