import * as addresses from '../../contract/addresses.ts';
import { type Command, command, need, siteOf } from './command.ts';

export function keyOf(value: string | undefined): string {
  return need(value, "The article's key");
}

const set = (commenting: 'open' | 'closed', about: string): Command =>
  command(`article ${commenting === 'open' ? 'open' : 'close'}`, addresses.updateArticle, {
    usage: '<site> <key>',
    about,
    takes: { args: 2, options: [] },
    take: ([site, key]) => ({ site: siteOf(site), article: keyOf(key), body: { commenting } }),
    describe: ({ key }) => `Commenting on ${key} is ${commenting}.`,
  });

export const articleCommands: Command[] = [
  command('article list', addresses.listArticles, {
    usage: '<site> [--section <name>]',
    about: 'the articles that are listed, newest first: key, visible comments, whether open, headline',
    takes: { args: 1, options: ['section'] },
    take: ([site], { section }) => ({
      site: siteOf(site),
      query: { limit: 100, ...(section !== undefined && { section }) },
    }),
    describe: ({ articles }) =>
      articles
        .map(
          ({ key, commentCount, commenting, headline }) => `${key}  ${commentCount}  ${commenting}  ${headline ?? '-'}`,
        )
        .join('\n'),
    none: 'There are no articles.',
    goOn: ({ next }) => (next === null ? null : { cursor: next }),
  }),
  command('article put', addresses.putArticle, {
    usage: '<site> <key> --url <address> --headline <text> --published <time> [--section …] [--topic …] [--author …]',
    about: 'an article as the publisher’s system would put it; what is left out is emptied',
    takes: { args: 2, options: ['url', 'headline', 'published', 'section', 'topic', 'author'] },
    take: ([site, key], { url, headline, published, section, topic = [], author = [] }) => ({
      site: siteOf(site),
      article: keyOf(key),
      body: {
        url: need(url, '--url'),
        headline: need(headline, '--headline'),
        publishedAt: need(published, '--published'),
        section: section ?? null,
        topics: topic,
        authors: author,
      },
    }),
    describe: ({ key }) => `Article ${key} is there.`,
  }),
  set('closed', 'nobody may comment on it any more; its comments stay'),
  set('open', 'readers may comment on it again'),
  command('article rekey', addresses.rekeyArticle, {
    usage: '<site> <key> <new key>',
    about: 'another key for it; its comments stay, and the old key goes on leading there',
    takes: { args: 3, options: [] },
    take: ([site, key, to]) => ({ site: siteOf(site), article: keyOf(key), body: { key: need(to, 'The new key') } }),
    describe: ({ key }) => `The article is ${key} now.`,
  }),
];
