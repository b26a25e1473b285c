import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wilsonScore } from '../../src/store/vote-store.ts';
import { score } from '../../src/widget/browsing/score.ts';

test('the widget has the score of any votes that the server ranks them by', () => {
  const votes = fc.nat({ max: 1_000_000 });
  fc.assert(
    fc.property(votes, votes, (upVotes, downVotes) => {
      expect(score({ upVotes, downVotes })).toBeCloseTo(wilsonScore(upVotes, downVotes), 12);
    }),
    {
      examples: [
        [0, 0],
        ...[1, 2, 3].flatMap((n): [number, number][] => [
          [n, 0],
          [0, n],
          [n, n],
        ]),
      ],
    },
  );
});
