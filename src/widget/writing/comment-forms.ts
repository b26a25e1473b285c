import { editComment, postComment } from '../../contract/addresses.ts';
import type { OwnCommentView } from '../../contract/comment.ts';
import { type FormSkeleton, formSkeleton } from '../form-skeleton.ts';
import type { Outcome } from '../reading/api.ts';
import type { CommentScope } from '../reading/scopes.ts';
import { fill } from '../texts/language.ts';
import type { FormPlan, Sent } from './comment-form.ts';
import type { Desk } from './desk.ts';
import { callAsGuest } from './signed-calls.ts';

async function send({ thread }: Desk, parentId: string | null, sent: Sent): Promise<Outcome<OwnCommentView>> {
  const { body, name, email, idempotencyKey } = sent;
  const asked = {
    body: { body, authorName: name, authorEmail: email || null, parentId, pageUrl: thread.articleUrl },
    headers: { 'Idempotency-Key': idempotencyKey },
  };
  const posted = await callAsGuest(thread, postComment, asked, 'post');
  const commentId = posted.ok ? undefined : posted.failure.problem?.commentId;
  if (posted.ok || !commentId) return posted;
  // An earlier try did arrive, with the text as it was then: it is changed to what stands in the form now.
  const edited = await callAsGuest(thread, editComment, { id: commentId, body: { body } }, 'edit');
  if (edited.ok) return edited;
  const isFixed = /window|transition|found/.test(edited.failure.reason);
  return isFixed ? posted : { ok: false, failure: { ...edited.failure, problem: { commentId } } };
}

/** The common part of the forms for a comment and a reply. */
function postingPlan(desk: Desk, parentId: string | null, skeleton: FormSkeleton) {
  const { thread, words } = desk;
  const { moderation } = thread.rules;
  const isUnread = moderation === 'post' || (moderation === 'first-comment' && desk.mine.hasPublished);
  return {
    desk,
    skeleton,
    place: parentId ?? '',
    note: isUnread ? '' : words.moderationNote[moderation],
    asksPerson: true,
    send: (sent) => send(desk, parentId, sent),
    refused: ({ reason }) => {
      if (reason === 'idempotency-key-reused') void desk.refresh().then(() => desk.place());
    },
  } satisfies Partial<FormPlan>;
}

function posted(desk: Desk, own: OwnCommentView): void {
  const { thread, words, drafts } = desk;
  desk.changed(own);
  thread.put(own).focus();
  const isRenamed = own.authorName !== null && own.authorName !== drafts.person().name;
  // An earlier try may have arrived under the name that the form had then.
  thread.frame.say(isRenamed ? fill(words.postedAs, { name: own.authorName as string }) : '');
  if (own.status !== 'deleted') thread.frame.announce(words.arrived[own.status]);
  thread.tell('posted', { id: own.id, status: own.status, parentId: own.parentId });
}

export function threadPlan(desk: Desk, skeleton: FormSkeleton): FormPlan {
  return {
    ...postingPlan(desk, null, skeleton),
    submit: desk.words.post,
    done: (own) => posted(desk, own),
  };
}

export function replyPlan(desk: Desk, node: CommentScope, cancel: () => void, quote = ''): FormPlan {
  const { level, language, articleKey } = desk.thread;
  const title = fill(desk.words.replyHeading, { name: node.name });
  const skeleton = formSkeleton(level + 1, title, language.words.reply, articleKey);
  return {
    ...postingPlan(desk, node.view.id, skeleton),
    submit: desk.words.postReply,
    quote,
    done: (own) => {
      node.slot.replaceChildren();
      posted(desk, own);
    },
    leave: () => node.slot.replaceChildren(),
    cancel,
  };
}

export function editPlan(desk: Desk, node: CommentScope, own: OwnCommentView, cancel: () => void): FormPlan {
  const { thread, words } = desk;
  return {
    desk,
    skeleton: formSkeleton(thread.level + 1, words.editHeading, thread.language.words.comment, thread.articleKey),
    place: `edit-${own.id}`,
    submit: words.save,
    start: own.source,
    until: Date.parse(own.editableUntil ?? ''),
    asksPerson: false,
    send: ({ body }) => callAsGuest(thread, editComment, { id: own.id, body: { body } }, 'edit'),
    done: (changed) => {
      node.slot.replaceChildren();
      desk.changed(changed);
      if (changed.status !== 'deleted')
        thread.frame.announce(changed.status === 'published' ? words.saved : words.arrived[changed.status]);
      node.focus();
    },
    cancel,
  };
}
