import { previewComment } from '../../contract/addresses.ts';
import { SOURCE_BYTES } from '../../contract/source-bytes.ts';
import { bodyNodes } from '../body-nodes.ts';
import { button, freshId, h } from '../dom.ts';
import type { FormSkeleton } from '../form-skeleton.ts';
import type { Desk } from './desk.ts';
import { type Fault, faultOf } from './fault.ts';
import { countGraphemes } from './graphemes.ts';
import { refusalSentence } from './refusal-sentence.ts';

/** The part of the limit from which the counter says how much is left. */
const NEAR_LIMIT = 0.9;

const encoder = new TextEncoder();

/** The field for a comment's text: write and preview, and a counter that counts as the server does. */
export class BodyField {
  readonly input: HTMLTextAreaElement;
  readonly fault: Fault;
  readonly #counter = h('span', { class: 'counter' });
  readonly #warning = h('span', { class: 'warning', role: 'status' });
  readonly #preview = h('div', {
    class: 'preview body',
    role: 'tabpanel',
    tabindex: 0,
    hidden: true,
  });
  readonly #tools = h('div', { class: 'place' });
  readonly #panel: HTMLElement;
  readonly #tabs: HTMLButtonElement[];

  readonly #desk: Desk;
  readonly #most: number;

  constructor(desk: Desk, skeleton: FormSkeleton, text: string, onbody: (text: string) => void) {
    const { field, head, panel, input } = skeleton;
    this.#desk = desk;
    this.#most = desk.thread.rules.maxGraphemes;
    const { words } = desk;
    const hintId = freshId();
    this.input = input;
    this.#panel = panel;
    panel.role = 'tabpanel';
    this.fault = faultOf(input, hintId);
    // The caret of somebody who types just now would jump to the end.
    if (input.value !== text) input.value = text;
    this.input.addEventListener('input', () => {
      this.#count();
      onbody(this.input.value);
    });
    this.#tabs = [this.#tab(words.write, panel), this.#tab(words.preview, this.#preview)];
    const label = head.textContent;
    const list = h('div', { class: 'tabs', role: 'tablist', 'aria-label': label }, ...this.#tabs);
    list.addEventListener('keydown', (event) => {
      if (!/^Arrow(Left|Right)$/.test(event.key)) return;
      const other = this.#tabs.find((tab) => tab.tabIndex < 0);
      other?.focus();
      other?.click();
    });
    head.append(list, this.#tools);
    field.append(this.#preview, h('div', { class: 'field-foot', id: hintId }, this.#warning, this.#counter));
    const equip = (): void =>
      void desk.compose().then((composing) => composing?.equip(desk.thread, words, skeleton, this.#tools));
    if (desk.thread.root.activeElement === input) equip();
    else input.addEventListener('focus', equip, { once: true });
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
    return this.#room().left < 0;
  }

  focus(): void {
    this.#show(this.#panel);
    this.input.focus();
  }

  /** The room that is left in characters, of which each may have as many bytes as those had that stand there. */
  #room(): { used: number; left: number; isNear: boolean } {
    const used = countGraphemes(this.text.trim());
    const bytes = encoder.encode(this.text.normalize()).length;
    const fitting = used === 0 ? this.#most : Math.floor(((SOURCE_BYTES - bytes) * used) / bytes);
    const left = Math.min(this.#most - used, fitting);
    return { used, left, isNear: Math.max(used / this.#most, bytes / SOURCE_BYTES) >= NEAR_LIMIT };
  }

  #count(): void {
    const { used, left, isNear } = this.#room();
    const { thread, words } = this.#desk;
    const { language } = thread;
    this.#counter.textContent = `${language.number(used)} / ${language.number(this.#most)}`;
    this.#counter.classList.toggle('over', left < 0);
    const warning = isNear ? language.many(left < 0 ? words.over : words.near, Math.abs(left)) : '';
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
    this.#tools.hidden = panel === this.#preview;
    if (panel === this.#preview) void this.#loadPreview();
  }

  async #loadPreview(): Promise<void> {
    const { thread, words } = this.#desk;
    const asked = this.text;
    if (asked.trim() === '') return this.#preview.replaceChildren(h('p', { class: 'quiet' }, words.previewEmpty));
    this.#preview.replaceChildren(h('p', { class: 'quiet' }, words.previewLoading));
    const outcome = await thread.api.call(previewComment, { body: { body: asked } });
    if (asked !== this.text) return;
    if (outcome.ok) this.#preview.replaceChildren(...bodyNodes(outcome.value.body));
    else {
      const again = button(thread.language.words.tryAgain, () => void this.#loadPreview());
      this.#preview.replaceChildren(h('p', {}, refusalSentence(this.#desk, outcome.failure)), again);
    }
  }
}
