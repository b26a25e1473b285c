import { editForm, replyForm } from './comment-forms.ts';
import { commentLink } from './comment-link.ts';
import { button, h } from './dom.ts';
import { reportForm } from './report-form.ts';
import { texts } from './texts.ts';
import type { CommentScope } from './thread-scope.ts';
import { voteButtons } from './votes.ts';

interface Opened {
  element: HTMLElement;
  focus(): void;
}

/** Opens a form below the comment in the place of any other; `back` takes the focus when it is put away. */
function open(node: CommentScope, back: HTMLElement, build: (close: () => void) => Opened, focus = true): void {
  const form = build(() => {
    node.slot.replaceChildren();
    back.focus();
  });
  node.say('');
  node.slot.replaceChildren(form.element);
  if (focus) form.focus();
}

function openReply(node: CommentScope, back: HTMLElement, focus: boolean): void {
  open(node, back, (close) => replyForm(node, close), focus);
}

function openEdit(node: CommentScope, back: HTMLElement): void {
  const { own } = node;
  if (own) open(node, back, (close) => editForm(node, own.id, own.source, close));
}

function openDelete(node: CommentScope, back: HTMLElement): void {
  let busy = false;
  const remove = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    node.say('');
    const outcome = await node.thread.api.remove(node.view.id);
    busy = false;
    if (!outcome.ok) return node.say(outcome.failure.detail);
    node.slot.replaceChildren();
    node.thread.own.rememberDeleted(node.view.id);
    if (node.own) node.thread.changed({ ...node.own, status: 'deleted' });
    node.thread.announce(texts.deleted);
    node.article.focus();
  };
  open(node, back, (close) => {
    const keep = button(texts.deleteNo, close);
    const buttons = h(
      'div',
      { class: 'buttons' },
      button(texts.deleteYes, () => void remove(), { class: 'danger' }),
      keep,
    );
    const question = { class: 'inset', role: 'group', 'aria-label': texts.deleteQuestion };
    return { element: h('div', question, h('p', {}, texts.deleteQuestion), buttons), focus: () => keep.focus() };
  });
}

function openReport(node: CommentScope, back: HTMLButtonElement): void {
  const done = (): void => {
    node.slot.replaceChildren();
    node.say(texts.reportThanks, true);
    back.textContent = texts.reported;
    back.disabled = true;
    node.article.focus();
  };
  open(node, back, (cancel) => {
    const element = reportForm({ api: node.thread.api, id: node.view.id, done, cancel });
    return { element, focus: () => element.querySelector('input')?.focus() };
  });
}

async function copyLink(node: CommentScope): Promise<void> {
  // The article's own address has nothing in it of this visitor's way there.
  const address = commentLink(node.view.id, node.thread.articleUrl);
  try {
    await navigator.clipboard.writeText(address);
    node.say(texts.copied, true);
  } catch {
    node.say(`${texts.copyFailed} ${address}`, true);
  }
}

/** The buttons for all that this reader can do with this comment now. */
export function commentActions(node: CommentScope): HTMLElement[] {
  const { thread, own, view, visible } = node;
  const { rules } = thread;
  const parts: HTMLElement[] = [];
  const offer = (label: string, act: (self: HTMLButtonElement) => void): HTMLButtonElement => {
    const element = button(label, () => act(element), {
      class: 'act',
      'aria-label': `${label}: ${texts.commentBy} ${node.name}`,
    });
    parts.push(element);
    return element;
  };
  if (visible) {
    parts.push(
      voteButtons({
        api: thread.api,
        comment: view,
        value: thread.own.votes[view.id] ?? 0,
        fixed: own !== undefined,
        settled: ({ value, upVotes, downVotes }) => {
          thread.own.votes[view.id] = value;
          Object.assign(view, { upVotes, downVotes });
        },
        say: (sentence) => node.say(sentence),
      }),
    );
  }
  if (visible && rules.commenting === 'open' && view.depth < rules.maxDepth) {
    const reply = offer(texts.reply, (self) => openReply(node, self, true));
    const kept = thread.drafts.read(view.id);
    if (kept && !kept.closed && node.slot.childElementCount === 0) openReply(node, reply, false);
  }
  if (Date.parse(own?.editableUntil ?? '') > Date.now()) offer(texts.edit, (self) => openEdit(node, self));
  if (own && own.status !== 'deleted') offer(texts.delete, (self) => openDelete(node, self));
  if (visible) {
    offer(texts.copyLink, () => void copyLink(node));
    if (!own) offer(texts.report, (self) => openReport(node, self));
  }
  return parts;
}
