import { spread } from './random.ts';
import type { CrowdShape } from './shape.ts';

/** A newsroom's articles are talked about for a while, a few dozen at a time, one after the other. */
const OPEN_AT_ONCE = 50;

/** The number of comments of each article: few get many. The viral one (0) is counted separately. */
const quotasOf = ({ comments, articles, viral }: CrowdShape, random: () => number): number[] => {
  const weights = Array.from({ length: articles - 1 }, () => -Math.log(1 - random()));
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const quotas = weights.map((weight) => Math.floor((weight / whole) * (comments - viral)));
  let missing = comments - viral - quotas.reduce((sum, quota) => sum + quota, 0);
  for (let article = 0; missing > 0; article = (article + 1) % quotas.length) {
    quotas[article] = (quotas[article] ?? 0) + 1;
    missing -= 1;
  }
  return [0, ...quotas];
};

/** Each call answers the article of the next comment. */
export function turnsOf(shape: CrowdShape, random: () => number): () => number {
  const left = quotasOf(shape, random);
  const isViral = spread(shape.viral, shape.comments, random);
  let upcoming = 1;
  const open: number[] = [];
  const openNext = (slot: number) => {
    while (upcoming < shape.articles && left[upcoming] === 0) upcoming += 1;
    if (upcoming < shape.articles) {
      open[slot] = upcoming;
      upcoming += 1;
    } else open.splice(slot, 1);
  };
  for (let slot = 0; slot < OPEN_AT_ONCE; slot += 1) openNext(slot);
  return () => {
    if (isViral()) return 0;
    const slot = Math.floor(random() * open.length);
    const article = open[slot] ?? 0;
    left[article] = (left[article] ?? 0) - 1;
    if (left[article] === 0) openNext(slot);
    return article;
  };
}
