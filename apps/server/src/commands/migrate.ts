import { migrateDatabase } from '../bootstrap.ts';
import { readPlatformConfig } from '../platform/config/platform-config.ts';
import { messageOf } from '../platform/errors/app-error.ts';

/** `npm run migrate`: brings DATABASE_URL to this release's schema and says what it did. */
try {
  const applied = await migrateDatabase(readPlatformConfig(process.env));
  const list = applied.map((name) => `  ${name}\n`).join('');
  process.stdout.write(
    applied.length === 0 ? 'The database is up to date.\n' : `Applied ${applied.length} migrations:\n${list}`,
  );
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 1;
}
