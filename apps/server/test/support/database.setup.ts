import type { TestProject } from 'vitest/node';

import { migrationSources } from '../../src/modules.ts';
import { migrate } from '../../src/platform/db/migrate.ts';
import { migrateJobs } from '../../src/platform/jobs/migrate-jobs.ts';
import { startTestPostgres } from '../../src/platform/testing/postgres.ts';

/** Starts the PostgreSQL of a test run, with the whole product's schema in its template. Returns its end. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTestPostgres(async ({ ownerUrl, appUrl }) => {
    await migrate({ ownerUrl, appUrl, sources: migrationSources, afterwards: [migrateJobs] });
  });
  project.provide('testPostgres', server.settings);
  return server.stop;
}
