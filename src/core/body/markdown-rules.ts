/**
 * The rules that the parser may know, by markdown-it's names for them; all else is off, with each new rule of a newer
 * version, and the Worker is built without it (cli/leave-out.ts). Left out on purpose: HTML and tables; link definitions
 * (a line that silently disappears); indented code (a pasted verse); underlined headings (a `--` before a signature
 * would blow up the lines above it).
 */
export const RULES = {
  core: { rules: ['normalize', 'block', 'inline', 'linkify', 'text_join'] },
  block: { rules: ['fence', 'blockquote', 'hr', 'list', 'heading', 'paragraph'] },
  inline: {
    rules: [
      ...['text', 'linkify', 'newline', 'escape', 'backticks', 'strikethrough', 'emphasis'],
      ...['link', 'image', 'autolink', 'entity'],
    ],
    rules2: ['balance_pairs', 'strikethrough', 'emphasis', 'fragments_join'],
  },
};
