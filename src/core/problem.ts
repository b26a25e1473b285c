import type { CommentStatus } from './comment/comment-status.ts';
import type { VersionedSite } from './site/site.ts';

/** Every way a request can be refused. http/gate/problems.ts maps each to its status and sentence, exhaustively. */
export type Problem =
  | { reason: 'invalid-input'; errors: FieldError[] }
  | {
      reason: 'not-found';
      what: 'site' | 'article' | 'comment' | 'moderator' | 'reader' | 'key' | 'database' | 'table' | 'page';
    }
  | { reason: 'article-unknown'; registrable: boolean }
  | { reason: 'commenting-closed' }
  | { reason: 'parent-gone' }
  | { reason: 'thread-too-deep'; maxDepth: number }
  | { reason: 'comment-too-long'; graphemes: number; limit: number }
  | { reason: 'comment-empty' }
  | { reason: 'repeated-text' }
  | { reason: 'banned'; until: number | null }
  | { reason: 'rate-limited'; operation: string; limit: number; windowSeconds: number; retryAt: number }
  | { reason: 'unauthenticated'; needs: readonly string[] }
  | { reason: 'forbidden'; needs: readonly string[] }
  | { reason: 'origin-not-registered' }
  | { reason: 'edit-window-over'; endedAt: number }
  | { reason: 'own-comment' }
  | { reason: 'decided-already'; status: CommentStatus; decidedBy: string | null }
  | { reason: 'edited-meanwhile' }
  | { reason: 'edit-not-accepted' }
  | { reason: 'transition-not-allowed'; status: CommentStatus }
  // The comment that the key has made, where it can be changed instead.
  | { reason: 'idempotency-key-reused'; commentId: string | null }
  | { reason: 'link-not-valid' }
  | { reason: 'last-admin' }
  | { reason: 'settings-changed'; site: VersionedSite }
  // A site that is entered in another database than was asked for may not be made there yet.
  | { reason: 'already-exists'; what: 'site' | 'moderator' | 'article' | 'rows'; enteredIn?: string }
  | { reason: 'being-removed'; what: 'site' | 'article' }
  // The article is not in the state that the request was made for; `isThere`: there is one.
  | { reason: 'precondition-failed'; isThere: boolean }
  | { reason: 'payload-too-large'; limitBytes: number }
  | { reason: 'unsupported-media-type'; what: 'type' | 'form' | 'encoding' | 'charset' }
  | { reason: 'method-not-allowed' }
  | { reason: 'unavailable'; retryAfterSeconds: number }
  | { reason: 'overloaded'; retryAfterSeconds: number }
  | { reason: 'storage-full'; retryAfterSeconds: number }
  | { reason: 'quota-spent'; retryAfterSeconds: number }
  | { reason: 'internal' };

export type ProblemReason = Problem['reason'];

/** `field` is a path such as `keyPoints.2`; `message` is a sentence the sender can act on. */
interface FieldError {
  field: string;
  message: string;
}
