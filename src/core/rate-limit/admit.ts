import type { Context } from '../event/context.ts';
import type { Ids } from '../platform/ids.ts';
import { ok, type Result } from '../result.ts';
import { type Attempt, type Refusal, refuseLimited } from './attempt.ts';
import type { Bursts, Passing } from './bursts.ts';
import type { CoolDowns } from './cool-downs.ts';
import type { Operation } from './limits.ts';

/** An attempt, and the refusal that a cool-down knows to hold for it. */
export async function attemptOf(
  deps: { ids: Ids; coolDowns: CoolDowns },
  context: Context,
  operation: Operation,
): Promise<{ attempt: Attempt; known: Refusal | null }> {
  const { site: siteId, now } = context;
  const network = await context.network();
  const attempt = { siteId, operation, network, id: deps.ids.sortable(now), now, isStranger: false };
  return { attempt, known: await deps.coolDowns.find(attempt) };
}

/** An attempt that a store may be asked to count; refused where a cool-down says already what it would answer. */
export async function beginAttempt(
  deps: { ids: Ids; coolDowns: CoolDowns },
  context: Context,
  operation: Operation,
): Promise<Result<Attempt>> {
  const { attempt, known } = await attemptOf(deps, context, operation);
  return known === null ? ok(attempt) : refuseLimited(known);
}

/** The answer to an attempt that a store has refused. */
export async function refuseAttempt(
  deps: { coolDowns: CoolDowns },
  attempt: Attempt,
  refusal: Refusal,
): Promise<Result<never>> {
  await deps.coolDowns.start(attempt, refusal);
  return refuseLimited(refusal);
}

const passingOf = async (context: Context, operation: Operation): Promise<Passing> => {
  return { operation, network: await context.passingNetwork(), now: context.now };
};

/** For what leaves no row behind. */
export async function admitBurst(
  deps: { bursts: Bursts },
  context: Context,
  operation: Operation,
): Promise<Result<null>> {
  const refusal = await deps.bursts.admit(await passingOf(context, operation));
  return refusal === null ? ok(null) : refuseLimited(refusal);
}

/**
 * For what may leave no row behind: it counts while it is under way, and on where it was for nothing. What the database
 * fails at is nobody's try. Where the network has no room, the try may count as one from `ownNetwork`.
 */
export async function withinBurst<Value>(
  deps: { bursts: Bursts },
  context: Context,
  operation: Operation,
  work: () => Promise<Result<Value>>,
  isForNothing: (result: Result<Value>) => boolean,
  ownNetwork?: () => Promise<string | false>,
): Promise<Result<Value>> {
  const passing = await passingOf(context, operation);
  let held = deps.bursts.hold(passing);
  const network = !('settle' in held) && (await ownNetwork?.());
  if (network) held = deps.bursts.hold({ ...passing, network });
  if (!('settle' in held)) return refuseLimited(held);
  const result = await work().catch((error: unknown) => {
    held.giveBack();
    throw error;
  });
  if (isForNothing(result)) await held.settle();
  else held.giveBack();
  return result;
}
