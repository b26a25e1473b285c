import type { ProblemDocument } from './problem.ts';

/** Fields of requests as people call them who have never seen the API; by their names, which mean the same everywhere. */
export const FIELD_WORDS = {
  site: 'Site',
  article: 'Article',
  key: 'Key',
  id: 'Id',
  name: 'Name',
  email: 'E-mail',
  role: 'Role',
  url: 'Address',
  headline: 'Headline',
  section: 'Section',
  topic: 'Topic',
  topics: 'Topics',
  author: 'Author',
  authors: 'Authors',
  keyPoints: 'Key points',
  image: 'Picture',
  publishedAt: 'Time of publication',
  commenting: 'Commenting',
  moderation: 'When a comment is seen',
  unknownArticles: 'A comment under an article that nobody registered',
  editWindowMinutes: 'Edit window, minutes',
  maxGraphemes: 'Longest comment, characters',
  maxLinks: 'Links allowed',
  bannedWords: 'Banned words',
  suspectWords: 'Suspect words',
  origins: 'Origins',
  database: 'Database',
  text: 'Text',
  reason: 'Reason',
  decision: 'Decision',
  ban: 'Ban',
  days: 'Days',
  holdNetworkHours: 'Hours for which the network is held',
  ruling: 'Ruling',
  since: 'Since',
  by: 'By',
  list: 'List',
  order: 'Order',
  limit: 'Length of the list',
} as const;

/**
 * `add.bannedWords.2` is an entry of the field `bannedWords`. A field that only programs know keeps its name.
 * @param entry what one of a list is called where its fault is read
 */
export function fieldInWords(path: string, entry = 'entry'): string {
  const [name = '', index] = path.replace(/^(?:settings|add|remove)\./, '').split('.');
  const word = (FIELD_WORDS as Partial<Record<string, string>>)[name] ?? name;
  return /^\d+$/.test(index ?? '') ? `${word}, ${entry} ${Number(index) + 1}` : word;
}

/** A fault of a request as a sentence. One that is of no field in particular stands for itself. */
export function faultInWords(
  { field, message }: NonNullable<ProblemDocument['errors']>[number],
  entry?: string,
): string {
  return field === '' ? message : `${fieldInWords(field, entry)}: ${message}`;
}
