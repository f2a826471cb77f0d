import { execFile } from 'node:child_process';
import { globSync } from 'node:fs';
import { cp, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { composeModule, rankModule } from '../generate/register.ts';
import { linkPackages } from './linked-packages.ts';

const root = path.resolve(import.meta.dirname, '..', '..');
const generated = /(modules\/probes|contracts\/src\/probes|src\/modules\.ts|\.oxlintrc\.json)/;

let copy: string;

async function run(...parameters: string[]): Promise<{ code: number; text: string }> {
  const kept = Object.entries(process.env).filter(([name]) => !/^(VITEST|NODE_ENV$|TEST$)/.test(name));
  return promisify(execFile)(process.execPath, parameters, {
    cwd: copy,
    env: Object.fromEntries(kept),
    maxBuffer: 64 * 1024 * 1024,
  }).then(
    ({ stdout, stderr }) => ({ code: 0, text: stdout + stderr }),
    (error: { code: number; stdout: string; stderr: string }) => ({
      code: error.code,
      text: error.stdout + error.stderr,
    }),
  );
}

const tool = (name: string): string => path.join(root, 'node_modules', name);
const aboutGenerated = (text: string): string[] => text.split('\n').filter((line) => generated.test(line));

beforeAll(async () => {
  copy = await mkdtemp(path.join(tmpdir(), 'cloudatlas-generate-'));
  const settings = globSync(['*.{json,ts}', '.oxlintrc.json', '.oxfmtrc.json'], { cwd: root });
  const own = (source: string): boolean => !/^(node_modules|dist.*)$/.test(path.basename(source));
  for (const name of [...settings, 'tools', 'apps/server', 'packages']) {
    await cp(path.join(root, name), path.join(copy, name), { recursive: true, filter: own });
  }
  await linkPackages(root, copy, await readdir(path.join(copy, 'packages')));
  const made = await run('tools/new-module.ts', 'probes', '--rank', '5');
  expect(made).toMatchObject({ code: 0 });
});

afterAll(async () => {
  await rm(copy, { recursive: true, force: true });
});

test('a new module has no type errors', async () => {
  const { text } = await run(tool('typescript/bin/tsc'), '-p', 'tsconfig.json');
  expect(aboutGenerated(text)).toEqual([]);
});

test('a new module passes lint, also as one that higher modules may import', async () => {
  const { text } = await run(
    tool('oxlint/bin/oxlint'),
    '--type-aware',
    '-f',
    'unix',
    'apps/server/src/modules',
    'apps/server/src/modules.ts',
    'packages/contracts',
  );
  expect(text).toMatch(/\d+ problems?|^\s*$/);
  expect(aboutGenerated(text)).toEqual([]);
  const { overrides: _unused, ...rules } = JSON.parse(
    await readFile(path.join(copy, '.oxlintrc.json'), 'utf8'),
  ) as Record<string, unknown>;
  expect(JSON.stringify(rules).match(/"probes"/g)).toHaveLength(3);
});

test('a new module is formatted, used and free of undeclared dependencies', async () => {
  const files = [
    ...globSync('apps/server/src/modules/probes/*.{ts,md}', { cwd: copy }),
    'packages/contracts/src/probes.ts',
    'apps/server/src/modules.ts',
  ];
  expect(files.length).toBeGreaterThan(7);
  expect(await run(tool('oxfmt/bin/oxfmt'), '--check', ...files)).toMatchObject({ code: 0 });
  const { text } = await run(tool('knip/bin/knip.js'), '--no-progress');
  expect(aboutGenerated(text)).toEqual([]);
});

test('a new module runs: its own tests and those over every table pass', async () => {
  const { code, text } = await run(
    tool('vitest/vitest.mjs'),
    'run',
    '--project',
    'db',
    'apps/server/src/modules/probes',
    'row-level-security',
  );
  expect(text).toMatch(/probes\.db\.test\.ts/);
  expect({ code, text: code === 0 ? '' : text }).toEqual({ code: 0, text: '' });
});

test('a name that is taken or malformed is refused, and nothing is changed', async () => {
  const before = await readFile(path.join(copy, 'apps/server/src/modules.ts'), 'utf8');
  for (const name of ['tenancy', 'My-Module', '']) {
    const { code, text } = await run('tools/new-module.ts', name);
    expect(code).toBe(1);
    expect(text).toMatch(/exists already|one lower-case English word/);
  }
  expect(await readFile(path.join(copy, 'apps/server/src/modules.ts'), 'utf8')).toBe(before);
});

test('a new migration gets the next number', async () => {
  expect((await run('tools/new-migration.ts', 'probes', 'add_colour')).text.trim()).toBe(
    'apps/server/src/modules/probes/migrations/0002_add_colour.sql',
  );
  expect((await run('tools/new-migration.ts', 'nowhere', 'add_colour')).text).toMatch(
    /there is no module nowhere/,
  );
  expect((await run('tools/new-migration.ts', 'probes', 'Add-Colour')).code).toBe(1);
});

test('registration names the place that it does not find', () => {
  expect(() => composeModule('const nothing = 1;', 'probes')).toThrow(/was not found/);
  expect(() => rankModule('{}', 'probes', 5)).toThrow(TypeError);
});
