import * as addresses from '../../contract/addresses.ts';
import { type Command, command, confirm, need, siteOf } from './command.ts';

export function originOf(value: string | undefined): string {
  return need(value, 'The origin, such as https://news.example,');
}

export function originsInWords({ origins }: { origins: string[] }): string {
  return origins.join('\n') || 'There are no origins: any page may post.';
}

export const siteCommands: Command[] = [
  command('site create', addresses.createSite, {
    usage: '<id> --name <name> [--origin <https://news.example>] [--origin …] [--database DB_1]',
    about:
      'a new site; the origins whose pages may post, any page where none is named; and the database that its rows are to be in, where there are several',
    takes: { args: 1, options: ['name', 'origin', 'database'] },
    take: ([id], { name, origin, database }) => ({
      body: {
        id: need(id, "The site's id"),
        name: need(name, '--name'),
        origins: origin ?? [],
        ...(database !== undefined && { database }),
      },
    }),
    describe: ({ id, origins }) =>
      origins.length > 0
        ? `Site ${id} is there.`
        : `Site ${id} is there. It has no origin: any page may post. To name one: origin add ${id} https://news.example`,
  }),
  command('site list', addresses.listSites, {
    usage: '',
    about: 'the sites there are: id, database, name',
    takes: { args: 0, options: [] },
    take: () => ({}),
    describe: ({ sites }) => sites.map(({ id, database, name }) => `${id}  ${database}  ${name}`).join('\n'),
    none: 'There are no sites.',
    goOn: ({ next }) => (next === null ? null : { after: next }),
  }),
  command('site show', addresses.getSettings, {
    usage: '<site>',
    about: 'its name, origins and settings',
    takes: { args: 1, options: [] },
    take: ([site]) => ({ site: siteOf(site) }),
    describe: (site) => JSON.stringify(site, null, 2),
  }),
  command('site delete', addresses.removeSite, {
    usage: '<site> --yes <site>',
    about: 'removes a site with all its comments, its team and its log, for good',
    takes: { args: 1, options: ['yes'] },
    take: ([site], { yes }) => {
      const id = siteOf(site);
      confirm(
        id,
        yes,
        `This deletes every article, comment and vote of ${id}, its team and its log. This cannot be undone.`,
      );
      return { site: id };
    },
    describe: () => 'The site is gone for everybody. Its rows are being deleted, which may take some minutes.',
  }),
  command('origin add', addresses.changeSettings, {
    usage: '<site> <https://news.example>',
    about: 'one more origin whose pages may post',
    takes: { args: 2, options: [] },
    take: ([site, origin]) => ({ site: siteOf(site), body: { add: { origins: [originOf(origin)] } } }),
    describe: originsInWords,
  }),
  command('origin list', addresses.getSettings, {
    usage: '<site>',
    about: 'the origins whose pages may post',
    takes: { args: 1, options: [] },
    take: ([site]) => ({ site: siteOf(site) }),
    describe: originsInWords,
  }),
];
