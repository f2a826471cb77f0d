import type { TestProject } from 'vitest/node';

import { migrate } from '../../src/platform/db/migrate.ts';
import type { MigrationSource } from '../../src/platform/db/migrations.ts';
import { migrateJobs } from '../../src/platform/jobs/migrate-jobs.ts';
import { startTestPostgres } from '../../src/platform/testing/postgres.ts';

/** Starts the PostgreSQL of a test run, with the whole product's schema in its template. Returns its end. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const sources = await migrationSources();
  const server = await startTestPostgres(async ({ ownerUrl, appUrl }) => {
    await migrate({ ownerUrl, appUrl, sources, afterwards: [migrateJobs] });
  });
  project.provide('testPostgres', server.settings);
  return server.stop;
}

async function migrationSources(): Promise<readonly MigrationSource[]> {
  try {
    return (await import('../../src/modules.ts')).migrationSources;
  } catch (error) {
    console.warn(`only the platform's migrations are applied: ${String(error)}`);
    return [{ module: 'platform', folder: new URL('../../src/platform/migrations/', import.meta.url) }];
  }
}
