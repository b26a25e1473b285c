import type { Clock } from '../core/platform/clock.ts';
import type { Mailer } from '../core/platform/mailer.ts';

const encoder = new TextEncoder();

const toBase64 = (text: string): string => btoa(String.fromCharCode(...encoder.encode(text)));

/** RFC 2047: an encoded word has at most 75 characters, and a line with one, the field's name included, 76. */
const WORD_BYTES = 39;

/** The text in parts of so many bytes, none of which ends within a character. */
const partsOf = (text: string): string[] => {
  const parts: string[] = [];
  let room = 0;
  for (const character of text) {
    const { length } = encoder.encode(character);
    if (length > room) {
      parts.push('');
      room = WORD_BYTES;
    }
    parts[parts.length - 1] += character;
    room -= length;
  }
  return parts;
};

/** Text of a header field: no line ends, and anything beyond ASCII as RFC 2047 encoded words, one a line. */
const headerText = (text: string): string => {
  const line = text.replace(/[\r\n]+/g, ' ');
  if (/^[\x20-\x7e]*$/.test(line)) return line;
  const words = partsOf(line).map((part) => `=?UTF-8?B?${toBase64(part)}?=`);
  return words.join('\r\n ');
};

const base64Lines = (text: string): string => (toBase64(text).match(/.{1,76}/g) ?? []).join('\r\n');

/** RFC 5322 writes the zone as a number. */
const headerDate = (at: number): string => new Date(at).toUTCString().replace('GMT', '+0000');

/** An RFC 5322 message, plain text. */
const writeMessage = (
  mail: { from: string; to: string; subject: string; text: string },
  id: string,
  at: number,
): string =>
  [
    `Date: ${headerDate(at)}`,
    `From: ${mail.from}`,
    `To: ${mail.to}`,
    `Subject: ${headerText(mail.subject)}`,
    `Message-ID: <${id}@${mail.from.split('@')[1]}>`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    base64Lines(mail.text),
    '',
  ].join('\r\n');

interface MailBinding {
  send(message: unknown): Promise<unknown>;
}

/** The binding's name for the fault, as E_SENDER_NOT_VERIFIED. Its message may name an address and is not logged. */
const faultOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
};

/**
 * Mail through the `send_email` binding. A refusal is logged here, because whoever asked for the mail is not told.
 * @param createMessage builds the binding's EmailMessage; passed in because its module exists in workerd alone
 */
export function createMailer(
  binding: MailBinding,
  from: string,
  createMessage: (from: string, to: string, raw: string) => unknown,
  clock: Clock,
  log: (event: string, facts: { fault: string }) => void,
): Mailer {
  return {
    isSetUp: true,
    async send({ to, subject, text }) {
      const raw = writeMessage({ from, to, subject, text }, crypto.randomUUID(), clock.now());
      try {
        await binding.send(createMessage(from, to, raw));
      } catch (error) {
        log('mail-refused', { fault: faultOf(error) });
        throw error;
      }
      return true;
    },
  };
}

/** A deployment without mail: links are handed over by whoever made them. */
export const noMailer: Mailer = { isSetUp: false, send: async () => false };
