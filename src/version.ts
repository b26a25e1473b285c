/** Put in by the build (src/cli/build-version.ts): the commit and the time. */
declare const BELOWLINE_VERSION: string | undefined;

export const VERSION: string = typeof BELOWLINE_VERSION === 'string' ? BELOWLINE_VERSION : 'unbuilt';
