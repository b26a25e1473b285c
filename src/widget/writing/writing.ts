import { h } from '../dom.ts';
import { keepOwnKeys } from '../own-keys.ts';
import { actionButton } from '../reading/comment-actions.ts';
import type { CommentScope, ThreadScope, Writing } from '../reading/scopes.ts';
import { adopt } from '../reading/styles.ts';
import type { WritingTexts } from '../texts/texts.ts';
import { CommentForm } from './comment-form.ts';
import { editPlan, replyPlan, threadPlan } from './comment-forms.ts';
import { Desk } from './desk.ts';
import { guestKey } from './guest.ts';
import { meetOtherTabs } from './held-draft.ts';
import { openForm } from './open-form.ts';
import { CSS } from './styles.ts';
import { vote } from './votes.ts';

function openReply(desk: Desk, node: CommentScope, back: HTMLElement, focus = true, quote = ''): void {
  openForm(node, back, (close) => new CommentForm(replyPlan(desk, node, close, quote)), focus);
}

/** A reply that begins with what is selected of the comment; with the `whole` of it where nothing is. */
async function quote(desk: Desk, node: CommentScope, back: HTMLElement, whole: boolean): Promise<void> {
  const composing = await desk.compose();
  openReply(desk, node, back, true, composing?.quoteOf(node, whole));
}

/** All that readers do seldom comes when they do it. */
function withActing(node: CommentScope, action: (acting: typeof import('./acting.ts')) => void): void {
  import('./acting.ts').then(action, () => node.say(node.thread.language.words.noConnection));
}

/**
 * The timer knows a comment by its id alone, in a scope without its node: the thread may be read anew many times
 * meanwhile, each time with other nodes. A delay of more than 31 bits would fire immediately.
 */
function renderActionsAfter(millis: number, { nodes }: ThreadScope, id: string): void {
  if (millis < 2 ** 31) setTimeout(() => nodes.get(id)?.renderActions(), millis);
}

/** The buttons of an author: Edit goes when its time is over. */
function ownActions(desk: Desk, node: CommentScope): HTMLElement[] {
  const { own, thread } = node;
  if (!own || own.status === 'deleted') return [];
  const { words } = desk;
  const parts = [
    actionButton(node, words.delete, (_, self) => withActing(node, ({ openDelete }) => openDelete(desk, node, self))),
  ];
  const left = desk.editEnd(node) - thread.api.now();
  if (left > 0) {
    const edit = actionButton(node, words.edit, (_, self) =>
      openForm(node, self, (close) => new CommentForm(editPlan(desk, node, own, close))),
    );
    parts.unshift(edit);
    renderActionsAfter(left, thread, own.id);
  }
  return parts;
}

/** Begins the writing of one thread; `words` are in the reader's language. */
export function startWriting(thread: ThreadScope, words: WritingTexts): Writing {
  adopt(thread.root, CSS);
  const desk = new Desk(thread, words);
  let form: CommentForm | null = null;
  const completeForm = (): void => {
    if (thread.rules.commenting === 'open') form ??= new CommentForm(threadPlan(desk, thread.frame.formPlace.skeleton));
  };
  const writing: Writing = {
    ownOf: (id) => desk.mine.comments.get(id),
    voteOf: (id) => desk.mine.votes[id] ?? 0,
    wasDeleted: (id) => desk.mine.wasDeleted(id),
    ownHead: (node) => (node.own ? [h('span', { class: 'badge' }, words.you)] : []),
    ownNotices: ({ own }) => {
      if (own?.status === 'pending') return [h('p', { class: 'notice', part: 'notice' }, words.pending)];
      if (own?.status !== 'rejected') return [];
      return [h('p', { class: 'notice refused', part: 'notice' }, `${words.refused} ${own.reason ?? ''}`)];
    },
    dress: (node) => desk.ignored?.dress(node),
    refresh: () => desk.refresh(),
    place() {
      desk.place();
      completeForm();
    },
    focusForm: () => form?.focus(),
    ownActions: (node) => ownActions(desk, node),
    openReply: (node, back) => void quote(desk, node, back, false),
    reopenReply(node, back) {
      const kept = desk.drafts.find(node.view.id);
      if (kept && !kept.closed && node.slot.childElementCount === 0) openReply(desk, node, back, false);
    },
    openMenu: (node, back) =>
      withActing(node, ({ openMenu }) =>
        openMenu(desk, node, back as HTMLButtonElement, () => void quote(desk, node, back, true)),
      ),
    vote: (node, side) => void vote(desk, node, side),
  };
  keepOwnKeys();
  meetOtherTabs();
  completeForm();
  // A comment that this browser deleted a moment ago may have been counted before this script came.
  const gone = [...thread.nodes.values()].filter((node) => !node.tombstone && desk.mine.wasDeleted(node.view.id));
  if (gone.length > 0) thread.changeCount(-gone.length);
  if (guestKey(thread.site) !== null || gone.length > 0 || desk.drafts.all.length > 0)
    void desk.refresh().then(() => {
      for (const node of thread.nodes.values()) node.refresh();
      if (thread.rules.commenting) thread.settle();
    });
  return writing;
}
