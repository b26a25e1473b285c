import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBody } from '../../src/core/body/parse-body.ts';
import { type Change, TOOLS, type Tool } from '../../src/widget/composing/mark-up.ts';

/** A text with its selection between bars, as `a |word| here`. */
function read(marked: string): [string, number, number] {
  const start = marked.indexOf('|');
  const end = marked.lastIndexOf('|');
  return start === end
    ? [marked.replace('|', ''), start, start]
    : [marked.slice(0, start) + marked.slice(start + 1, end) + marked.slice(end + 1), start, end - 1];
}

const changed = (value: string, { from, to, text }: Change): string => value.slice(0, from) + text + value.slice(to);

function use(tool: Tool, marked: string): string {
  const [value, start, end] = read(marked);
  const change = TOOLS[tool](value, start, end);
  const after = changed(value, change);
  const inside = after.slice(change.start, change.end);
  return `${after.slice(0, change.start)}|${inside}${change.start === change.end ? '' : '|'}${after.slice(change.end)}`;
}

describe('a tool for writing', () => {
  it.each<[Tool, string, string]>([
    ['bold', 'The |ferry| sails', 'The **|ferry|** sails'],
    ['bold', 'The| ferry |sails', 'The **|ferry|** sails'],
    ['bold', 'un|believ|able', '**|unbelievable|**'],
    ['bold', '今天|天气|很好', '今天**|天气|**很好'],
    ['bold', '|- one\n- two|', '|- **one**\n- **two**|'],
    ['bold', '|one\n\ntwo|', '|**one**\n\n**two**|'],
    ['bold', 'now |', 'now **|**'],
    ['italic', '**|both|**', '***|both|***'],
    ['code', 'run |a `b` c|', 'run ``|a `b` c|``'],
    ['code', '|one\ntwo|', '```\n|one\ntwo|\n```'],
    ['quote', 'first\n|one\n\ntwo|\nnext', 'first\n|> one\n> \n> two|\n\nnext'],
    ['quote', 'one| word', '> one| word'],
    ['list', '|one\ntwo\n|', '|- one\n- two|\n'],
    ['list', '|', '- |'],
    ['link', 'see |the table|', 'see [the table](|https://|)'],
    ['link', 'see |https://a.example/b|', 'see [|](https://a.example/b)'],
    ['link', 'see |www.a.example|', 'see [|](https://www.a.example)'],
    ['link', 'see |', 'see [|](https://)'],
    ['link', 'see |[a]|', 'see [\\[a\\]](|https://|)'],
  ])('%s: %j becomes %j', (tool, before, after) => {
    expect(use(tool, before)).toBe(after);
  });

  it.each<[Tool, string, string]>([
    ['bold', 'The **|ferry|** sails', 'The |ferry| sails'],
    ['bold', 'The |**ferry**| sails', 'The |ferry| sails'],
    ['bold', '|- **one**\n- **two**|', '|- one\n- two|'],
    ['bold', 'now **|**', 'now |'],
    ['bold', '***|both|***', '*|both|*'],
    ['italic', '***|both|***', '**|both|**'],
    ['code', 'run ``|a `b` c|``', 'run |a `b` c|'],
    ['code', '```\n|one\ntwo|\n```', '|one\ntwo|'],
    ['quote', '|> one\n> \n> two|', '|one\n\ntwo|'],
    ['list', '|- one\n* two|', '|one\ntwo|'],
    ['link', 'see [the table](|https://|)', 'see |the table|'],
    ['link', 'see [|the table|](https://a.example)', 'see |the table|'],
    ['link', 'see |[the table](https://a.example)|', 'see |the table|'],
  ])('%s: %j is taken back to %j', (tool, before, after) => {
    expect(use(tool, before)).toBe(after);
  });

  const WORDS = fc.array(
    fc.constantFrom('ferry', 'Fähre', '渡轮', 'паром', 'oh!', '(nine)', '🙂', '"so"', '5', 'it’s'),
    {
      minLength: 1,
      maxLength: 8,
    },
  );

  it('stresses what is selected, wherever words begin and end, and gives the text back when it is used again', () => {
    fc.assert(
      fc.property(
        WORDS,
        fc.nat(),
        fc.nat(),
        fc.constantFrom('bold', 'italic'),
        fc.constantFrom('', ' '),
        (words, a, b, tool, space) => {
          const value = words.join(space);
          const [start = 0, end = 0] = [a % (value.length + 1), b % (value.length + 1)].sort((x, y) => x - y);
          const selected = value.slice(start, end);
          fc.pre(selected.trim() !== '' && !/\p{Cs}/u.test(selected));
          const change = TOOLS[tool](value, start, end);
          const after = changed(value, change);
          const json = JSON.stringify(parseBody(after).body);
          expect(json).toContain(tool === 'bold' ? '"strong"' : '"em"');
          expect(parseBody(after).text).not.toContain('*');
          expect(changed(after, TOOLS[tool](after, change.start, change.end))).toBe(value);
        },
      ),
    );
  });

  it('loses no letter, whatever stands in the field', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'é', ' ', '\n', '*', '`', '>', '-', '[', ']', '(', ')', '1', '.'),
      maxLength: 30,
    });
    fc.assert(
      fc.property(text, fc.nat(), fc.nat(), fc.constantFrom(...(Object.keys(TOOLS) as Tool[])), (value, a, b, tool) => {
        const [start = 0, end = 0] = [a % (value.length + 1), b % (value.length + 1)].sort((x, y) => x - y);
        const change = TOOLS[tool](value, start, end);
        const after = changed(value, change);
        const letters = (all: string): string => all.replace(/https:\/\/|[^aé1]/g, '');
        expect(letters(after)).toBe(letters(value));
        expect(change.start).toBeLessThanOrEqual(change.end);
        expect(change.end).toBeLessThanOrEqual(after.length);
        expect(change.from).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
