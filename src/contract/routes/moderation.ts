import * as addresses from '../addresses.ts';
import {
  BanInput,
  DecisionsView,
  DecisionView,
  DossierView,
  NewDecision,
  NewDecisions,
  NewVoteRuling,
  QueueQuery,
  QueueView,
  UndoInput,
  VoteRulingView,
} from '../moderation.ts';
import { CommentPath, ReaderPath, SitePath } from '../paths.ts';
import type { Routes } from './route.ts';

/** The long keys of a hundred articles. */
const HUNDRED_COMMENTS_BYTES = 131_072;

export const moderationRoutes = {
  readQueue: {
    at: addresses.readQueue,
    summary: 'Read a list of the queue',
    action: 'read-queue',
    params: SitePath,
    query: QueueQuery,
    answers: { 200: QueueView },
  },
  readDossier: {
    at: addresses.readDossier,
    summary: 'Read all that is known about a comment',
    action: 'read-queue',
    params: CommentPath,
    answers: { 200: DossierView },
    problems: ['not-found'],
  },
  decideOne: {
    at: addresses.decideOne,
    summary: 'Decide on one comment',
    action: 'decide',
    params: CommentPath,
    body: NewDecision,
    answers: { 200: DecisionView },
    problems: ['not-found', 'decided-already', 'edited-meanwhile', 'transition-not-allowed'],
  },
  decide: {
    at: addresses.decide,
    summary: 'Decide on many comments',
    action: 'decide',
    params: SitePath,
    body: NewDecisions,
    bodyBytes: HUNDRED_COMMENTS_BYTES,
    answers: { 200: DecisionsView },
  },
  undo: {
    at: addresses.undo,
    summary: 'Take back one’s own decisions',
    action: 'decide',
    params: SitePath,
    body: UndoInput,
    bodyBytes: HUNDRED_COMMENTS_BYTES,
    answers: { 200: DecisionsView },
  },
  ruleOnVotes: {
    at: addresses.ruleOnVotes,
    summary: 'Count the votes that were set aside, or discard them',
    action: 'rule-on-votes',
    params: CommentPath,
    body: NewVoteRuling,
    answers: { 200: VoteRulingView },
    problems: ['not-found'],
  },
  banReader: {
    at: addresses.banReader,
    summary: 'Ban a reader, or lift a ban',
    action: 'ban-reader',
    params: ReaderPath,
    body: BanInput,
    answers: { 204: null },
    problems: ['not-found'],
  },
} as const satisfies Routes;
