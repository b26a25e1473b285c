import { expect, test } from 'vitest';
import { previewComment } from '../../../src/core/comment/preview-comment.ts';
import { LIMITS } from '../../../src/core/rate-limit/limits.ts';
import { done, openHouse, problemOf } from '../../support/memory/house.ts';

test('a preview is what would be kept, and counts what was typed', async () => {
  const house = await openHouse();
  const body = '  **Well** said, [see](https://news.example/ferry).\u0000 ';
  const preview = done(await previewComment(house.deps, house.reader('cleo'), { body }));
  const posted = await house.post('cleo', { body });
  expect(preview.body).toEqual(posted.body);
  expect(preview.graphemes).toBe(posted.source.length);
});

test('a preview has a limit by network', async () => {
  const house = await openHouse();
  const preview = (network: string) => previewComment(house.deps, house.reader('cleo', network), { body: 'Hello.' });
  for (let i = 0; i < LIMITS.previewByNetwork.count; i += 1) done(await preview('a school'));
  expect(problemOf(await preview('a school'))).toMatchObject({ reason: 'rate-limited', operation: 'preview' });
  expect(problemOf(await preview('at home'))).toBeNull();
});
