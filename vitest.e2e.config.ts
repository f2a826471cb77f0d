import { defineConfig } from 'vitest/config';

/** Tests in a real browser against the whole product, one file after the other. Run by `npm run test:e2e`. */
export default defineConfig({
  test: {
    name: 'e2e',
    pool: 'forks',
    include: ['apps/web/test/e2e/**/*.e2e.ts'],
    globalSetup: ['tools/e2e/setup.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
});
