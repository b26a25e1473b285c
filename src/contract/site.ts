import * as z from 'zod/mini';
import {
  ApiKeyId,
  bytesOf,
  CommentId,
  EmailAddress,
  limit,
  line,
  Origin,
  patch,
  SiteId,
  Timestamp,
  text,
} from './scalars.ts';

const SHOWN = /(?!\p{Default_Ignorable_Code_Point})[\p{L}\p{N}\p{Extended_Pictographic}\p{RI}]/u;

/** An entry that no text can have would be a promise that is never kept. */
const Word = line(100).check(
  z.refine((word) => SHOWN.test(word.normalize('NFC')), {
    error: ({ input }) => `“${input}” can never match: it has no letter, digit or emoji. Take it out.`,
  }),
);

/** Both lists stand in one row, and a statement of D1 has at most 100,000 bytes. */
const MOST_BYTES_A_LIST = 40_000;

/** A quotation mark, an apostrophe and a backslash are stored as two where SQL quotes JSON. */
const DOUBLED = /["'\\]/g;

/** The bytes of UTF-8 that a list takes in a statement, composed as it is stored, quotation marks and commas with it. */
const bytesStored = (words: readonly string[]): number =>
  words.reduce((sum, word) => sum + bytesOf(word.normalize('NFC').replace(DOUBLED, '$&$&')) + '"",'.length, 0);

const Words = z.array(Word).check(
  z.maxLength(2_000, 'At most 2,000 entries.'),
  z.refine(
    (words) => bytesStored(words) <= MOST_BYTES_A_LIST,
    'This list is too long: all entries together have at most 40,000 bytes. Leave out some, or end several in one with `*`.',
  ),
);
const Origins = z.array(Origin).check(z.maxLength(20));
/** Entries that are to go: anything that was ever taken. */
const Entries = z.array(text(2_000)).check(z.maxLength(2_000, 'At most 2,000 entries.'));

const SiteSettingsView = z
  .strictObject({
    moderation: z.enum(['post', 'first-comment', 'pre']),
    unknownArticles: z.enum(['register', 'refuse']),
    editWindowMinutes: z.int().check(z.minimum(0), z.maximum(1_440)),
    maxGraphemes: z.int().check(z.minimum(1), z.maximum(10_000)),
    maxLinks: z.int().check(z.minimum(0), z.maximum(50)),
    bannedWords: Words,
    suspectWords: Words,
  })
  .register(z.globalRegistry, { id: 'SiteSettings' });

/** Entries of lists. Several people may add and remove at the same time; a list that is sent whole replaces theirs. */
const Additions = patch({ bannedWords: Words, suspectWords: Words, origins: Origins });
const Removals = patch({ bannedWords: Entries, suspectWords: Entries, origins: Entries });

export const SettingsPatch = patch({
  ...SiteSettingsView.shape,
  name: line(100),
  origins: Origins,
  version: z.int().check(
    z.minimum(1),
    z.meta({
      description: 'The version that the change was made from: if there is another by now, nothing changes.',
    }),
  ),
  add: Additions.check(z.meta({ description: 'Entries that lists are to have as well.' })),
  remove: Removals.check(z.meta({ description: 'Entries that lists are to have no more.' })),
}).register(z.globalRegistry, { id: 'SettingsPatch' });
export type SettingsPatch = z.infer<typeof SettingsPatch>;

export const SiteView = z
  .object({
    id: SiteId,
    name: z.string(),
    origins: z.array(z.string()),
    settings: SiteSettingsView,
    version: z
      .int()
      .check(z.meta({ description: 'Grows with every change of the name, the origins and the settings.' })),
  })
  .register(z.globalRegistry, { id: 'Site' });
export type SiteView = z.infer<typeof SiteView>;

/** The text is bounded as a comment is. */
export const NewWordsTest = z
  .strictObject({
    text: text(10_000, 16_000).check(z.minLength(1, 'Write a text to test.')),
    bannedWords: z.optional(Words),
    suspectWords: z.optional(Words),
  })
  .register(z.globalRegistry, {
    id: 'NewWordsTest',
    description: 'A list that is left out is the one that is saved.',
  });
export type NewWordsTest = z.infer<typeof NewWordsTest>;

export const WordsTestView = z
  .object({
    outcome: z.enum(['pass', 'hold', 'reject']),
    hits: z.array(
      z.object({
        list: z.enum(['bannedWords', 'suspectWords']),
        entry: z.string(),
        effect: z.enum(['hold', 'reject']),
        found: z.string().check(z.meta({ description: 'The words of the text that are the entry, in lower case.' })),
        differences: z
          .array(z.enum(['marks', 'forms', 'digits', 'signs', 'look-alikes', 'spacing', 'repeats', 'hidden']))
          .check(z.meta({ description: 'By what they differ from the entry; none: it is there as written.' })),
      }),
    ),
  })
  .register(z.globalRegistry, { id: 'WordsTest' });
export type WordsTestView = z.infer<typeof WordsTestView>;

export const NewSite = z
  .strictObject({
    id: SiteId,
    name: line(100),
    origins: z._default(Origins, []),
    database: z
      .optional(z.string().check(z.regex(/^DB(?:_[1-9]\d{0,4})?$/, 'Give the name of a binding, such as DB or DB_1.')))
      .check(
        z.meta({ description: 'The database that is to have the site’s rows; the first one if nothing is said.' }),
      ),
  })
  .register(z.globalRegistry, { id: 'NewSite' });

export const SiteListQuery = z.strictObject({ limit: limit(100, 100), after: z.optional(SiteId) });

export const SiteListView = z
  .object({
    sites: z.array(z.object({ id: SiteId, name: z.string(), origins: z.array(z.string()), database: z.string() })),
    next: z
      .nullable(z.string())
      .check(z.meta({ description: 'To be sent as `after` for the next page; null: that is all.' })),
  })
  .register(z.globalRegistry, { id: 'SiteList' });
export type SiteListView = z.infer<typeof SiteListView>;

export const NewApiKey = z.strictObject({ name: line(100) }).register(z.globalRegistry, { id: 'NewApiKey' });
const KeySecret = z.enum(['current', 'former', 'gone']).register(z.globalRegistry, {
  id: 'KeySecret',
  description:
    'The secret of the server that the key was made under: the one in use; the one before, until the key is used; or one that the server no longer has, so that the key opens nothing.',
});

export const ApiKeyList = z
  .object({ keys: z.array(z.object({ id: ApiKeyId, name: z.string(), createdAt: Timestamp, secret: KeySecret })) })
  .register(z.globalRegistry, {
    id: 'ApiKeyList',
    description: 'The keys themselves are not kept and cannot be shown again.',
  });
export type ApiKeyList = z.infer<typeof ApiKeyList>;

export const ApiKeyView = z
  .object({ key: z.string().check(z.meta({ description: 'Shown once; only its hash is kept.' })), name: z.string() })
  .register(z.globalRegistry, { id: 'ApiKey' });

export const AddressToForget = z
  .strictObject({
    email: EmailAddress,
    after: z.nullish(CommentId).check(z.meta({ description: 'The `next` of the step before; left out in the first.' })),
  })
  .register(z.globalRegistry, { id: 'AddressToForget' });

export const ForgottenAddressView = z
  .object({
    looked: z.int().check(z.meta({ description: 'The comments that this step looked at.' })),
    forgotten: z.int().check(z.meta({ description: 'Those of them that had the address, and have none now.' })),
    next: z.nullable(CommentId).check(z.meta({ description: 'Go on after this one; null after the last.' })),
  })
  .register(z.globalRegistry, { id: 'ForgottenAddress' });
