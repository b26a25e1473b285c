import { ensureProgram } from '../support/debian-program.ts';

/** The release that companies stay on comes first, since it is the oldest that gets repairs. */
export const ensureFirefox = (): string =>
  ensureProgram({
    name: 'Firefox',
    variable: 'FIREFOX_PATH',
    commands: ['firefox-esr', 'firefox'],
    debian: 'firefox-esr',
    places: ['/Applications/Firefox.app/Contents/MacOS/firefox'],
  });
