import type { ThreadSort } from '../contract/thread.ts';
import { countEarly } from './counts.ts';
import { h } from './dom.ts';
import { Api } from './reading/api.ts';
import { linkedComment } from './reading/comment-link.ts';
import { followPage, leavePage } from './reading/page-scheme.ts';
import { ReaderThread } from './reading/reader-thread.ts';
import { adopt } from './reading/styles.ts';
import { chooseLanguage, directionAt, languageTagAt } from './texts/choose-language.ts';

/** The origin of this script, where the API is. */
const OWN_ORIGIN = new URL(import.meta.url).origin;

/** The thread is read when the reader comes this near, in pixels. */
const NEAR = 600;

/** The attributes by the names of their properties. */
const ATTRIBUTES = {
  site: 'site',
  article: 'article',
  api: 'api',
  url: 'url',
  headingLevel: 'heading-level',
  theme: 'theme',
};

/** `<belowline-comments site="…" article="…">`; `belowline.d.ts` says what it takes. */
export class BelowlineComments extends HTMLElement {
  static readonly observedAttributes = ['site', 'article', 'api', 'url', 'heading-level', 'lang'];
  readonly #root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
  #thread: ReaderThread | null = null;
  #observer: IntersectionObserver | null = null;
  #isChanged = false;
  /** Reads the thread although the reader is not near. */
  #begin: (() => Promise<void>) | null = null;
  /** Grows with each start and stop, so that a language that comes late begins nothing. */
  #starts = 0;

  constructor() {
    super();
    // Properties that were set before the script came hide the element's own.
    const fields = this as unknown as Record<string, unknown>;
    for (const name of Object.keys(ATTRIBUTES)) {
      if (!Object.hasOwn(this, name)) continue;
      const value = fields[name];
      delete fields[name];
      fields[name] = value;
    }
  }

  connectedCallback(): void {
    this.#stop();
    const view = this.ownerDocument.defaultView;
    if (!view) return;
    this.#root.adoptedStyleSheets = [];
    adopt(this.#root);
    followPage(this);
    this.#holdPlace();
    const site = this.getAttribute('site')?.trim();
    const article = this.getAttribute('article')?.trim();
    // A framework sets them later; until then there is nothing to show.
    if (!site || !article) {
      this.#root.replaceChildren();
      return;
    }
    const api = new Api((this.getAttribute('api') ?? OWN_ORIGIN).replace(/\/+$/, ''), site, article);
    this.#begin = () => this.#start(api, site, article);
    if (linkedComment() || this.#isNear(view)) {
      void this.#begin();
      return;
    }
    countEarly(this, api, article, () => !!this.#thread);
    this.#observer = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && this.#begin?.(),
      { rootMargin: `${NEAR}px` },
    );
    this.#observer.observe(this);
  }

  disconnectedCallback(): void {
    this.#stop();
  }

  /** Moved by `moveBefore`: it goes on as it is, before another background perhaps. */
  connectedMoveCallback(): void {
    followPage(this);
  }

  attributeChangedCallback(_name: string, before: string | null, after: string | null): void {
    // The attributes that the element is born with come before it is connected.
    if (before === after || !this.#starts || this.#isChanged) return;
    // A framework sets one after the other; the thread is read once for all of them.
    this.#isChanged = true;
    queueMicrotask(() => {
      this.#isChanged = false;
      if (this.isConnected) this.connectedCallback();
    });
  }

  /**
   * Nothing below moves when the comments come, since there is a screen's height for them. Where the page's address leads
   * here, and the reader has not gone elsewhere, the heading is at the top: the page may have been too short for that.
   */
  #holdPlace(): void {
    const isHere = Math.abs(this.getBoundingClientRect().top) < innerHeight && !this.#root.firstChild;
    this.style.minHeight = '100vh';
    if (isHere) this.closest(':target')?.scrollIntoView({ behavior: 'instant' });
  }

  /** False as well while style sheets are on their way, since nothing is in its place before that. */
  #isNear({ innerHeight }: Window): boolean {
    const links = [...this.ownerDocument.querySelectorAll<HTMLLinkElement>('link[rel~=stylesheet]')];
    return links.every((link) => link.sheet || link.disabled) && this.getBoundingClientRect().top < innerHeight + NEAR;
  }

  /** Asks for the comments before anything else: their words come meanwhile. */
  async #start(api: Api, site: string, article: string): Promise<void> {
    this.#observer?.disconnect();
    const starts = ++this.#starts;
    // Whatever else it says, it is no order.
    const [, sort = 'newest'] = /comments-sort=(oldest|top)/.exec(location.search) ?? [];
    const early = api.thread(sort as ThreadSort, null);
    const language = await chooseLanguage(languageTagAt(this));
    if (starts !== this.#starts) return;
    const level = Number(this.getAttribute('heading-level')) || 2;
    // A link makes a whole address of it.
    const { href } = h('a', { href: this.getAttribute('url') });
    const url = /^https?:/.test(href) ? href : '';
    const place = { site, article, url, level, sort: sort as ThreadSort };
    this.#thread = new ReaderThread(this.#root, api, language, { ...place, early });
    this.#thread.frame.element.dir = directionAt(this, language);
  }

  /** The thread, once its first comments are here or it is said why not. */
  async #opened(): Promise<ReaderThread | null> {
    if (!this.#thread) await this.#begin?.();
    await this.#thread?.opened;
    return this.#thread;
  }

  async reload(): Promise<void> {
    await (this.#thread ? this.#thread.reload() : this.#opened());
  }

  async focusForm(): Promise<void> {
    await (await this.#opened())?.focusForm();
  }

  async openComment(id: string): Promise<void> {
    await (await this.#opened())?.lead(id);
  }

  #stop(): void {
    this.#starts++;
    leavePage(this);
    this.#observer?.disconnect();
    this.#thread?.close();
    this.#begin = null;
    this.#observer = null;
    this.#thread = null;
  }
}

for (const [name, attribute] of Object.entries(ATTRIBUTES))
  Object.defineProperty(BelowlineComments.prototype, name, {
    get(this: HTMLElement) {
      return this.getAttribute(attribute) ?? '';
    },
    set(this: HTMLElement, value: string | number | null | undefined) {
      if (value == null) this.removeAttribute(attribute);
      else this.setAttribute(attribute, String(value));
    },
    configurable: true,
    enumerable: true,
  });

if (!customElements.get('belowline-comments')) customElements.define('belowline-comments', BelowlineComments);
