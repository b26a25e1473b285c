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

/** `<belowline-comments site="…" article="…">`; optional: api, theme (light, dark or auto), heading-level. */
export class BelowlineComments extends HTMLElement {
  static readonly observedAttributes = ['site', 'article', 'api'];
  readonly #root = this.attachShadow({ mode: 'open' });
  #thread: ReaderThread | null = null;
  #observer: IntersectionObserver | null = null;
  #unfollow: (() => void) | null = null;

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [sheet()];
  }

  connectedCallback(): void {
    this.#stop();
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

  attributeChangedCallback(_name: string, before: string | null, after: string | null): void {
    // The attributes that the element is born with come before it is connected.
    if (this.isConnected && before !== after && this.#unfollow) this.connectedCallback();
  }

  #stop(): void {
    this.#unfollow?.();
    this.#observer?.disconnect();
    this.#thread?.close();
    this.#observer = null;
    this.#thread = null;
  }
}

/** The number beside the headline, before the thread is read. */
async function countEarly(api: Api, article: string): Promise<void> {
  if (countPlaces().length === 0) return;
  const outcome = await api.count();
  if (outcome.ok) showCount(article, outcome.value.counts[article] ?? 0);
}

if (!customElements.get('belowline-comments')) customElements.define('belowline-comments', BelowlineComments);
