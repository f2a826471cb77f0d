import { execFile } from 'node:child_process';
import { globSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { linkPackages } from '../../../tools/test/linked-packages.ts';

const root = path.resolve(import.meta.dirname, '..', '..', '..');
const oxlint = path.join(root, 'node_modules/oxlint/bin/oxlint');

/** Each file imports what the file it is named for may not; linted in a copy of the tree, under the real rules. */
const ILLEGAL = {
  'apps/server/src/platform/clock/planted.ts': `import { upper } from '#modules/tenancy/index.ts';\nexport const value = upper;`,
  'apps/server/src/modules/tenancy/planted-deep.ts': `import { inner } from '../identity/inner.ts';\nexport const value = inner;`,
  'apps/server/src/modules/tenancy/planted-type.ts': `import type { Inner } from '../identity/inner.ts';\nexport type Value = Inner;`,
  'apps/server/src/modules/identity/planted-up.ts': `import { upper } from '#modules/tenancy/index.ts';\nexport const value = upper;`,
  'apps/server/src/modules/costs/planted-same-rank.ts': `import { peer } from '#modules/inventory/index.ts';\nexport const value = peer;`,
  'apps/server/src/modules/unranked/planted.ts': `import { lower } from '#modules/audit/index.ts';\nexport const value = lower;`,
  'apps/server/src/modules/tenancy/planted-reexport.ts': `export { inner } from '../identity/inner.ts';`,
  'apps/server/src/modules/tenancy/planted-dynamic.ts': `export const load = async (): Promise<unknown> => import('../identity/inner.ts');`,
  'apps/server/src/modules/tenancy/planted-composition.ts': `import { root } from '../../planted-root.ts';\nexport const value = root;`,
  'apps/server/src/modules/costs/planted-simulator.ts': `import { simulated } from '@cloudatlas/simulator/planted';\nexport const value = simulated;`,
  'apps/server/src/planted-main.ts': `import { simulated } from '@cloudatlas/simulator/planted';\nexport const value = simulated;`,
  'packages/cloud/src/planted.ts': `import { lower } from '../../../apps/server/src/modules/audit/index.ts';\nexport const value = lower;`,
  'packages/cloud/src/planted-platform.ts': `import { now } from '../../../apps/server/src/platform/clock/planted-target.ts';\nexport const value = now;`,
  'packages/contracts/src/planted.ts': `import { now } from '../../../apps/server/src/platform/clock/planted-target.ts';\nexport const value = now;`,
  'apps/web/src/planted-server.ts': `import { now } from '../../server/src/platform/clock/planted-target.ts';\nexport const value = now;`,
  'apps/web/src/planted-simulator.ts': `import { simulated } from '@cloudatlas/simulator/planted';\nexport const value = simulated;`,
  'apps/web/src/planted-cloud.ts': `import { adapter } from '@cloudatlas/cloud/planted-target';\nexport const value = adapter;`,
};

const LEGAL = {
  'apps/server/src/platform/clock/planted-target.ts': 'export const now = 0;',
  'apps/server/src/modules/audit/index.ts': 'export const lower = 1;',
  'apps/server/src/modules/identity/index.ts': `export { inner } from './inner.ts';`,
  'apps/server/src/modules/identity/inner.ts': 'export const inner = 2;\nexport type Inner = number;',
  'apps/server/src/modules/inventory/index.ts': 'export const peer = 3;',
  'apps/server/src/modules/tenancy/index.ts': 'export const upper = 4;',
  'apps/server/src/modules/tenancy/planted-legal.ts': `import { inner } from '#modules/identity/index.ts';\nimport { now } from '#platform/clock/planted-target.ts';\nimport { named } from '@cloudatlas/contracts/planted-target';\nexport const value = [inner, now, named];`,
  'apps/server/src/modules/tenancy/planted.test.ts': `import { expect, test } from 'vitest';\nimport { simulated } from '@cloudatlas/simulator/planted';\ntest('a test may use the simulator', () => expect(simulated).toBe(6));`,
  'apps/server/src/planted-root.ts': `import { inner } from './modules/identity/inner.ts';\nexport const root = inner;`,
  'packages/contracts/src/planted-target.ts': 'export const named = 5;',
  'packages/simulator/src/planted.ts': 'export const simulated = 6;',
  'packages/cloud/src/planted-target.ts': `export const adapter = 7;`,
  'apps/web/src/planted-legal.ts': `import { named } from '@cloudatlas/contracts/planted-target';\nexport const value = named;`,
};

/** Other rules that a planted file must fail, to know that they are switched on. */
const OTHER_GATES = {
  'import(no-default-export)': ['packages/contracts/src/planted-default.ts', 'export default 1;'],
  'typescript(no-explicit-any)': [
    'packages/contracts/src/planted-any.ts',
    'export const value = (input: any): unknown => input;',
  ],
  'typescript(no-floating-promises)': [
    'apps/server/src/platform/clock/planted-floating.ts',
    'export function go(): void {\n  Promise.resolve(1);\n}',
  ],
  'typescript(no-misused-promises)': [
    'apps/server/src/platform/clock/planted-misused.ts',
    'export const all = [1].filter(async (n) => n > 0);',
  ],
  'typescript(await-thenable)': [
    'apps/server/src/platform/clock/planted-await.ts',
    'export const go = async (): Promise<number> => await 1;',
  ],
  'eslint(max-lines)': [
    'packages/contracts/src/planted-long.ts',
    Array.from({ length: 601 }, (_, n) => `export const v${n} = ${n};`).join('\n'),
  ],
  'oxc(no-barrel-file)': ['packages/contracts/src/planted-barrel.ts', `export * from './planted-target.ts';`],
  'import(no-cycle)': [
    'packages/contracts/src/planted-cycle.ts',
    `import { back } from './planted-cycle-back.ts';\nexport const forth = (): unknown => back;`,
  ],
  'eslint(no-console)': ['apps/server/src/platform/clock/planted-console.ts', `console.log('x');`],
} as const;

interface Report {
  diagnostics: { code: string; filename: string }[];
  number_of_files: number;
}

let copy: string;
let report: Report;

/** Lints a folder under the project's own configuration. */
async function lint(folder: string, ...options: string[]): Promise<Report> {
  const run = promisify(execFile)(process.execPath, [oxlint, ...options, '-f', 'json'], {
    cwd: folder,
    maxBuffer: 64 * 1024 * 1024,
  });
  const { stdout } = await run.catch((error: { stdout: string }) => error);
  return JSON.parse(stdout) as Report;
}

beforeAll(async () => {
  copy = await mkdtemp(path.join(tmpdir(), 'cloudatlas-boundaries-'));
  const settings = globSync(
    ['.oxlintrc.json', 'package.json', 'tsconfig*.json', '{apps,packages}/*/{package,tsconfig}.json'],
    { cwd: root },
  );
  for (const name of settings) await cp(path.join(root, name), path.join(copy, name), { recursive: true });
  await linkPackages(root, copy, ['cloud', 'contracts', 'simulator']);
  const others = Object.values(OTHER_GATES).map(([name, text]) => [name, text] as const);
  const back = [
    'packages/contracts/src/planted-cycle-back.ts',
    `import { forth } from './planted-cycle.ts';\nexport const back = (): unknown => forth;`,
  ] as const;
  for (const [name, text] of [...Object.entries(ILLEGAL), ...Object.entries(LEGAL), ...others, back]) {
    await mkdir(path.join(copy, path.dirname(name)), { recursive: true });
    await writeFile(path.join(copy, name), `${text}\n`);
  }
  report = await lint(copy, '--type-aware');
});

afterAll(async () => {
  await rm(copy, { recursive: true, force: true });
});

const found = (name: string): string[] =>
  report.diagnostics
    .filter((diagnostic) => diagnostic.filename === name)
    .map((diagnostic) => diagnostic.code);

test('the linter read every planted file', () => {
  expect(report.number_of_files).toBeGreaterThanOrEqual(
    Object.keys({ ...ILLEGAL, ...LEGAL, ...OTHER_GATES }).length,
  );
});

test.each(Object.keys(ILLEGAL))('%s crosses a boundary and is refused', (name) => {
  expect(found(name)).toContain('boundaries(dependencies)');
});

test.each(Object.keys(LEGAL))('%s keeps to the boundaries and passes', (name) => {
  expect(found(name)).not.toContain('boundaries(dependencies)');
});

test.each(Object.entries(OTHER_GATES))('%s is refused', (code, [name]) => {
  expect(found(name)).toContain(code);
});

test('the real tree keeps to the boundaries, and the linter reads all of it', async () => {
  const sources = globSync('{apps,packages,tools}/**/*.{ts,tsx}', {
    cwd: root,
    exclude: (name) => /^(node_modules|dist.*|generated)$/.test(name),
  });
  const real = await lint(root);
  expect(real.number_of_files).toBeGreaterThan(sources.length * 0.9);
  expect(
    real.diagnostics
      .filter((diagnostic) => diagnostic.code === 'boundaries(dependencies)')
      .map((diagnostic) => diagnostic.filename),
  ).toEqual([]);
});
