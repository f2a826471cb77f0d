import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import {
  checkConnection,
  ensureOwnerDatabase,
} from '../../apps/server/src/platform/embedded-postgres/connection.ts';
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '../../apps/server/src/platform/embedded-postgres/embedded-postgres.ts';
import { Failure, fail } from '../lib/failure.mjs';
import { projectRoot } from '../lib/install.mjs';
import { withProgress } from '../lib/progress.mjs';
import { type FolderLock, lockDataFolder, prepareDataFolder } from './data-folder.ts';
import { checkPort } from './port.ts';
import { type Secrets, loadSecrets } from './secrets.ts';
import { type ServerProcess, startServer } from './server.ts';
import { type LaunchSettings, givenVariables, readSettings, requireProductionSecrets } from './settings.ts';
import { type DemoClouds, startDemoClouds } from './simulator.ts';
import { buildWeb, webIsStale } from './web-build.ts';

/** Time the server gets to finish requests and jobs before it is ended by force. */
const DRAIN_MS = 25_000;
/** npm passes a Ctrl-C on that the terminal already delivered: two within this time are one. */
const SAME_PRESS_MS = 500;

/** What is running, in the order it was started; it ends in the opposite order. */
class Running {
  #lock: FolderLock | undefined;
  #postgres: EmbeddedPostgres | undefined;
  #clouds: DemoClouds | undefined;
  #server: ServerProcess | undefined;
  #stopping: Promise<void> | undefined;

  get stopping(): boolean {
    return this.#stopping !== undefined;
  }

  addLock(lock: FolderLock): void {
    this.#lock = lock;
  }

  /** A server that came up while the end was already asked for is ended at once. */
  async addPostgres(postgres: EmbeddedPostgres): Promise<void> {
    this.#postgres = postgres;
    if (this.stopping) await postgres.stop();
  }

  addClouds(clouds: DemoClouds): void {
    this.#clouds = clouds;
  }

  addServer(server: ServerProcess): void {
    this.#server = server;
  }

  /** Ends everything once: the server drains first, its database follows, the folder is free last. */
  stop(): Promise<void> {
    this.#stopping ??= (async () => {
      await this.#lock?.announceStop().catch(() => undefined);
      await this.#server?.stop(DRAIN_MS);
      await this.#clouds?.close();
      await this.#postgres?.stop();
      await this.#lock?.release();
    })();
    return this.#stopping;
  }

  /** Ends everything without waiting for anything. */
  async force(): Promise<void> {
    this.#server?.kill();
    await this.#postgres?.stop('immediate');
    await this.#lock?.release();
  }
}

async function openDatabase(
  settings: LaunchSettings,
  secrets: Secrets | undefined,
  running: Running,
): Promise<string> {
  if (settings.databaseUrl !== undefined) {
    await withProgress('Connecting to the database', () => checkConnection(settings.databaseUrl ?? ''));
    return settings.databaseUrl;
  }
  if (secrets === undefined) throw new Error('an embedded database needs the secrets of its data folder');
  const server = await withProgress('Starting the database', () =>
    startEmbeddedPostgres({
      directory: path.join(settings.dataFolder, 'postgres'),
      adminPassword: secrets.database.adminPassword,
      logFile: path.join(settings.dataFolder, 'logs', 'postgres.log'),
      durable: true,
    }),
  );
  await running.addPostgres(server);
  return ensureOwnerDatabase(server, {
    role: 'atlas',
    password: secrets.database.ownerPassword,
    database: 'atlas',
  });
}

async function openWeb(settings: LaunchSettings): Promise<void> {
  if (settings.role === 'worker' || !(await webIsStale(projectRoot))) return;
  await withProgress('Building the web app', () => buildWeb(projectRoot));
}

function serverEnvironment(
  settings: LaunchSettings,
  databaseUrl: string,
  secrets: Secrets | undefined,
  clouds: DemoClouds | undefined,
): NodeJS.ProcessEnv {
  const made =
    secrets === undefined ? {} : { SECRET_KEY: secrets.secretKey, ENCRYPTION_KEY: secrets.encryptionKey };
  return {
    ...made,
    ...clouds?.env,
    ...givenVariables(process.env),
    DATABASE_URL: databaseUrl,
    ATLAS_HOST: settings.host,
    ATLAS_PORT: String(settings.port),
    ATLAS_DATA_DIR: settings.dataFolder,
  };
}

/** Makes the server trust one more certificate, beside those that the person starting it asked for. */
async function trustAlso(folder: string, ca: string): Promise<NodeJS.ProcessEnv> {
  const given = process.env['NODE_EXTRA_CA_CERTS'];
  const others = given === undefined ? '' : await readFile(given, 'utf8').catch(() => '');
  const file = path.join(folder, 'simulator-ca.pem');
  await writeFile(file, `${others}\n${ca}\n`, { mode: 0o600 });
  return { NODE_EXTRA_CA_CERTS: file };
}

