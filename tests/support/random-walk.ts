/** A seeded generator (mulberry32): the same seed walks the same way. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A number of at least 0 and less than 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  below(count: number): number {
    return Math.floor(this.next() * count);
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  pick<Thing>(things: readonly Thing[]): Thing {
    const thing = things[this.below(things.length)];
    if (thing === undefined) throw new Error('nothing to pick from');
    return thing;
  }

  /** One at random, three times of four among the last `recent`, because most happens there. */
  pickRecent<Thing>(things: readonly Thing[], recent = 12): Thing | undefined {
    const from = this.chance(0.75) ? things.slice(-recent) : things;
    return from.length === 0 ? undefined : this.pick(from);
  }
}

/** `run` answers in a few words what it did, to explain a failure. */
export interface Step<World> {
  name: string;
  weight: number;
  run(world: World): Promise<string>;
}

const STEPS_SHOWN = 15;

/**
 * Takes random steps and checks after each.
 * @throws with the seed, the number of the step and the steps before it, which is all that a second try needs
 */
export const walk = async <World extends { dice: Dice }>(
  world: World,
  { seed, length, steps }: { seed: number; length: number; steps: Step<World>[] },
  after: (world: World, taken: number) => Promise<void>,
): Promise<Map<string, number>> => {
  const bag = steps.flatMap((step) => Array<Step<World>>(step.weight).fill(step));
  const taken = new Map<string, number>();
  const trace: string[] = [];
  for (let i = 1; i <= length; i += 1) {
    const step = world.dice.pick(bag);
    try {
      trace.push(`${i} ${step.name}`);
      trace[trace.length - 1] += `: ${await step.run(world)}`;
      await after(world, i);
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`seed ${seed}: ${message}\n${trace.slice(-STEPS_SHOWN).join('\n')}`, { cause });
    }
    taken.set(step.name, (taken.get(step.name) ?? 0) + 1);
  }
  return taken;
};
