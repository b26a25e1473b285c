import { corpusFiles, readCorpusFile } from './corpora.ts';

/** The rows of a file of comma-separated values, quoted ones over several lines among them. */
const rowsOf = (text: string, separator: string): string[][] => {
  const rows: string[][] = [[]];
  const value = new RegExp(`("(?:[^"]|"")*"|[^${separator}\\n]*)(${separator}|\\r?\\n|$)`, 'gy');
  for (let match = value.exec(text); match !== null; match = value.exec(text)) {
    const [whole, field = '', end] = match;
    rows.at(-1)?.push(field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field.trim());
    if (whole === '' || end === '') break;
    if (end !== separator) rows.push([]);
  }
  return rows;
};

const commentsIn = (file: string, separator: string, text: number, isHarmless: (row: string[]) => boolean): string[] =>
  rowsOf(readCorpusFile('spam', file), separator)
    .slice(1)
    .filter((row) => row.length > text && isHarmless(row))
    .map((row) => row[text] ?? '');

/** Comments that people who read them have called harmless, by where they are from. */
export const harmlessComments = (): [name: string, comments: string[]][] => [
  ['messages', commentsIn('SMSSpamCollection.tsv', '\t', 1, ([label]) => label === 'ham')],
  ['videos 1', commentsIn('youtube/Youtube01-Psy.csv', ',', 3, (row) => row[4] === '0')],
  ['videos 2', commentsIn('youtube/Youtube02-KatyPerry.csv', ',', 3, (row) => row[4] === '0')],
  ['news, English', commentsIn('abuse/civil-comments-toxicspans-tsd_train.csv', ',', 1, ([spans]) => spans === '[]')],
  ['short, English', commentsIn('abuse/davidson-labeled_data.csv', ',', 6, (row) => row[5] === '2')],
  ['forums, English', commentsIn('abuse/surge-toxicity_en.csv', ',', 0, (row) => row[1] === 'Not Toxic')],
  ['short, German', commentsIn('abuse/germeval2018.training.txt', '\t', 0, (row) => row[1] === 'OTHER')],
  ['forums, Chinese', commentsIn('abuse/cold-zh-dev.csv', ',', 4, (row) => row[3] === '0')],
  ['news, Korean', commentsIn('abuse/korean-news-train.tsv', '\t', 0, (row) => row[3] === 'none')],
];

/** Lists of words in many languages, each by its language. */
export const wordLists = (): [language: string, words: string[]][] =>
  corpusFiles('spam/lists/ldnoobw')
    .filter((file) => file.endsWith('.txt'))
    .map((file) => {
      const lines = readCorpusFile('spam/lists/ldnoobw', file).split('\n');
      return [file.replace('.txt', ''), lines.map((line) => line.trim()).filter((line) => line !== '')];
    });
