import { Api } from './api.ts';
import { linkedComment } from './comment-link.ts';
import { countPlaces, showCount } from './counts.ts';
import { h } from './dom.ts';
import { followPage } from './page-scheme.ts';
import { ReaderThread } from './reader-thread.ts';
import { sheet } from './styles.ts';
import { texts } from './texts.ts';

/** The origin of this script, where the API is. */
const OWN_ORIGIN = new URL(import.meta.url).origin;

/** The thread is read when the reader comes this near. */
const NEAR = '600px';

/** The attributes by the names of their properties. */
const ATTRIBUTES = { site: 'site', article: 'article', api: 'api', headingLevel: 'heading-level', theme: 'theme' };

/** `<belowline-comments site="…" article="…">`; `belowline.d.ts` says what it takes. */
export class BelowlineComments extends HTMLElement {
  static readonly observedAttributes = ['site', 'article', 'api', 'heading-level'];
  readonly #root = this.attachShadow({ mode: 'open' });
  #thread: ReaderThread | null = null;
  #observer: IntersectionObserver | null = null;
  #unfollow: (() => void) | null = null;
  #isChanged = false;

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
    this.#root.adoptedStyleSheets = [sheet(view)];
    this.#unfollow = followPage(this, this.#root);
    const site = this.getAttribute('site');
    const article = this.getAttribute('article');
    if (!site || !article) {
      this.#root.replaceChildren(h('p', {}, texts.misplaced));
      return;
    }
    const api = new Api((this.getAttribute('api') ?? OWN_ORIGIN).replace(/\/+$/, ''), site, article);
    const level = Number(this.getAttribute('heading-level')) || 2;
    const start = (): void => {
      this.#observer?.disconnect();
      this.#thread ??= new ReaderThread(this.#root, api, site, article, level);
    };
    void countEarly(api, article);
    if (linkedComment() !== null) {
      start();
      return;
    }
    this.#observer = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && start(), {
      rootMargin: NEAR,
    });
    this.#observer.observe(this);
  }

  disconnectedCallback(): void {
    this.#stop();
  }

  /** Moved by `moveBefore`: it goes on as it is, before another background perhaps. */
  connectedMoveCallback(): void {
    this.#unfollow?.();
    this.#unfollow = followPage(this, this.#root);
  }

  attributeChangedCallback(_name: string, before: string | null, after: string | null): void {
    // The attributes that the element is born with come before it is connected.
    if (before === after || !this.#unfollow || this.#isChanged) return;
    // A framework sets one after the other; the thread is read once for all of them.
    this.#isChanged = true;
    queueMicrotask(() => {
      this.#isChanged = false;
      if (this.isConnected) this.connectedCallback();
    });
  }

  #stop(): void {
    this.#unfollow?.();
    this.#observer?.disconnect();
    this.#thread?.close();
    this.#unfollow = null;
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

/** The number beside the headline, before the thread is read. */
async function countEarly(api: Api, article: string): Promise<void> {
  if (countPlaces().length === 0) return;
  const outcome = await api.count();
  if (outcome.ok) showCount(article, outcome.value.counts[article] ?? 0);
}

if (!customElements.get('belowline-comments')) customElements.define('belowline-comments', BelowlineComments);
