import type { Api } from './api.ts';
import { bodyNodes } from './body-nodes.ts';
import { button, type Fault, faultOf, freshId, h } from './dom.ts';
import { countGraphemes } from './graphemes.ts';
import { texts } from './texts.ts';

/** The part of the limit from which the counter says how much is left. */
const NEAR_LIMIT = 0.9;

/** The field for a comment's text: write and preview, and a counter that counts as the server does. */
export class BodyField {
  readonly input: HTMLTextAreaElement;
  readonly element: HTMLElement;
  readonly fault: Fault;
  readonly #counter = h('span', { class: 'counter' });
  readonly #warning = h('span', { class: 'warning', role: 'status' });
  readonly #preview = h('div', {
    class: 'preview body',
    role: 'tabpanel',
    tabindex: 0,
    hidden: true,
  });
  readonly #panel = h('div', { role: 'tabpanel' });
  readonly #tabs: HTMLButtonElement[];

  readonly #api: Api;
  readonly #most: number;

  constructor(api: Api, most: number, label: string, text: string, onbody: (text: string) => void) {
    this.#api = api;
    this.#most = most;
    const [id, hintId] = [freshId(), freshId()];
    this.input = h('textarea', {
      id,
      rows: 5,
      dir: 'auto',
      'aria-required': 'true',
    });
    this.fault = faultOf(this.input, hintId);
    this.input.value = text;
    this.input.addEventListener('input', () => {
      this.#count();
      onbody(this.input.value);
    });
    this.#tabs = [this.#tab(texts.write, this.#panel), this.#tab(texts.preview, this.#preview)];
    const list = h('div', { class: 'tabs', role: 'tablist', 'aria-label': label }, ...this.#tabs);
    list.addEventListener('keydown', (event) => {
      if (!/^Arrow(Left|Right)$/.test(event.key)) return;
      const other = this.#tabs.find((tab) => tab.tabIndex < 0);
      other?.focus();
      other?.click();
    });
    this.#panel.append(this.input);
    this.element = h(
      'div',
      { class: 'field' },
      h(
        'div',
        { class: 'field-head' },
        h('label', { for: id }, label, ' ', h('span', { class: 'quiet' }, texts.required)),
        list,
      ),
      this.#panel,
      this.#preview,
      h('div', { class: 'field-foot', id: hintId }, this.#formatting(), this.#warning, this.#counter),
    );
    this.#show(this.#panel);
    this.#count();
  }

  get text(): string {
    return this.input.value;
  }

  set text(text: string) {
    this.input.value = text;
    this.#show(this.#panel);
    this.#count();
  }

  get tooLong(): boolean {
    return countGraphemes(this.text.trim()) > this.#most;
  }

  focus(): void {
    this.#show(this.#panel);
    this.input.focus();
  }

  #formatting(): HTMLElement {
    const signs = texts.formattingSigns.flatMap((sign) => [' ', h('code', {}, sign)]);
    return h('span', { class: 'formatting quiet' }, texts.formattingHint, ...signs);
  }

  #count(): void {
    const used = countGraphemes(this.text.trim());
    const left = this.#most - used;
    this.#counter.textContent = texts.count(used, this.#most);
    this.#counter.classList.toggle('over', left < 0);
    const warning = left < 0 ? texts.over(-left) : used >= this.#most * NEAR_LIMIT ? texts.near(left) : '';
    if (this.#warning.textContent !== warning) this.#warning.textContent = warning;
  }

  #tab(label: string, panel: HTMLElement): HTMLButtonElement {
    const [id, panelId] = [freshId(), freshId()];
    panel.id = panelId;
    panel.setAttribute('aria-labelledby', id);
    return button(label, () => this.#show(panel), { id, role: 'tab', 'aria-controls': panelId });
  }

  #show(panel: HTMLElement): void {
    for (const tab of this.#tabs) {
      const chosen = tab.getAttribute('aria-controls') === panel.id;
      tab.setAttribute('aria-selected', String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
    }
    this.#panel.hidden = panel !== this.#panel;
    this.#preview.hidden = panel !== this.#preview;
    if (panel === this.#preview) void this.#loadPreview();
  }

  async #loadPreview(): Promise<void> {
    const asked = this.text;
    if (asked.trim() === '') return this.#preview.replaceChildren(h('p', { class: 'quiet' }, texts.previewEmpty));
    this.#preview.replaceChildren(h('p', { class: 'quiet' }, texts.previewLoading));
    const outcome = await this.#api.preview(asked);
    if (asked !== this.text) return;
    if (outcome.ok) this.#preview.replaceChildren(...bodyNodes(outcome.value.body));
    else {
      const again = button(texts.tryAgain, () => void this.#loadPreview());
      this.#preview.replaceChildren(h('p', {}, outcome.failure.detail), again);
    }
  }
}
