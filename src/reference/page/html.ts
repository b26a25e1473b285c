/** Text that is markup already. Only `html` makes it, so nothing else gets into the page unescaped. */
class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type Html = Markup;
type Part = Markup | string | number | null | undefined | false | readonly Part[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const toText = (part: Part): string => {
  if (part === null || part === undefined || part === false) return '';
  if (part instanceof Markup) return part.text;
  if (typeof part === 'object') return part.map(toText).join('');
  return String(part).replace(/[&<>"']/g, (letter) => ENTITIES[letter] ?? '');
};

/** A template of markup. Values are escaped here, and nowhere else. */
export function html(markup: TemplateStringsArray, ...parts: Part[]): Html {
  return new Markup(markup.map((piece, i) => piece + toText(parts[i])).join(''));
}

export function join(parts: readonly Html[], between: string): Html {
  return html`${parts.map((part, i) => (i === 0 ? part : html`${between}${part}`))}`;
}

/** A sentence in which text between backticks is code. */
export function prose(sentence: string): Html {
  return html`${sentence.split('`').map((piece, i) => (i % 2 === 1 ? html`<code>${piece}</code>` : piece))}`;
}

const TOKEN = /("(?:\\.|[^"\\])*")(?=\s*:)|("(?:\\.|[^"\\])*")|(\b(?:true|false|null)\b|-?\b\d+(?:\.\d+)?\b)/g;

/** JSON with its names, texts and other values told apart by colour. */
export function json(value: unknown): Html {
  const text = JSON.stringify(value, null, 2);
  const parts: Html[] = [];
  let done = 0;
  for (const match of text.matchAll(TOKEN)) {
    const kind = match[1] ? 'name' : match[2] ? 'text' : 'value';
    parts.push(html`${text.slice(done, match.index)}<span class="json-${kind}">${match[0]}</span>`);
    done = match.index + match[0].length;
  }
  return html`${parts}${text.slice(done)}`;
}
