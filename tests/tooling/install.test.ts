import { describe, expect, it } from 'vitest';
import { reasonToInstall, systemPath } from '../../src/cli/install.mjs';

const wanted = {
  packages: {
    '': { name: 'belowline' },
    'node_modules/hono': { version: '4.13.19' },
    'node_modules/@esbuild/darwin-arm64': { version: '0.28.2', optional: true },
  },
};
const installed = { packages: { 'node_modules/hono': { version: '4.13.19' } } };

describe('deciding whether to install', () => {
  it('installs into a fresh clone', () => {
    expect(reasonToInstall({ wanted, installed: null, hasNode: false })).toMatch(/not installed/);
  });

  it('is quiet when what is wanted is there, whatever other systems would need', () => {
    expect(reasonToInstall({ wanted, installed, hasNode: true })).toBeNull();
  });

  it('installs after a change of lockfile and names what changed', () => {
    const older = { packages: { 'node_modules/hono': { version: '4.13.18' } } };
    expect(reasonToInstall({ wanted, installed: older, hasNode: true })).toContain('(hono)');
    expect(reasonToInstall({ wanted, installed: { packages: {} }, hasNode: true })).toContain('(hono)');
  });

  it('installs when an optional package is there in another version', () => {
    const other = { packages: { ...installed.packages, 'node_modules/@esbuild/darwin-arm64': { version: '0.27.0' } } };
    expect(reasonToInstall({ wanted, installed: other, hasNode: true })).toContain('@esbuild/darwin-arm64');
  });

  it('installs when the pinned Node is gone', () => {
    expect(reasonToInstall({ wanted, installed, hasNode: false })).toMatch(/Node/);
  });

  it('runs npm on the system’s Node, not on the one that npm is about to delete', () => {
    expect(systemPath('/home/x/belowline/node_modules/.bin:/usr/local/bin:/usr/bin')).toBe('/usr/local/bin:/usr/bin');
  });
});
