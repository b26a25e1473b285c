import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SettingsPatch } from '../../src/contract/site.ts';
import { readEntry } from '../../src/core/screening/entry.ts';
import { findWords } from '../../src/core/screening/words.ts';

const differencesOf = (text: string, entry: string) => findWords(text, [entry]).map(({ differences }) => differences);

describe('found as written: rejects', () => {
  test.each([
    ['another case', 'SPAM', 'spam'],
    ['full width', 'ｓｐａｍ', 'spam'],
    ['mathematical letters', '𝓼𝓹𝓪𝓶', 'spam'],
    ['a sharp s', 'SCHEIẞE', 'scheiße'],
    ['letters that are several, as the entry has them', 'ǆ ŉ ﬁ', 'Ǆ ŉ ﬁ'],
    ['an I with a dot, as the entry has it', 'İDİOT', 'İdİot'],
    ['a long s', 'ſpam', 'spam'],
    ['an emoji drawn in colour', 'you ❤️', '❤'],
    ['a sigma at the end', 'ΜΑΓΟΣ', 'μαγος'],
    ['marks, as the entry has them', 'lồn', 'lồn'],
    ['marks in another form', 'lo\u0302\u0300n', 'lồn'],
    ['any ending', 'spammers', 'spam*'],
    ['any beginning', 'antispam', '*spam'],
    ['both', 'antispammers', '*spam*'],
    ['several words, any beginning', 'very freebie money', '*bie money'],
    ['exactly', 'año', '=año'],
    ['a domain in a link', 'see https://T.ME/joinchat', 't.me'],
    ['a domain below it', 'see www.t.me.', 't.me'],
    ['a domain written out', 'go to t.me now', 't.me'],
  ])('%s', (_, text, entry) => {
    expect(differencesOf(text, entry)).toEqual([[]]);
  });
});

describe('found spelled otherwise: holds', () => {
  test.each([
    ['marks', 'cásino', 'casino', ['marks']],
    ['marks that no alphabet has', 'l\u0336ồ\u0336n\u0336', 'lồn', ['marks']],
    ['a mark that writers leave out', 'AMCIK', 'amcık', ['marks']],
    ['a sharp s in capitals', 'SCHEISSE', 'scheiße', ['forms']],
    ['a sharp s for two', 'Scheiße', 'scheisse', ['forms']],
    ['a sharp s in a domain', 'strasse.example', 'straße.example', ['forms']],
    ['a ligature', 'ﬁnch', 'finch', ['forms']],
    ['a ligature at the beginning', 'ﬁnch', 'fin*', ['forms']],
    ['letters for a ligature', 'finch', 'ﬁnch', ['forms']],
    ['the beginning with an i for one with a dot', 'idolum', 'İDO*', ['forms']],
    ['a digraph', 'ǆep', 'džep', ['forms']],
    ['an I with a dot', 'İDİOT', 'idiot', ['forms']],
    ['an i for one with a dot', 'idiot', 'İDİOT', ['forms']],
    ['a dotless i', 'ıdıot', 'idiot', ['marks']],
    ['a selector that selects nothing', 'cas\u{FE0F}ino', 'casino', ['hidden']],
    ['digits', 'c4s1no', 'casino', ['digits']],
    ['a digit within three letters', 's3x', 'sex', ['digits']],
    ['signs', 'ca$!no', 'casino', ['signs']],
    ['a Latin letter in a Russian word', 'дурaк', 'дурак', ['look-alikes']],
    ['two', 'кoзeл', 'козел', ['look-alikes']],
    ['Cyrillic in a Latin word', 'саsino', 'casino', ['look-alikes']],
    ['Greek in a Latin word', 'cαsινo', 'casino', ['look-alikes']],
    ['Latin in a Greek word', 'μαλάκaς', 'μαλάκας', ['look-alikes']],
    ['small capitals', 'ᴄᴀsɪɴᴏ', 'casino', ['look-alikes']],
    ['nothing but look-alikes', 'сосо', 'coco', ['look-alikes']],
    ['spaces', 'c a s i n o', 'casino', ['spacing']],
    ['a sign inside', 'cas-ino', 'casino', ['spacing']],
    ['stars inside', 'c**as*****i***no', 'casino', ['spacing']],
    ['a backslash inside', 'cas\\ino', 'casino', ['spacing']],
    ['a sign behind a backslash inside', 'c\\.as\\_ino', 'casino', ['spacing']],
    ['a path', 'C:\\cas\\_i\\\\no', 'casino', ['spacing']],
    ['Chinese with a space', '白 痴', '白痴', ['spacing']],
    ['repeated letters', 'casiiino', 'casino', ['repeats']],
    ['a letter twice', 'cassino', 'casino', ['repeats']],
    ['zero width', 'cas\u200Bino', 'casino', ['hidden']],
    ['an ending', 'c4sinos', 'casino*', ['digits']],
    ['a beginning', 'antisp4m', '*spam', ['digits']],
    ['inside', 'antisp4mmers', '*spam*', ['digits']],
    ['a domain', 'саsino.example', 'casino.example', ['look-alikes']],
    ['a dot in brackets', 'casino[.]example', 'casino.example', ['spacing']],
    ['a dot behind a backslash', 'casino\\.example', 'casino.example', ['spacing']],
    ['stars in a domain', 'cas*i*no.exam**p**le', 'casino.example', ['spacing']],
    ['two ways at once', 'с4sino', 'casino', ['look-alikes', 'digits']],
  ])('%s', (_, text, entry, differences) => {
    expect(differencesOf(text, entry)).toEqual([differences]);
  });
});