async function start(settings: LaunchSettings, running: Running): Promise<ServerProcess> {
  if (settings.production) requireProductionSecrets(process.env);
  await prepareDataFolder(settings.dataFolder);
  const embedded = settings.databaseUrl === undefined;
  if (embedded) running.addLock(await lockDataFolder(settings.dataFolder));
  if (settings.role !== 'worker') await checkPort(settings.host, settings.port);
  // An external database in production comes with secrets of its own; otherwise the data folder keeps them.
  const secrets = embedded || !settings.production ? await loadSecrets(settings.dataFolder) : undefined;
  const outcomes = await Promise.allSettled([openDatabase(settings, secrets, running), openWeb(settings)]);
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  const databaseUrl = outcomes[0].status === 'fulfilled' ? outcomes[0].value : '';
  const clouds = settings.demo && !settings.production ? await startDemoClouds() : undefined;
  if (clouds !== undefined) running.addClouds(clouds);
  const trusted = clouds === undefined ? undefined : await trustAlso(settings.dataFolder, clouds.ca);
  const server = startServer({
    root: projectRoot,
    parameters: ['--role', settings.role, ...(settings.demo ? [] : ['--no-demo'])],
    env: { ...serverEnvironment(settings, databaseUrl, secrets, clouds), ...trusted },
    onProgress: (text) => console.log(`${text} …`),
    ...(settings.logToTerminal ? {} : { logFile: path.join(settings.dataFolder, 'logs', 'server.log') }),
  });
  running.addServer(server);
  return server;
}

function announce(settings: LaunchSettings, message: Awaited<ServerProcess['ready']>): void {
  const lines = [`CloudAtlas is ready:  ${message.url}`];
  if (message.demo) lines.push(`Demo sign-in:         ${message.demo.email}  /  ${message.demo.password}`);
  lines.push(`Data folder:          ${settings.dataFolder}`);
  if (!settings.logToTerminal)
    lines.push(`Log:                  ${path.join(settings.dataFolder, 'logs', 'server.log')}`);
  const width = Math.max(...lines.map((line) => line.length));
  console.log(['', '─'.repeat(width), ...lines, '─'.repeat(width), 'Ctrl-C stops it.', ''].join('\n'));
}

function listenForTheEnd(running: Running): void {
  let first = 0;
  const onSignal = (): void => {
    const now = performance.now();
    if (first === 0) {
      first = now;
      console.log('\nStopping … (Ctrl-C again ends it at once)');
      void running.stop().then(() => process.exit(0));
    } else if (now - first > SAME_PRESS_MS) {
      void running.force().finally(() => process.exit(130));
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  // The process that passes the signals on was killed.
  process.on('disconnect', onSignal);
}

/** Shows the server's settings without starting or making anything. @returns the exit code */
function printConfig(settings: LaunchSettings): number {
  // What a start would make up is shown masked, like what is given.
  const made = settings.production
    ? {}
    : { SECRET_KEY: '*'.repeat(32), ENCRYPTION_KEY: Buffer.alloc(32).toString('base64') };
  const databaseUrl = settings.databaseUrl ?? 'postgresql://atlas@127.0.0.1/atlas';
  const env = { ...made, ...serverEnvironment(settings, databaseUrl, undefined, undefined) };
  const shown = spawnSync(process.execPath, ['apps/server/src/main.ts', '--print-config'], {
    cwd: projectRoot,
    env,
    stdio: 'inherit',
  });
  return shown.status ?? 1;
}

async function main(): Promise<void> {
  const settings = readSettings(process.argv.slice(2), process.env);
  if ('usage' in settings) {
    console.log(settings.usage);
    return;
  }
  if (settings.printConfig) {
    process.exitCode = printConfig(settings);
    return;
  }
  const running = new Running();
  listenForTheEnd(running);
  let ready = false;
  try {
    const server = await start(settings, running);
    announce(settings, await withProgress('Starting the server', () => server.ready));
    ready = true;
    const code = await server.exited;
    if (running.stopping) return;
    const log = settings.logToTerminal
      ? 'Its log is above.'
      : `Its log: ${path.join(settings.dataFolder, 'logs', 'server.log')}`;
    throw new Failure(`the server ended by itself (${code === null ? 'killed' : `exit code ${code}`})`, log);
  } catch (error) {
    // What fails because everything is being stopped is no failure.
    if (!running.stopping) fail(error, ready ? 'CloudAtlas stopped' : undefined);
  } finally {
    await running.stop();
  }
}

try {
  await main();
} catch (error) {
  fail(error);
}
// The channel to the starter and its listeners would keep this process alive.
process.exit();
