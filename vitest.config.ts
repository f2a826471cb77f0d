import { fileURLToPath } from 'node:url';

import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const exclude = ['**/node_modules/**', '**/dist/**'];
const sources = ['apps/server', 'apps/cli', 'packages', 'tools', 'bench'];
const timeouts = { testTimeout: 30_000, hookTimeout: 60_000 };

/** Files that take minutes, since they try every call in every way; their size does not tell. */
const long = /(kill|faults[\w-]*|crash|generate|jobs)\.db\.test\.ts$/;

/** Begins with what takes longest, so that the last file does not run alone. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const first = sorted.filter(({ moduleId }) => long.test(moduleId));
    return [...first, ...sorted.filter((file) => !first.includes(file))];
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    // All processors: a database test waits for its PostgreSQL half of the time. The default leaves one idle.
    maxWorkers: '100%',
    projects: [
      {
        // Pure functions, beside their sources.
        test: {
          name: 'unit',
          pool: 'forks',
          include: sources.map((folder) => `${folder}/**/*.test.ts`),
          exclude: [...exclude, '**/*.{db,interop}.test.ts'],
          ...timeouts,
        },
      },
      {
        resolve: { alias: { '@': fileURLToPath(new URL('apps/web/src', import.meta.url)) } },
        test: {
          name: 'web',
          pool: 'forks',
          include: ['apps/web/src/**/*.test.{ts,tsx}'],
          exclude,
          ...timeouts,
        },
      },
      {
        // On a real PostgreSQL: `createTestDatabase` of platform/testing gives each file a copy of the schema.
        test: {
          name: 'db',
          pool: 'forks',
          include: sources.map((folder) => `${folder}/**/*.db.test.ts`),
          exclude,
          globalSetup: ['apps/server/test/support/database.setup.ts'],
          ...timeouts,
          testTimeout: 120_000,
        },
      },
      {
        // Other people's programs against ours; they are installed by whoever runs this (npm run test:interop).
        test: {
          name: 'interop',
          pool: 'forks',
          include: sources.map((folder) => `${folder}/**/*.interop.test.ts`),
          exclude,
          ...timeouts,
          testTimeout: 300_000,
        },
      },
    ],
  },
});
