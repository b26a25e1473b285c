import { describe, expect, expectTypeOf, test } from 'vitest';
import * as addresses from '../../src/contract/addresses.ts';
import { type AnswerAt, requestTo, type Sending } from '../../src/contract/client.ts';
import type { OwnCommentView } from '../../src/contract/comment.ts';
import { routes } from '../../src/contract/routes.ts';

describe('a request', () => {
  test('fills the address in, so that no value leads to another one', () => {
    const { method, path } = requestTo(addresses.getPermalink, { site: 'demo', article: 'a/b?c#d', id: '../x' });
    expect([method, path]).toEqual(['GET', '/v1/sites/demo/articles/a%2Fb%3Fc%23d/comments/..%2Fx']);
  });

  test('has each value of its query, repeated where there are several', () => {
    const { path } = requestTo(addresses.countComments, { site: 'demo', query: { key: ['a', 'b&c=d'] } });
    expect(path).toBe('/v1/sites/demo/counts?key=a&key=b%26c%3Dd');
    expect(requestTo(addresses.readQueue, { site: 'demo', query: { list: 'spam', limit: 5 } }).path).toBe(
      '/v1/sites/demo/queue?list=spam&limit=5',
    );
    expect(requestTo(addresses.readQueue, { site: 'demo' }).path).toBe('/v1/sites/demo/queue');
  });

  test('carries its body, and none where there is none', () => {
    const body = { value: 1 } as const;
    expect(requestTo(addresses.voteComment, { site: 'demo', article: 'a', id: 'c', body }).body).toEqual(body);
    expect(requestTo(addresses.signOut, { site: 'demo' }).body).toBeUndefined();
  });
});

test('what is sent and answered is typed by the route at the address', () => {
  expectTypeOf<AnswerAt<typeof addresses.postComment>>().toEqualTypeOf<OwnCommentView>();
  expectTypeOf<AnswerAt<typeof addresses.deleteComment>>().toEqualTypeOf<undefined>();
  expectTypeOf<Sending<typeof addresses.getThread>>().toExtend<{ site: string; article: string }>();
  expectTypeOf<{ id: string }>().toExtend<Sending<typeof addresses.getPermalink, 'site' | 'article'>>();
  expectTypeOf<{ site: string }>().not.toExtend<Sending<typeof addresses.getArticle>>();
  expectTypeOf<{ site: string; id: string; body: { ban: 'no' } }>().not.toExtend<Sending<typeof addresses.banReader>>();
  expectTypeOf<{ site: string; body: { email: string } }>().toExtend<Sending<typeof addresses.requestSignInLink>>();
  expectTypeOf<{ site: string }>().not.toExtend<Sending<typeof addresses.requestSignInLink>>();
});

test('every address belongs to one route of the same name', () => {
  expect(Object.fromEntries(Object.entries(routes).map(([name, { at }]) => [name, at]))).toEqual({ ...addresses });
});
