import { REMEMBERED_MS } from '../core/screening/phases/repeated-text.ts';
import type { Job } from './job.ts';

/** Traces to delete in a step; as many rows are written. */
const TRACES = 500;

/** Comments to empty in a step; each writes two rows, and its tree is read. */
const COMMENTS = 100;

/** Deletes the traces of comments that are older than a day. */
export const forgetTraces: Job = {
  name: 'forget-traces',
  steps: 20,
  async step({ traces, clock }) {
    const done = await traces.forget(clock.now() - REMEMBERED_MS, TRACES);
    return { done, isMore: done === TRACES };
  },
};

/** Does the same for comments from before there were traces, which have them in columns of their own. */
export const emptyOldComments: Job = {
  name: 'empty-old-comments',
  steps: 10,
  async step({ traces }) {
    const done = await traces.emptyOld(COMMENTS);
    return { done, isMore: done === COMMENTS };
  },
};