describe('innocent, and not even held', () => {
  test.each([
    ['Boil it for 45s and stir.', 'ass'],
    ['The A55 is closed', 'ass'],
    ['It took 45h and 1000km', 'ash'],
    ['Feliz año nuevo', 'ano'],
    ['lớn', 'lồn'],
    ['lon', 'lồn'],
    ['Das könnt ihr', 'kont'],
    ["I can't. Me neither.", 't.me'],
    ["I can't.Me neither.", 't.me'],
    ['the casino. Example', 'casino.example'],
    ["he'll go", 'hell'],
    ['good', 'god'],
    ['as', 'ass'],
    ['a s s', 'ass'],
    ['сосо и другие', 'coco'],
    ['cás1no', '=casino'],
    ['casinos', '=casino'],
    ['sword', 'word'],
    ['5h17', 'shit'],
  ])('%j for %j', (text, entry) => {
    expect(findWords(text, [entry])).toEqual([]);
  });
});

/** Each letter once: where two of them meet, another spelling is another word. */
const word = fc
  .uniqueArray(fc.constantFrom(...'abcdeghiklmnoprstuz'), { minLength: 5, maxLength: 12 })
  .map((letters) => letters.join(''));
const SPELLINGS: [difference: string, (word: string) => string][] = [
  ['marks', (text) => text.replace(/[aeiou]/, '$&\u0301').normalize('NFC')],
  ['marks', (text) => text.replace(/./, '$&\u0336')],
  ['digits', (text) => text.replace(/[aeo]/, (letter) => ({ a: '4', e: '3' })[letter] ?? '0')],
  ['signs', (text) => text.replace('s', '$').replace('a', '@')],
  ['look-alikes', (text) => text.replace('a', 'а').replace('e', 'е').replace('o', 'о')],
  ['look-alikes', (text) => text.replace('i', 'ι').replace('n', 'η')],
  ['spacing', (text) => [...text].join(' ')],
  ['spacing', (text) => [...text].join('.')],
  ['repeats', (text) => text.replace(/^(..)(.)/, '$1$2$2$2')],
  ['hidden', (text) => `${text.slice(0, 2)}\u200B${text.slice(2)}`],
];
const FORMS: [name: string, entry: (word: string) => string, around: (spelled: string) => string][] = [
  ['a word', (text) => text, (text) => text],
  ['a beginning', (text) => `${text}*`, (text) => text],
  ['an ending', (text) => `*${text}`, (text) => text],
  ['a part', (text) => `*${text}*`, (text) => text],
  ['two words', (text) => `free ${text}`, (text) => `FREE, ${text}`],
];

describe.each(FORMS)('%s in any spelling is found, and is never as written', (_, entryOf, around) => {
  const spellings = SPELLINGS.filter(([difference]) => difference !== 'spacing' || !entryOf('').includes(' '));
  test.each(spellings)('%s', (difference, spell) => {
    fc.assert(
      fc.property(word, (text) => {
        const spelled = spell(text);
        fc.pre(spelled !== text);
        const [hit] = findWords(`so ${around(spelled)} it`, [entryOf(text)]);
        expect(hit?.differences).toContain(difference);
      }),
    );
  });
});

test('an exact entry is found as written and in no other spelling', () => {
  fc.assert(
    fc.property(word, fc.constantFrom(...SPELLINGS), (text, [, spell]) => {
      expect(findWords(text.toUpperCase(), [`=${text}`])).toHaveLength(1);
      expect(findWords(spell(text), [`=${text}`]).length).toBe(spell(text) === text ? 1 : 0);
    }),
  );
});

test('an entry that may be saved can match, and is in a text that is the entry', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 12 }), (entry) => {
      if (!SettingsPatch.safeParse({ bannedWords: [entry] }).success) return;
      expect(readEntry(entry)).not.toBeNull();
      expect(findWords(entry.replace(/^=/, ''), [entry])).toHaveLength(1);
    }),
    { numRuns: 2_000 },
  );
});

test('the time for a text grows with the text, whatever it is made of', () => {
  const list = Array.from({ length: 2_000 }, (_, index) => `*word${index}*`).concat('漢字', 'casino.example');
  for (const text of ['a', '漢', 'a ', 'a.', 'a-', '1', 'é', '@', 'word1', '. ', 'ѕ', '\u0301']) {
    expect(findWords(text.repeat(64_000 / text.length), list).length).toBeLessThan(50);
  }
});
