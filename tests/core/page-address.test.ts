import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withoutTracking } from '../../src/core/article/page-address.ts';

describe('the query of a page’s address', () => {
  test.each([
    ['a campaign', 'utm_source=mail&utm_medium=post&utm_id=4', ''],
    ['Matomo’s campaign', 'mtm_campaign=spring', ''],
    ['a click on a network', 'fbclid=IwAR0x', ''],
    ['a click on an advertisement', 'gclid=1&gbraid=2&wbraid=3&dclid=4&msclkid=5&yclid=6', ''],
    ['a newsletter’s recipient', 'mc_cid=1&mc_eid=2&_hsenc=3&_hsmi=4', ''],
    ['capitals', 'UTM_Source=mail&FBCLID=1', ''],
    ['a mark without a value', 'fbclid', ''],
    ['marks around what addresses the article', 'utm_source=a&p=123&fbclid=b', 'p=123'],
  ])('loses %s', (_, query, rest) => {
    expect(withoutTracking(query)).toBe(rest);
  });

  test.each([
    ['what addresses the article', 'p=123'],
    ['the order and the writing of the rest', 'b=%C3%A9+x&a=1&&b=2&empty='],
    ['a name that only contains a mark', 'my_utm_source=1&gclid2=1&p[utm_source]=2'],
    ['a mark as a value', 'p=utm_source&next=fbclid'],
    ['nothing at all', ''],
  ])('keeps %s', (_, query) => {
    expect(withoutTracking(query)).toBe(query);
  });

  test('is the same after a second time', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('utm_a=1', 'fbclid=2', 'p=3', '', '=', 'q')), (pairs) => {
        const once = withoutTracking(pairs.join('&'));
        expect(withoutTracking(once)).toBe(once);
      }),
    );
  });
});
