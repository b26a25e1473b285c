import type { Failure } from '../reading/api.ts';
import { failureSentence } from '../reading/failure-sentence.ts';
import type { ThreadScope } from '../reading/scopes.ts';

/** Tells the page that something could not be read, and gives the sentence for the reader. */
export function readFailed(thread: ThreadScope, failure: Failure): string {
  thread.tell('failed', { action: 'read', reason: failure.reason });
  return failureSentence(thread.language, failure);
}
