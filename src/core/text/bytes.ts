/** The bytes of a text in UTF-8; the core has no encoder. */
export function countBytes(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/** The bytes that a text takes in a statement, as a backup by SQL writes it: an apostrophe is doubled there. */
export function countStatementBytes(text: string): number {
  return countBytes(text.replaceAll("'", "''"));
}
