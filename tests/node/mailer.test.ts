import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMailer } from '../../src/platform/mailer.ts';

/** The lines of the subject's field as they are sent. */
const subjectLines = async (subject: string): Promise<string[]> => {
  let raw = '';
  const mailer = createMailer(
    { send: async () => undefined },
    'comments@news.example',
    (_from, _to, message) => {
      raw = message;
    },
    { now: () => 0 },
    () => undefined,
  );
  await mailer.send({ to: 'nils@news.example', subject, text: 'Hello' });
  return /^Subject: .*(?:\r\n .*)*/m.exec(raw)?.[0].split('\r\n') ?? [];
};

const wordsOf = (lines: string[]): string[] => lines.map((line) => line.replace(/^(?:Subject:)? /, ''));

/** One encoded word as a mail program reads it: each alone, and with an error where a character is cut. */
const decoded = (word: string): string => {
  const [, text = ''] = /^=\?UTF-8\?B\?([A-Za-z0-9+/]+=*)\?=$/.exec(word) ?? [];
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
};

test.each([
  `Sign in to moderate ${'Вечерние новости Петропавловска-Камчатского '.repeat(5)}`,
  `Sign in to moderate ${'🗞️👩🏽‍💻'.repeat(30)}`,
  'Sign in to moderate Näws',
])('a subject beyond ASCII is encoded words that can each be read: %s', async (subject) => {
  const lines = await subjectLines(subject);
  expect(wordsOf(lines).map(decoded).join('')).toBe(subject);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(76);
  for (const word of wordsOf(lines)) expect(word.length).toBeLessThanOrEqual(75);
});

test('a subject comes out as it went in, whatever its characters are', async () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }).filter((each) => /[^\0-~]/.test(each));
  await fc.assert(
    fc.asyncProperty(text, async (subject) => {
      const lines = await subjectLines(subject);
      expect(wordsOf(lines).map(decoded).join('')).toBe(subject.replace(/[\r\n]+/g, ' '));
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(76);
    }),
  );
});

test('a subject in ASCII stays as it is', async () => {
  expect(await subjectLines('Sign in to moderate The Gazette')).toEqual(['Subject: Sign in to moderate The Gazette']);
});
