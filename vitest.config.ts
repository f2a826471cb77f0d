import { fileURLToPath } from 'node:url';

import { defineConfig } from 'vitest/config';

const exclude = ['**/node_modules/**', '**/dist/**'];
const sources = ['apps/server', 'apps/cli', 'packages', 'tools', 'bench'];
const timeouts = { testTimeout: 30_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
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
