import { commentLink } from '../../contract/comment-link.ts';
import { button, h } from '../dom.ts';
import type { CommentScope } from '../reading/scopes.ts';
import { fill } from '../texts/language.ts';
import type { Desk } from './desk.ts';
import { openForm } from './open-form.ts';
import { reportForm } from './report-form.ts';

async function copyLink({ thread, words }: Desk, node: CommentScope): Promise<void> {
  // The article's own address has nothing in it of this visitor's way there.
  const address = commentLink(node.view.id, thread.articleUrl);
  try {
    await navigator.clipboard.writeText(address);
    node.say(words.copied, true);
  } catch {
    node.say(`${words.copyFailed} ${address}`, true);
  }
}

/** The reader's own system knows where to share; closing it without a choice is no failure. */
function shareItem({ thread, words }: Desk, node: CommentScope): [string, () => void][] {
  if (!('share' in navigator)) return [];
  const url = commentLink(node.view.id, thread.articleUrl);
  return [[words.share, () => void navigator.share({ url }).catch(() => undefined)]];
}

async function turnIgnored(desk: Desk, node: CommentScope): Promise<void> {
  try {
    (await desk.loadIgnored()).turn(node);
  } catch {
    node.say(desk.thread.language.words.noConnection);
  }
}

const reported = new WeakSet<CommentScope>();

function openReport(desk: Desk, node: CommentScope, back: HTMLElement): void {
  const done = (): void => {
    node.slot.replaceChildren();
    node.say(desk.words.reportThanks, true);
    reported.add(node);
    node.article.focus();
  };
  openForm(node, back, (cancel) => {
    const element = reportForm(desk, { id: node.view.id, done, cancel });
    return { element, focus: () => element.querySelector('input')?.focus() };
  });
}

/** Puts the menu below its button, or as far before that as it needs to end inside the row; above it at a window's end. */
function standBelow(menu: HTMLElement, { parentElement: row, offsetLeft, offsetWidth }: HTMLElement): void {
  if (!row) return;
  const { direction } = getComputedStyle(row);
  const start = direction === 'rtl' ? row.clientWidth - offsetLeft - offsetWidth : offsetLeft;
  if (menu.getBoundingClientRect().bottom > innerHeight) Object.assign(menu.style, { top: 'auto', bottom: '100%' });
  menu.style.insetInlineStart = `${Math.max(0, Math.min(start, row.clientWidth - menu.offsetWidth))}px`;
}

/** The menu of what readers do seldom, below its button. It goes when the focus leaves it. */
export function openMenu(desk: Desk, node: CommentScope, back: HTMLButtonElement, quote: () => void): void {
  const { words } = desk;
  if (back.ariaExpanded === 'true') return;
  const close = (): void => {
    menu.remove();
    back.ariaExpanded = 'false';
  };
  const item = (label: string, act: () => void): HTMLButtonElement =>
    button(
      label,
      () => {
        back.focus();
        close();
        act();
      },
      { role: 'menuitem', tabindex: -1 },
    );
  const items = [item(words.copyLink, () => void copyLink(desk, node))];
  if (node.answerable) items.unshift(item(words.tools.quote, quote));
  for (const [label, share] of shareItem(desk, node)) items.push(item(label, share));
  if (!node.own) {
    const report = item(reported.has(node) ? words.reported : words.report, () => openReport(desk, node, back));
    report.disabled = reported.has(node);
    items.push(report);
    const label = desk.ignored?.has(node) ? words.ignoreNoMore : words.ignore;
    if (node.view.authorName) items.push(item(fill(label, { name: node.name }), () => void turnIgnored(desk, node)));
  }
  const menu = h('div', { class: 'menu', role: 'menu', 'aria-label': back.ariaLabel }, ...items);
  menu.addEventListener('keydown', (event) => {
    const enabled = items.filter((one) => !one.disabled);
    const at = enabled.indexOf(event.target as HTMLButtonElement);
    const steps: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
    if (event.key in steps) enabled.at((steps[event.key] as number) % enabled.length)?.focus();
    else if (event.key !== 'Escape') return;
    else back.focus();
    event.preventDefault();
  });
  // A press of the mouse focuses no button in every browser; the focus would be gone, and the menu, before the choice.
  menu.addEventListener('mousedown', (event) => event.preventDefault());
  menu.addEventListener('focusout', ({ relatedTarget }) => {
    if (!menu.contains(relatedTarget as Node | null)) close();
  });
  back.after(menu);
  standBelow(menu, back);
  back.ariaExpanded = 'true';
  items[0]?.focus();
}
