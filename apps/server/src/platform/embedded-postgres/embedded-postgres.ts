import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFile,
  lchown,
  mkdir,
  mkdtemp,
  open,
  readFile,
  readdir,
  rename,
  rm,
  stat,
  statfs,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { type RunAs, chooseAccount, giveFolder } from './account.ts';
import { POSTGRES_MAJOR, type PostgresBinaries, locateBinaries } from './binaries.ts';
import { EmbeddedPostgresError } from './errors.ts';
import { type Guardian, startGuardian } from './guardian.ts';
import { endOrphan, endProcess, readPostmasterFile } from './postmaster.ts';

/** Name of the superuser of an embedded cluster. The server of CloudAtlas never connects as it. */
export const ADMIN_ROLE = 'postgres';

export interface EmbeddedPostgresOptions {
  /** Folder of the cluster; created when missing. Its parent must exist. */
  readonly directory: string;
  /** Password of the superuser: set when the cluster is made, needed again for `urlFor` afterwards. */
  readonly adminPassword: string;
  /** The server's own log is appended here. */
  readonly logFile: string;
  /** false: no fsync and no full-page writes. Only for clusters that may be lost (tests). */
  readonly durable: boolean;
  /** true: the folder is removed when the server stops or its starter dies. */
  readonly disposable?: boolean;
  /** Further server settings, for example `{ max_connections: '200' }`. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** A running PostgreSQL that listens on 127.0.0.1 only, with SCRAM passwords. */
export interface EmbeddedPostgres {
  readonly host: '127.0.0.1';
  readonly port: number;
  readonly pid: number;
  /** true when this call made the cluster. */
  readonly created: boolean;
  /** Resolves when the server ends, whoever ended it. */
  readonly exited: Promise<void>;
  /** Connection URL for a role and a database of this server. */
  urlFor(role: string, password: string, database: string): string;
  /** Connection URL of the superuser. */
  readonly adminUrl: string;
  /** Ends the server: `fast` rolls open transactions back and writes a checkpoint; `immediate` recovers at next start. */
  stop(mode?: 'fast' | 'immediate'): Promise<void>;
}

const ATTEMPTS = 3;
const LOG_LIMIT_BYTES = 10 * 1024 * 1024;

/**
 * Starts PostgreSQL on a folder, making the cluster first when there is none. Works for any user, also root.
 *
 * A server that a killed run left behind on the same folder is ended first. When the caller dies (SIGKILL included), a
 * small shell process ends the server.
 *
 * @throws EmbeddedPostgresError `broken_folder`, `wrong_major`, `foreign_folder`, `unreachable_folder`, `no_account`,
 * `unsupported_platform`, `start_failed`.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const directory = path.resolve(options.directory);
  const binaries = await locateBinaries();
  const runAs = await chooseAccount(directory, [binaries.postgres]);
  const created = await ensureCluster(directory, options, binaries, runAs);
  await giveFolder(directory, runAs);
  await endOrphan(directory);
  await limitLog(options.logFile);
  for (let attempt = 1; ; attempt += 1) {
    const launched = await launch(directory, options, binaries, runAs);
    if (launched !== undefined) return { ...launched, created };
    const reason = await lastLines(options.logFile, 12);
    const passing = /Address already in use|pre-existing shared memory block/.test(reason);
    if (!passing || attempt === ATTEMPTS) throw explainFailedStart(directory, options.logFile, reason);
    await delay(1_000);
  }
}

async function ensureCluster(
  directory: string,
  options: EmbeddedPostgresOptions,
  binaries: PostgresBinaries,
  runAs: RunAs,
): Promise<boolean> {
  const entries = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new EmbeddedPostgresError(
      'broken_folder',
      `the database folder ${directory} cannot be read (${error.code})`,
      'Check its owner and permissions, or set ATLAS_DATA_DIR to another folder.',
    );
  });
  if (entries.length > 0) {
    await checkVersion(directory);
    return false;
  }
  const parent = path.dirname(directory);
  // initdb works in a folder beside the final one: a run that is killed half-way never leaves half a cluster behind.
  const prefix = `${path.basename(directory)}.new-`;
  for (const left of await readdir(parent))
    if (left.startsWith(prefix)) await rm(path.join(parent, left), { recursive: true, force: true });
  const fresh = await mkdtemp(path.join(parent, prefix));
  if (runAs.account !== undefined) await lchown(fresh, runAs.account.uid, runAs.account.gid);
  const passwordFile = path.join(fresh, '..', `${path.basename(fresh)}.password`);
  try {
    await writeFile(passwordFile, `${options.adminPassword}\n`, { mode: 0o600 });
    if (runAs.account !== undefined) await lchown(passwordFile, runAs.account.uid, runAs.account.gid);
    const output = await run(
      binaries.initdb,
      initdbArguments(fresh, passwordFile, options.durable),
      runAs,
      fresh,
    );
    if (output.code !== 0) {
      throw new EmbeddedPostgresError(
        'start_failed',
        `the database could not be created: ${output.text.trim().split('\n').slice(-3).join(' ')}`,
        'Check free disk space and the permissions of the data folder.',
      );
    }
    await rm(directory, { recursive: true, force: true });
    await rename(fresh, directory);
  } finally {
    await rm(passwordFile, { force: true });
    await rm(fresh, { recursive: true, force: true });
  }
  return true;
}

function initdbArguments(directory: string, passwordFile: string, durable: boolean): string[] {
  return [
    `--pgdata=${directory}`,
    `--username=${ADMIN_ROLE}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
    ...(durable ? [] : ['--no-sync']),
  ];
}

async function checkVersion(directory: string): Promise<void> {
  const text = (await readFile(path.join(directory, 'PG_VERSION'), 'utf8').catch(() => '')).trim();
  if (!/^\d+$/.test(text)) {
    throw new EmbeddedPostgresError(
      'broken_folder',
      `the database folder ${directory} is damaged: it holds no readable PG_VERSION`,
      'Restore the data folder from a backup, or set ATLAS_DATA_DIR to a new folder.',
    );
  }
  if (Number(text) !== POSTGRES_MAJOR) {
    throw new EmbeddedPostgresError(
      'wrong_major',
      `the database folder ${directory} was made by PostgreSQL ${text}; this version brings ${POSTGRES_MAJOR}`,
      `Move the data with pg_dump and pg_restore, or set DATABASE_URL to a PostgreSQL ${text} that uses the folder.`,
    );
  }
}

async function launch(
  directory: string,
  options: EmbeddedPostgresOptions,
  binaries: PostgresBinaries,
  runAs: RunAs,
): Promise<Omit<EmbeddedPostgres, 'created'> | undefined> {
  const port = await freePort();
  const settings = await serverSettings(port, options);
  const log = await open(options.logFile, 'a', 0o600);
  let child: ChildProcess;
  try {
    const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const [command, ...rest] = [...runAs.wrapper, binaries.postgres, '-D', directory, ...flags];
    // A session of its own: Ctrl-C in the terminal must reach the launcher, which ends the server after its clients.
    child = spawn(command!, rest, {
      cwd: '/',
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
      env: programEnvironment(),
      ...(runAs.wrapper.length === 0 ? runAs.account : {}),
    });
    await Promise.race([
      once(child, 'spawn'),
      once(child, 'error').then(([error]) => Promise.reject(error as Error)),
    ]);
  } catch (error) {
    await appendFile(options.logFile, `${String(error)}\n`);
    return undefined;
  } finally {
    await log.close();
  }
  const pid = child.pid!;
  let running = true;
  const exited = once(child, 'exit').then(() => {
    running = false;
  });
  const guardian = startGuardian({ directory, pid, remove: options.disposable === true });
  if (!(await becomesReady(directory, pid, () => running))) {
    guardian.release();
    return undefined;
  }
  const urlFor = (role: string, password: string, database: string): string =>
    `postgresql://${encodeURIComponent(role)}:${encodeURIComponent(password)}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
  return {
    host: '127.0.0.1',
    port,
    pid,
    exited,
    urlFor,
    adminUrl: urlFor(ADMIN_ROLE, options.adminPassword, 'postgres'),
    stop: async (mode = 'fast') => {
      await stopServer(child, mode, exited, () => running, guardian);
      if (options.disposable === true) await rm(directory, { recursive: true, force: true });
    },
  };
}

async function stopServer(
  child: ChildProcess,
  mode: 'fast' | 'immediate',
  exited: Promise<void>,
  isRunning: () => boolean,
  guardian: Guardian,
): Promise<void> {
  if (isRunning()) {
    if (mode === 'immediate') child.kill('SIGQUIT');
    await endProcess(child.pid!, () => Promise.resolve(isRunning()));
    await exited;
  }
  guardian.release();
}

async function becomesReady(directory: string, pid: number, isRunning: () => boolean): Promise<boolean> {
  // No time limit: recovery after a crash takes as long as it takes, and a server that gives up ends itself.
  while (isRunning()) {
    const file = await readPostmasterFile(directory);
    if (file?.pid === pid && file.status === 'ready') return true;
    await delay(15);
  }
  return false;
}

async function serverSettings(
  port: number,
  options: EmbeddedPostgresOptions,
): Promise<Record<string, string>> {
  const shared = process.platform === 'linux' ? await statfs('/dev/shm').catch(() => undefined) : undefined;
  // Containers give 64 MB of shared memory by default, too little for parallel queries: files serve instead.
  const small =
    process.platform === 'linux' &&
    (shared === undefined || shared.bavail * shared.bsize < 256 * 1024 * 1024);
  return {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    password_encryption: 'scram-sha-256',
    max_connections: '100',
    shared_buffers: '128MB',
    ...(small ? { dynamic_shared_memory_type: 'mmap' } : {}),
    max_wal_size: '512MB',
    // A first import fills empty tables: until they are analysed, plans are guesses and no count is index-only.
    autovacuum_naptime: '15s',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    ...(options.durable
      ? {}
      : { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', autovacuum: 'off' }),
    ...options.settings,
  };
}

/** The programs need no secret of ours, and PG* variables of the user's shell must not steer them. */
function programEnvironment(): NodeJS.ProcessEnv {
  const kept = ['PATH', 'HOME', 'TMPDIR', 'SystemRoot', 'LD_LIBRARY_PATH'];
  const entries = kept.flatMap((name) =>
    process.env[name] === undefined ? [] : [[name, process.env[name]]],
  );
  return { ...(Object.fromEntries(entries) as Record<string, string>), LC_ALL: 'C' };
}

async function run(
  program: string,
  parameters: string[],
  runAs: RunAs,
  cwd: string,
): Promise<{ code: number; text: string }> {
  const [command, ...rest] = [...runAs.wrapper, program, ...parameters];
  const child = spawn(command!, rest, {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: programEnvironment(),
    ...(runAs.wrapper.length === 0 ? runAs.account : {}),
  });
  let text = '';
  const collect = (chunk: Buffer): void => {
    text = (text + chunk.toString('utf8')).slice(-4_000);
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: -1, text: error.message }));
    child.once('close', (code) => resolve({ code: code ?? -1, text }));
  });
}

