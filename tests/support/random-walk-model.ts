import type { CommentStatus, DecisionKind } from '../../src/contract/moderation.ts';

/** The entries of the site's word lists, while these are not empty. */
export const BANNED_WORD = 'verboten';
export const SUSPECT_WORD = 'suspekt';

export type Mode = 'post' | 'first-comment' | 'pre';

export interface ModelArticle {
  key: string;
  known: boolean;
  mode: Mode | null;
}

export interface ModelComment {
  id: string;
  guest: number;
  article: string;
  parent: ModelComment | null;
  children: ModelComment[];
  status: CommentStatus;
  shadowed: boolean;
  revision: number;
  /** The mark in its text, new with each revision; the one in its author's name stays. */
  textMark: string;
  nameMark: string;
  reasons: Set<string>;
  events: { kind: string; from: CommentStatus; to: CommentStatus; by: number | null }[];
}

const isVisible = (comment: ModelComment) => comment.status === 'approved' || comment.status === 'published';

/** Rejected, and its author alone sees it, as published. */
export const isInShadow = ({ status, shadowed }: ModelComment) => status === 'rejected' && shadowed;

const IN_SHADOW = { status: 'rejected', shadowed: true } as const;

/** The status as its author is told it. */
export const toldOf = (comment: ModelComment): string => {
  if (isVisible(comment) || isInShadow(comment)) return 'published';
  return comment.status === 'spam' ? 'rejected' : comment.status;
};

/** True when the moderators' last word on it is to approve, whatever its author does later. */
const isApproved = ({ events }: ModelComment) => events.findLast(({ by }) => by !== null)?.to === 'approved';

const isListed = (comment: ModelComment): boolean => isVisible(comment) || comment.children.some(isListed);

/** The status after each decision, written here again, so that the product's own table is not its own witness. */
const AFTER: Record<DecisionKind, { from: CommentStatus[]; to: CommentStatus }> = {
  approve: { from: ['pending', 'published', 'rejected', 'spam', 'approved'], to: 'approved' },
  reject: { from: ['pending', 'published', 'approved', 'spam'], to: 'rejected' },
  spam: { from: ['pending', 'published', 'approved', 'rejected'], to: 'spam' },
  restore: { from: ['rejected', 'spam'], to: 'pending' },
};

/** The things that everyone may see, by the rules alone: no HTTP, no SQL. */
export class Model {
  /** The number of changes to comments. */
  changes = 0;
  readonly comments: ModelComment[] = [];
  readonly byId = new Map<string, ModelComment>();
  readonly articles = new Map<string, ModelArticle>();
  readonly settings = { mode: 'post' as Mode, banned: false, suspect: false };
  readonly bans = new Map<number, { ban: 'ban' | 'shadow-ban'; until: number }>();
  /** The time at which each thing ceased to be public; Infinity while it still is. */
  readonly #until = new Map<string, number>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** True when a mark or an id was public at any moment after `since`, or still is. */
  wasPublic(thing: string, since: number): boolean {
    return (this.#until.get(thing) ?? Number.NEGATIVE_INFINITY) > since;
  }

  isListed(comment: ModelComment): boolean {
    return this.#until.get(comment.id) === Number.POSITIVE_INFINITY;
  }

  of(article: string): ModelComment[] {
    return this.comments.filter((comment) => comment.article === article);
  }

  visibleTexts(article: string): string[] {
    return this.of(article)
      .filter(isVisible)
      .map((comment) => comment.textMark);
  }

  isBanned(guest: number): boolean {
    const standing = this.bans.get(guest);
    return standing?.ban === 'ban' && standing.until > this.#now();
  }

  /** The outcome of screening for a text that it does not refuse. */
  screen(guest: number, articleKey: string, text: string): { status: CommentStatus; shadowed: boolean } {
    const standing = this.bans.get(guest);
    if (standing?.ban === 'shadow-ban' && standing.until > this.#now()) return IN_SHADOW;
    if (this.settings.banned && text.includes(BANNED_WORD)) return { status: 'rejected', shadowed: false };
    const mode = this.articles.get(articleKey)?.mode ?? this.settings.mode;
    const isTrusted = this.comments.some((comment) => comment.guest === guest && isApproved(comment));
    const isHeld =
      mode === 'pre' ||
      (mode === 'first-comment' && !isTrusted) ||
      (this.settings.suspect && text.includes(SUSPECT_WORD));
    return { status: isHeld ? 'pending' : 'published', shadowed: false };
  }

  post(
    fields: Pick<ModelComment, 'id' | 'guest' | 'article' | 'parent' | 'textMark' | 'nameMark'>,
    text: string,
  ): ModelComment {
    const isBelowShadow = fields.parent !== null && isInShadow(fields.parent);
    const comment: ModelComment = {
      ...fields,
      ...(isBelowShadow ? IN_SHADOW : this.screen(fields.guest, fields.article, text)),
      children: [],
      revision: 1,
      reasons: new Set(),
      events: [],
    };
    const article = this.articles.get(comment.article);
    if (article !== undefined) article.known = true;
    this.comments.push(comment);
    this.byId.set(comment.id, comment);
    comment.parent?.children.push(comment);
    this.#show(comment);
    return comment;
  }

  edit(comment: ModelComment, textMark: string, text: string): void {
    const screened = this.screen(comment.guest, comment.article, text);
    const waits = comment.status === 'pending' && (screened.shadowed || screened.status === 'published');
    const to = waits ? 'pending' : isInShadow(comment) ? 'rejected' : screened.status;
    comment.shadowed = isInShadow(comment) || screened.shadowed;
    comment.events.push({ kind: 'edit', from: comment.status, to, by: null });
    this.#set(comment.textMark, false);
    comment.textMark = textMark;
    comment.revision += 1;
    comment.status = to;
    this.#show(comment);
  }

  delete(comment: ModelComment): void {
    this.#change(comment, 'deleted', 'delete', null);
    comment.revision += 1;
  }

  /** The status that a decision leads to from here, null where it may not be made. */
  after(comment: ModelComment, decision: DecisionKind): CommentStatus | null {
    const { from, to } = AFTER[decision];
    return from.includes(comment.status) ? to : null;
  }

  decide(comment: ModelComment, decision: DecisionKind, by: number, reason: string): void {
    this.#change(comment, AFTER[decision].to, decision, by);
    if (reason !== '') comment.reasons.add(reason);
  }

  mayUndo(comment: ModelComment, by: number): boolean {
    const last = comment.events.at(-1);
    return last !== undefined && last.by === by && last.kind !== 'undo';
  }

  undo(comment: ModelComment, by: number): void {
    const last = comment.events.at(-1);
    if (last !== undefined) this.#change(comment, last.from, 'undo', by);
  }

  #change(comment: ModelComment, to: CommentStatus, kind: string, by: number | null): void {
    comment.events.push({ kind, from: comment.status, to, by });
    comment.status = to;
    if (kind === 'reject') comment.shadowed = false;
    this.#show(comment);
  }

  #show(comment: ModelComment): void {
    this.changes += 1;
    this.#set(comment.textMark, isVisible(comment));
    this.#set(comment.nameMark, isVisible(comment));
    for (let above: ModelComment | null = comment; above !== null; above = above.parent) {
      this.#set(above.id, isListed(above));
    }
  }

  #set(thing: string, isPublic: boolean): void {
    if (isPublic) this.#until.set(thing, Number.POSITIVE_INFINITY);
    else if (this.#until.get(thing) === Number.POSITIVE_INFINITY) this.#until.set(thing, this.#now());
  }
}
