import * as z from 'zod/mini';
import { Timestamp } from './scalars.ts';

export const HealthView = z.object({ status: z.literal('ok') }).register(z.globalRegistry, { id: 'Health' });

const Grade = z.enum(['ok', 'warn', 'fail']).register(z.globalRegistry, {
  id: 'HealthGrade',
  description: 'All is well, something will break, or something is broken.',
});

export const HealthCheckView = z
  .object({
    status: Grade,
    version: z.string().check(z.meta({ description: 'The build that answers: its commit and its time.' })),
    checkedAt: Timestamp,
    checks: z.array(
      z.object({
        name: z.enum(['storage', 'schema', 'size', 'jobs', 'kv']),
        database: z.nullable(z.string()).check(z.meta({ description: 'The binding that it is about; null: none.' })),
        status: Grade,
        detail: z.string().check(z.meta({ description: 'A sentence for the operator.' })),
      }),
    ),
  })
  .register(z.globalRegistry, { id: 'HealthCheck' });
export type HealthCheckView = z.infer<typeof HealthCheckView>;
