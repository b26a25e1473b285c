import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withoutVisitor } from '../../src/core/article/page-address.ts';

describe('the query of a page’s address', () => {
  test.each([
    ['a campaign', 'utm_source=mail&utm_medium=post&utm_id=4', ''],
    ['Matomo’s campaign', 'mtm_campaign=spring', ''],
    ['a click on a network', 'fbclid=IwAR0x', ''],
    ['a click on an advertisement', 'gclid=1&gbraid=2&wbraid=3&dclid=4&msclkid=5&yclid=6', ''],
    ['a newsletter’s recipient', 'mc_cid=1&mc_eid=2&_hsenc=3&_hsmi=4', ''],
    ['capitals', 'UTM_Source=mail&FBCLID=1', ''],
    ['a mark without a value', 'fbclid', ''],
    ['an e-mail address under any name', 'p=1&u=ada@news.example&who=%22Ada%22+%3Cada%40news.example%3E', 'p=1'],
    ['an e-mail address that is a name, or all there is', 'ada%40news.example=1&p=1&ben@news.example', 'p=1'],
    ['an e-mail address in an address, encoded again', 'next=%2Fa%3Fu%3Dada%2540news.example&p=1', 'p=1'],
    ['an e-mail address beside what is no encoding', 'u=ada%40news.example%ZZ&p=1', 'p=1'],
    ['who somebody is', 'email=8f3a&e-mail=8f3a&mail=8f3a&password=x&p=1', 'p=1'],
    ['what would let others in', 'token=1&access_token=2&auth=3&key=4&signature=5&p=1', 'p=1'],
    ['the order of the comments', 'p=1&comments-sort=oldest', 'p=1'],
    ['a session', 'sid=1&session=2&sessionid=3&PHPSESSID=4&JSESSIONID=5&p=1', 'p=1'],
    ['a name that is written otherwise', 'E%2DMail=8f3a&%74oken=1&Token&p=1', 'p=1'],
    ['a mark that ends in what is no encoding', 'utm_100%=a&p=1', 'p=1'],
    ['a mark with a value of several lines and parts', 'fbclid=a=\nb=c&p=1', 'p=1'],
    ['marks around what addresses the article', 'utm_source=a&p=123&fbclid=b', 'p=123'],
  ])('loses %s', (_, query, rest) => {
    expect(withoutVisitor(query)).toBe(rest);
  });

  test.each([
    ['what addresses the article', 'p=123'],
    ['the order and the writing of the rest', 'b=%C3%A9+x&a=1&&b=2&empty='],
    ['a name that only contains a mark', 'my_utm_source=1&gclid2=1&p[utm_source]=2'],
    ['what a publishing system needs', 'id=123&p=45&article=x&page_id=7&story=ferry-talks&slug=a-b&lang=de'],
    ['a name that only contains a personal one', 'keyword=1&mailbox=2&tokens=3&monkey=4&inside=5&author=6&sessions=7'],
    ['a personal name as a value', 'p=email&sort=key&view=session'],
    ['what is no encoding of anything', 'p=100%&q=%ZZ&r=%4'],
    ['a number that an "@" is written with', 'p=40&q=%2440&r=2540'],
    ['a mark as a value', 'p=utm_source&next=fbclid'],
    ['nothing at all', ''],
  ])('keeps %s', (_, query) => {
    expect(withoutVisitor(query)).toBe(query);
  });

  test('is the same after a second time', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('utm_a=1', 'fbclid=2', 'p=3', '', '=', 'q')), (pairs) => {
        const once = withoutVisitor(pairs.join('&'));
        expect(withoutVisitor(once)).toBe(once);
      }),
    );
  });
});
