import { CommentForm } from './comment-form.ts';
import { commentLink } from './comment-link.ts';
import type { CommentNode } from './comment-view.ts';
import { button, h } from './dom.ts';
import { reportForm } from './report-form.ts';
import { texts } from './texts.ts';
import { voteButtons } from './votes.ts';

const tail = (node: CommentNode): string => `${texts.commentBy} ${node.name}`;

/** Opens a form below the comment in the place of any other; `back` is where the focus goes when it is put away. */
function open(node: CommentNode, build: (close: () => void) => HTMLElement, back: HTMLElement): void {
  const close = (): void => {
    node.slot.replaceChildren();
    back.focus();
  };
  node.slot.replaceChildren(build(close));
}

function replyForm(node: CommentNode, cancel: () => void): CommentForm {
  const { conversation, view } = node;
  return new CommentForm({
    ...conversation.formPlan(view.id),
    level: conversation.level + 2,
    title: texts.replyHeading(node.name),
    label: texts.replyLabel,
    submit: texts.postReply,
    done: (own) => {
      node.slot.replaceChildren();
      conversation.posted(own);
    },
    cancel,
  });
}

function openReply(node: CommentNode, back: HTMLElement, focus: boolean): void {
  open(
    node,
    (close) => {
      const form = replyForm(node, close);
      if (focus) queueMicrotask(() => form.focus());
      return form.element;
    },
    back,
  );
}

function openEdit(node: CommentNode, back: HTMLElement): void {
  const { conversation, own } = node;
  if (!own) return;
  open(
    node,
    (close) => {
      const form = new CommentForm({
        ...conversation.formPlan(own.parentId),
        place: `edit-${own.id}`,
        level: conversation.level + 2,
        title: texts.editHeading,
        label: texts.comment,
        submit: texts.save,
        start: own.source,
        note: '',
        asksPerson: false,
        send: ({ body }) => conversation.api.edit(own.id, body),
        done: (changed) => {
          node.slot.replaceChildren();
          conversation.changed(changed);
          conversation.announce(changed.status === 'published' ? texts.saved : texts.arrived[changed.status]);
          node.focus();
        },
        cancel: close,
      });
      queueMicrotask(() => form.focus());
      return form.element;
    },
    back,
  );
}

function openDelete(node: CommentNode, back: HTMLElement): void {
  const remove = async (): Promise<void> => {
    const outcome = await node.conversation.api.remove(node.view.id);
    if (!outcome.ok) return node.say(outcome.failure.detail);
    node.slot.replaceChildren();
    if (node.own) node.conversation.changed({ ...node.own, status: 'deleted' });
    node.conversation.announce(texts.deleted);
    node.article.focus();
  };
  open(
    node,
    (close) => {
      const keep = button(texts.deleteNo, close);
      queueMicrotask(() => keep.focus());
      return h(
        'div',
        { class: 'inset', role: 'group', 'aria-label': texts.deleteQuestion },
        h('p', {}, texts.deleteQuestion),
        h(
          'div',
          { class: 'buttons' },
          button(texts.deleteYes, () => void remove(), { class: 'danger' }),
          keep,
        ),
      );
    },
    back,
  );
}

function openReport(node: CommentNode, back: HTMLButtonElement): void {
  const { api } = node.conversation;
  open(
    node,
    (close) => {
      const done = (): void => {
        node.say(texts.reportThanks);
        back.textContent = texts.reported;
        back.disabled = true;
        node.article.focus();
      };
      const form = reportForm({ api, id: node.view.id, done, cancel: close });
      queueMicrotask(() => form.querySelector('input')?.focus());
      return form;
    },
    back,
  );
}

async function copyLink(node: CommentNode): Promise<void> {
  const address = commentLink(node.view.id);
  try {
    await navigator.clipboard.writeText(address);
    node.conversation.announce(texts.copied);
    node.slot.replaceChildren(h('p', { class: 'quiet' }, texts.copied));
  } catch {
    const field = h('input', { type: 'text', readonly: true, 'aria-label': texts.copyFailed });
    field.value = address;
    node.slot.replaceChildren(h('p', { class: 'inset' }, texts.copyFailed, ' ', field));
    field.select();
  }
}

/** What this reader can do with this comment now. */
export function commentActions(node: CommentNode): HTMLElement[] {
  const { conversation, own, view, visible } = node;
  const { rules } = conversation;
  const parts: HTMLElement[] = [];
  const offer = (label: string, act: (self: HTMLButtonElement) => void): HTMLButtonElement => {
    const element = button(label, () => act(element), { class: 'act', 'aria-label': `${label}: ${tail(node)}` });
    parts.push(element);
    return element;
  };
  if (visible) {
    parts.push(
      voteButtons({
        api: conversation.api,
        comment: view,
        value: conversation.own.votes[view.id] ?? 0,
        fixed: own !== undefined,
        settled: (value, upVotes, downVotes) => {
          conversation.own.votes[view.id] = value;
          Object.assign(view, { upVotes, downVotes });
        },
        failed: (sentence) => node.say(sentence),
      }),
    );
  }
  if (visible && rules.commenting === 'open' && view.depth < rules.maxDepth) {
    const reply = offer(texts.reply, (self) => openReply(node, self, true));
    const kept = conversation.drafts.read(view.id);
    if (kept && !kept.closed && node.slot.childElementCount === 0) openReply(node, reply, false);
  }
  const alive = own && (own.status === 'published' || own.status === 'pending');
  if (alive && Date.parse(own.editableUntil ?? '') > Date.now()) {
    offer(texts.edit, (self) => openEdit(node, self));
    offer(texts.delete, (self) => openDelete(node, self));
  }
  if (visible) {
    offer(texts.copyLink, () => void copyLink(node));
    if (!own) offer(texts.report, (self) => openReport(node, self));
  }
  return parts;
}
