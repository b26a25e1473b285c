import { parseBody } from '../body/parse-body.ts';
import type { Hashing } from '../platform/hashing.ts';
import { cleanText } from '../text/clean.ts';
import { textFingerprintSource } from '../text/fold.ts';

/** A text of which folding leaves nothing, such as accents alone, is compared as it stands. */
export function hashOfText(deps: { hashing: Hashing }, siteId: string, text: string): Promise<string> {
  return deps.hashing.text(siteId, textFingerprintSource(text) || text);
}

/** A reader's text, ready to be screened: cleaned source, tree, plain text, and the hash that finds it again. */
export async function readSource(deps: { hashing: Hashing }, siteId: string, raw: string) {
  const source = cleanText(raw).trim();
  const { body, text } = parseBody(source);
  return { source, body, text, textHash: await hashOfText(deps, siteId, text) };
}
