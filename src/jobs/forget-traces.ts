import { REMEMBERED_MS } from '../core/screening/phases/repeated-text.ts';
import type { Job } from './job.ts';

/** Traces a step: as many rows written. */
const TRACES = 500;

/** Comments a step: two rows written each, and the tree of each is read. */
const COMMENTS = 100;

/** Deletes what comments of more than a day ago could be found by. */
export const forgetTraces: Job = {
  name: 'forget-traces',
  steps: 20,
  async step({ traces, clock }) {
    const done = await traces.forget(clock.now() - REMEMBERED_MS, TRACES);
    return { done, isMore: done === TRACES };
  },
};

/** The same for comments from before there were traces, whose own columns keep it. */
export const emptyOldComments: Job = {
  name: 'empty-old-comments',
  steps: 10,
  async step({ traces }) {
    const done = await traces.emptyOld(COMMENTS);
    return { done, isMore: done === COMMENTS };
  },
};
