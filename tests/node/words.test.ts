import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findWords } from '../../src/core/screening/words.ts';

const entriesIn = (text: string, words: readonly string[]): string[] =>
  findWords(text, words).map(({ entry }) => entry);

describe('what is found', () => {
  test.each([
    ['a word', 'buy spam now', 'spam'],
    ['the whole text', 'spam', 'spam'],
    ['a word beside signs', '(spam)! "spam"', 'spam'],
    ['a word beside an underscore', 'x_spam_y', 'spam'],
    ['another case', 'SPAM', 'Spam'],
    ['accents', 'spám', 'spam'],
    ['lookalikes', 'sраm', 'spam'],
    ['digits for letters', '5p4m', 'spam'],
    ['a sign for a letter', '$pam', 'spam'],
    ['a word that is mentioned', '@spam', 'spam'],
    ['a price that is a word', '$spam', 'spam'],
    ['a digit that is a digit', 'mp3', 'mp3'],
    ['a zero-width space inside', 'sp\u200Bam', 'spam'],
    ['several words', 'really cheap   pills!', 'cheap pills'],
    ['several words with signs between them', 'cheap-pills', 'cheap pills'],
    ['several words over a line', 'cheap\npills', 'cheap pills'],
    ['any ending', 'spammers', 'spam*'],
    ['no ending', 'spam', 'spam*'],
    ['any ending of the last word', 'cheap pillboxes', 'cheap pill*'],
    ['an apostrophe of either kind', 'don’t', "don't"],
    ['letters apart', 'buy s p a m now', 'spam'],
    ['letters with dots', 's.p.a.m', 'spam'],
    ['letters with hyphens', 's-p-a-m', 'spam'],
    ['letters two spaces apart', 's  p  a  m', 'spam'],
    ['letters down the page', 's\np\na\nm', 'spam'],
    ['letters apart after a letter that stands alone', 'a s p a m', 'spam'],
    ['digits for letters apart', 's p 4 m', 'spam'],
    ['several words, letters apart', 'c h e a p p i l l s', 'cheap pills'],
    ['Russian', 'вот спам', 'спам'],
    ['Hindi', 'यह गाली है', 'गाली'],
    ['Arabic with vowels', 'مُحَمَّد', 'محمد'],
    ['Chinese inside', '我觉得他是白痴吗', '白痴'],
    ['Japanese inside', 'これはスパムです', 'スパム'],
    ['a long vowel sign', 'スーパーです', 'スーパー'],
    ['Korean with a particle', '스팸은', '스팸'],
    ['Thai inside', 'นี่คือสแปมมาก', 'สแปม'],
    ['Latin inside Chinese', '这是spam吗', 'spam'],
    ['two scripts', 'ABC公司很好', 'abc公司'],
    ['an emoji', 'you 🖕🏽!', '🖕'],
  ])('%s', (_, text, entry) => {
    expect(entriesIn(text, [entry])).toEqual([entry]);
  });
});

describe('what is not', () => {
  test.each([
    ['a word in a word', 'Scunthorpe', 'cunt'],
    ['the beginning of a word', 'assess class', 'ass'],
    ['the end of a word', 'antispam', 'spam*'],
    ['another word between', 'cheap blue pills', 'cheap pills'],
    ['the words the other way round', 'pills cheap', 'cheap pills'],
    ['half of several words', 'cheap', 'cheap pills'],
    ['letters apart across words', 'his pa makes', 'spam'],
    ['pairs of letters apart', 'sp am', 'spam'],
    ['three letters apart', 'a s s', 'ass'],
    ['Korean over the edge of a word', '다시 발견', '시발'],
    ['Hindi in a longer word', 'गालीचा', 'गाली'],
    ['a Cyrillic word that looks Latin, in Russian', 'сосо и другие', 'coco'],
    ['nothing', '', 'spam'],
  ])('%s', (_, text, entry) => {
    expect(entriesIn(text, [entry])).toEqual([]);
  });

  test.each(['', ' ', '*', '...', '-'])('an entry of %j matches nothing', (entry) => {
    expect(entriesIn('a * ... - b', [entry])).toEqual([]);
  });
});

describe('a list', () => {
  test('answers in its own order, each entry once', () => {
    expect(entriesIn('c b a b', ['a', 'b', 'x', 'c', 'a'])).toEqual(['a', 'b', 'c']);
  });

  test('may have entries that share words', () => {
    const list = ['new', 'new york', 'new york times', 'york*', 'New'];
    expect(entriesIn('the new york times', list)).toEqual(list);
    expect(entriesIn('new yorkers', list)).toEqual(['new', 'york*', 'New']);
    expect(entriesIn('n e w y o r k', ['york*', 'New York', 'new york'])).toEqual(['york*', 'New York', 'new york']);
    expect(entriesIn('new yorkers', ['york*', 'York*'])).toEqual(['york*', 'York*']);
  });

  test('is its entries at the time of the first look', () => {
    const list = ['a'];
    entriesIn('a', list);
    list.push('b');
    expect(entriesIn('a b', list)).toEqual(['a']);
    expect(entriesIn('a b', [...list])).toEqual(['a', 'b']);
  });

  test('of ten thousand is looked up in 64 kB', () => {
    const list = Array.from({ length: 10_000 }, (_, index) => `word${index}x${index % 2 === 0 ? '*' : ''}`);
    expect(entriesIn(`${'word '.repeat(13_000)} word9998xyz`, list)).toEqual(['word9998x*']);
    expect(entriesIn('w '.repeat(32_000), list)).toEqual([]);
    expect(entriesIn('漢'.repeat(64_000), [...list, '漢字', '字'])).toEqual([]);
  });
});

test('a whole word is found wherever it stands, and never inside a longer one', () => {
  const word = fc.string({ unit: fc.constantFrom(...'abcdefgh'), minLength: 3, maxLength: 8 });
  const once = (text: string) => text.replace(/(.)\1+/g, '$1');
  fc.assert(
    fc.property(word, fc.array(word), fc.array(word), (entry, before, after) => {
      // A word with letters repeated is the entry, spelled otherwise.
      const alike = [...before, ...after].filter((one) => once(one) === once(entry));
      fc.pre(alike.length === 0 || alike.includes(entry));
      expect(entriesIn([...before, entry, ...after].join(' '), [entry])).toEqual([entry]);
      expect(entriesIn([...before, `${entry}z`, ...after].join(' '), [entry])).toEqual(alike.length > 0 ? [entry] : []);
    }),
  );
});
