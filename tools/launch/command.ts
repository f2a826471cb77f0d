// Runs a command that needs the database with the settings of `npm start`:
//   node tools/run.mjs tools/launch/command.ts FILE [ARGUMENT...]
// With DATABASE_URL set the command uses that. Otherwise it uses the embedded database: the running one, or one that
// is started for the command alone.
import { spawn } from 'node:child_process';
import path from 'node:path';

import { ensureOwnerDatabase } from '../../apps/server/src/platform/embedded-postgres/connection.ts';
import { startEmbeddedPostgres } from '../../apps/server/src/platform/embedded-postgres/embedded-postgres.ts';
import { readPostmasterFile } from '../../apps/server/src/platform/embedded-postgres/postmaster.ts';
import { fail } from '../lib/failure.mjs';
import { projectRoot } from '../lib/install.mjs';
import { lockDataFolder, prepareDataFolder, readLockHolder } from './data-folder.ts';
import { loadSecrets } from './secrets.ts';
import { type LaunchSettings, givenVariables, readSettings } from './settings.ts';

interface Database {
  readonly env: NodeJS.ProcessEnv;
  close(): Promise<void>;
}

async function openDatabase(settings: LaunchSettings): Promise<Database> {
  if (settings.databaseUrl !== undefined && settings.production)
    return { env: {}, close: () => Promise.resolve() };
  await prepareDataFolder(settings.dataFolder);
  const secrets = await loadSecrets(settings.dataFolder);
  const keys = { SECRET_KEY: secrets.secretKey, ENCRYPTION_KEY: secrets.encryptionKey };
  if (settings.databaseUrl !== undefined) return { env: keys, close: () => Promise.resolve() };
  const directory = path.join(settings.dataFolder, 'postgres');
  const owner = { role: 'atlas', password: secrets.database.ownerPassword, database: 'atlas' };
  if ((await readLockHolder(settings.dataFolder)) !== undefined) {
    const running = await readPostmasterFile(directory);
    if (running?.status === 'ready') {
      const url = `postgresql://${owner.role}:${owner.password}@127.0.0.1:${running.port}/${owner.database}`;
      return { env: { ...keys, DATABASE_URL: url }, close: () => Promise.resolve() };
    }
  }
  const lock = await lockDataFolder(settings.dataFolder);
  const server = await startEmbeddedPostgres({
    directory,
    adminPassword: secrets.database.adminPassword,
    logFile: path.join(settings.dataFolder, 'logs', 'postgres.log'),
    durable: true,
  });
  const close = async (): Promise<void> => {
    await server.stop();
    await lock.release();
  };
  return { env: { ...keys, DATABASE_URL: await ensureOwnerDatabase(server, owner) }, close };
}

async function main(): Promise<number> {
  const [program = '', ...parameters] = process.argv.slice(2);
  const settings = readSettings([], process.env);
  if ('usage' in settings) return 1;
  const database = await openDatabase(settings);
  try {
    const child = spawn(process.execPath, [path.resolve(projectRoot, program), ...parameters], {
      stdio: 'inherit',
      env: { ...database.env, ...givenVariables(process.env), ATLAS_DATA_DIR: settings.dataFolder },
    });
    process.on('SIGINT', () => undefined);
    process.on('SIGTERM', () => child.kill('SIGTERM'));
    process.on('SIGHUP', () => child.kill('SIGHUP'));
    return await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => resolve(code ?? 1));
    });
  } finally {
    await database.close();
  }
}

try {
  process.exit(await main());
} catch (error) {
  fail(error, 'The command could not run');
  process.exit();
}
