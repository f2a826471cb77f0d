import pg from 'pg';
import { PgBoss } from 'pg-boss';

/** Schema of the job library's own tables. `platform.enqueue_job` names it too. */
export const jobSchema = 'pgboss';

/**
 * Creates or upgrades the job library's schema as the owner and lets the system role, and nobody else, work on it.
 * For the `afterwards` list of `migrate`, so it runs under the migration lock; safe to repeat.
 */
export async function migrateJobs(ownerUrl: string): Promise<void> {
  const boss = new PgBoss({
    connectionString: ownerUrl,
    schema: jobSchema,
    application_name: 'cloudatlas migrate jobs',
    max: 2,
    supervise: false,
    schedule: false,
  });
  let failure: Error | undefined;
  boss.on('error', (error) => {
    failure ??= error;
  });
  try {
    await boss.start();
  } finally {
    await boss.stop({ graceful: false });
  }
  if (failure !== undefined) throw failure;
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query(`
      revoke all on schema ${jobSchema} from public;
      grant usage on schema ${jobSchema} to atlas_system;
      grant select, insert, update, delete on all tables in schema ${jobSchema} to atlas_system;
      grant usage, select on all sequences in schema ${jobSchema} to atlas_system;
      revoke execute on all functions in schema ${jobSchema} from public;
      grant execute on all functions in schema ${jobSchema} to atlas_system`);
  } finally {
    await client.end();
  }
}
