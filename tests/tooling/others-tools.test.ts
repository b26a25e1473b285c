import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HtmlValidate } from 'html-validate';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildIfChanged } from '../../src/cli/build.ts';
import { ASSETS_DIR, ROOT } from '../../src/cli/project.ts';

const REDOCLY = join(ROOT, 'node_modules', '@redocly', 'cli', 'bin', 'cli.js');

describe('tools that others made', () => {
  beforeAll(async () => {
    await buildIfChanged();
  });

  it('find no fault in the HTML of any page', async () => {
    const pages = globSync('**/*.html', { cwd: ASSETS_DIR }).sort();
    expect(pages).toEqual(expect.arrayContaining(['api/index.html', 'console/index.html', 'demo/index.html']));
    const validator = new HtmlValidate({ root: true, extends: ['html-validate:standard'] });
    for (const page of pages) {
      const report = await validator.validateString(readFileSync(join(ASSETS_DIR, page), 'utf8'));
      const faults = report.results.flatMap(({ messages }) => messages);
      expect(faults.map(({ line, ruleId, message }) => `${page}:${line} ${ruleId} ${message}`)).toEqual([]);
    }
  });

  it('find no error in the OpenAPI document', () => {
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [REDOCLY, 'lint', join(ASSETS_DIR, 'openapi.json'), '--format', 'json'],
      {
        encoding: 'utf8',
        env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
      },
    );
    const report = JSON.parse(stdout || `{"said":${JSON.stringify(stderr)}}`);
    expect(report).toMatchObject({ totals: { errors: 0 } });
  });
});
