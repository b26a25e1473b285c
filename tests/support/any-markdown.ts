import fc from 'fast-check';

const MARKDOWN_PIECES = [
  ...'*_~`[]()<>!#-+>&;:/\\\n\t 1.ab"\'|=@?',
  '\n\n',
  '> ',
  '- ',
  '1. ',
  ...['7. ', '1986. ', '>:(', '「', '」', '\\_', 'C:\\', '**「', '한'],
  '```\n',
  '**',
  '![',
  '](',
  '](http://',
  'http://',
  'https://a.b/',
  '<http://',
  'javascript:',
  'data:',
  '&#x202e;',
  '&#10;',
  '&nbsp;',
  '\u0000',
  '\u202E',
  '\u200D',
  '\u0301',
  '\uD83D',
  '\uDE00',
  '👍',
  'é',
  '漢',
];
/** Texts that a reader may type: signs of Markdown and of Unicode in any order. */
export const anyMarkdown = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.array(fc.constantFrom(...MARKDOWN_PIECES), { maxLength: 80 }).map((pieces) => pieces.join('')),
);