/** A port of 127.0.0.1 that is free now. Another program may take it before it is used: callers try again. */
async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('the operating system gave no port');
  return address.port;
}

async function limitLog(logFile: string): Promise<void> {
  await mkdir(path.dirname(logFile), { recursive: true });
  const size = await stat(logFile).then(
    (entry) => entry.size,
    () => 0,
  );
  if (size > LOG_LIMIT_BYTES) await truncate(logFile, 0);
}

async function lastLines(file: string, count: number): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.trimEnd().split('\n').slice(-count).join('\n');
}

function explainFailedStart(directory: string, logFile: string, log: string): EmbeddedPostgresError {
  const causes = log.split('\n').filter((line) => /FATAL|PANIC|Error:/.test(line));
  const cause = causes.at(-1)?.replace(/^.*?(FATAL|PANIC):\s*/, '') ?? 'it ended without a message';
  const damaged =
    /checksum|control file|checkpoint record|invalid data in|could not open file|incompatible with server/.test(
      log,
    );
  if (damaged) {
    return new EmbeddedPostgresError(
      'broken_folder',
      `the database in ${directory} is damaged: ${cause}`,
      `Restore the data folder from a backup, or set ATLAS_DATA_DIR to a new folder. Details: ${logFile}`,
    );
  }
  return new EmbeddedPostgresError(
    'start_failed',
    `PostgreSQL did not start: ${cause}`,
    `Check free disk space and memory. Details: ${logFile}`,
  );
}
