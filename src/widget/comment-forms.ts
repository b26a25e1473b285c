import { CommentForm, type FormPlan } from './comment-form.ts';
import { hereWithoutHash } from './comment-link.ts';
import type { CommentNode } from './comment-view.ts';
import type { Conversation } from './conversation.ts';
import { texts } from './texts.ts';

/** What the forms for a comment, a reply and an edit have in common. */
function basicPlan(conversation: Conversation, parentId: string | null) {
  const { api, drafts, rules, own, level } = conversation;
  return {
    api,
    drafts,
    rules,
    place: parentId ?? '',
    level: level + 1,
    note: rules.moderation === 'first-comment' && own.hasPublished ? '' : texts.moderationNote[rules.moderation],
    label: texts.comment,
    asksPerson: true,
    send: ({ body, name, email, idempotencyKey }) => {
      const comment = { body, authorName: name, authorEmail: email || null, parentId, pageUrl: hereWithoutHash() };
      return api.post(comment, idempotencyKey);
    },
    refused: ({ reason }) => void (reason === 'idempotency-key-reused' && conversation.refreshOwn()),
  } satisfies Partial<FormPlan>;
}

export function threadForm(conversation: Conversation): CommentForm {
  return new CommentForm({
    ...basicPlan(conversation, null),
    title: texts.formHeading,
    submit: texts.post,
    done: (own) => conversation.posted(own),
  });
}

export function replyForm(node: CommentNode, cancel: () => void): CommentForm {
  return new CommentForm({
    ...basicPlan(node.conversation, node.view.id),
    title: texts.replyHeading(node.name),
    label: texts.reply,
    submit: texts.postReply,
    done: (own) => {
      node.slot.replaceChildren();
      node.conversation.posted(own);
    },
    cancel,
  });
}

export function editForm(node: CommentNode, id: string, source: string, cancel: () => void): CommentForm {
  const { conversation } = node;
  return new CommentForm({
    ...basicPlan(conversation, null),
    place: `edit-${id}`,
    title: texts.editHeading,
    submit: texts.save,
    start: source,
    note: '',
    asksPerson: false,
    send: ({ body }) => conversation.api.edit(id, body),
    done: (own) => {
      node.slot.replaceChildren();
      conversation.changed(own);
      conversation.announce(own.status === 'published' ? texts.saved : texts.arrived[own.status]);
      node.focus();
    },
    cancel,
  });
}
