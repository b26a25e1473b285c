import * as addresses from '../addresses.ts';
import { LogQuery, LogView, VerificationQuery, VerificationView } from '../log.ts';
import { SitePath } from '../paths.ts';
import { LONG_MILLIS, type Routes } from './route.ts';

export const logRoutes = {
  readLog: {
    at: addresses.readLog,
    summary: 'Read what was done at a site and by whom',
    action: 'read-log',
    params: SitePath,
    query: LogQuery,
    answers: { 200: LogView },
    problems: ['not-found'],
  },
  verifyLog: {
    at: addresses.verifyLog,
    summary: 'Check the log against its seals',
    action: 'read-log',
    params: SitePath,
    query: VerificationQuery,
    withinMillis: LONG_MILLIS,
    answers: { 200: VerificationView },
    problems: ['not-found'],
  },
} as const satisfies Routes;
