import { CommentForm, type FormPlan } from './comment-form.ts';
import { hereWithoutHash } from './comment-link.ts';
import { texts } from './texts.ts';
import type { CommentScope, ThreadScope } from './thread-scope.ts';

/** The common part of the forms for a comment, a reply and an edit. */
function basicPlan(thread: ThreadScope, parentId: string | null) {
  const { api, drafts, rules, own, level } = thread;
  return {
    api,
    drafts,
    rules,
    place: parentId ?? '',
    level: level + 1,
    note: rules.moderation === 'first-comment' && own.hasPublished ? '' : texts.moderationNote[rules.moderation],
    label: texts.comment,
    asksPerson: true,
    send: async ({ body, name, email, idempotencyKey }) => {
      const comment = { body, authorName: name, authorEmail: email || null, parentId, pageUrl: hereWithoutHash() };
      const posted = await api.post(comment, idempotencyKey);
      if (posted.ok || !posted.failure.commentId) return posted;
      // An earlier try did arrive, with the text as it was then: it is changed to what stands in the form now.
      const { commentId } = posted.failure;
      const edited = await api.edit(commentId, body);
      if (edited.ok) return edited;
      const isFixed = /window|transition|found/.test(edited.failure.reason);
      return isFixed ? posted : { ok: false, failure: { ...edited.failure, commentId } };
    },
    refused: ({ reason }) => void (reason === 'idempotency-key-reused' && thread.refreshOwn()),
  } satisfies Partial<FormPlan>;
}

export function threadForm(thread: ThreadScope): CommentForm {
  return new CommentForm({
    ...basicPlan(thread, null),
    title: texts.formHeading,
    submit: texts.post,
    done: (own) => thread.posted(own),
  });
}

export function replyForm(node: CommentScope, cancel: () => void): CommentForm {
  return new CommentForm({
    ...basicPlan(node.thread, node.view.id),
    title: texts.replyHeading(node.name),
    label: texts.reply,
    submit: texts.postReply,
    done: (own) => {
      node.slot.replaceChildren();
      node.thread.posted(own);
    },
    cancel,
  });
}

export function editForm(node: CommentScope, id: string, source: string, cancel: () => void): CommentForm {
  const { thread } = node;
  return new CommentForm({
    ...basicPlan(thread, null),
    place: `edit-${id}`,
    title: texts.editHeading,
    submit: texts.save,
    start: source,
    note: '',
    asksPerson: false,
    send: ({ body }) => thread.api.edit(id, body),
    done: (own) => {
      node.slot.replaceChildren();
      thread.changed(own);
      thread.announce(own.status === 'published' ? texts.saved : texts.arrived[own.status]);
      node.focus();
    },
    cancel,
  });
}
