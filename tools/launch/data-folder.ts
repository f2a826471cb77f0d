import { constants } from 'node:fs';
import { access, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { Failure } from '../lib/failure.mjs';

/**
 * Makes the data folder usable: it exists, is a folder, and this user may write into it.
 *
 * @throws Failure saying what is wrong with it
 */
export async function prepareDataFolder(folder: string): Promise<void> {
  const choose = 'Correct it, or choose another folder with ATLAS_DATA_DIR.';
  try {
    await mkdir(folder, { recursive: true, mode: 0o755 });
    const entry = await stat(folder);
    if (!entry.isDirectory()) throw new Failure(`the data folder ${folder} is a file`, choose);
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    // A read-only file system, which access() does not show to root.
    const probe = path.join(folder, `.write-test-${process.pid}`);
    await writeFile(probe, '');
    await rm(probe);
  } catch (error) {
    if (error instanceof Failure) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    switch (code) {
      case 'EEXIST':
      case 'ENOTDIR':
        throw new Failure(`the data folder ${folder} is a file, or lies below one`, choose);
      case 'EACCES':
      case 'EPERM':
        throw new Failure(
          `the data folder ${folder} is not writable for this user`,
          `Give it to this user (chown -R), or choose another folder with ATLAS_DATA_DIR.`,
        );
      case 'EROFS':
        throw new Failure(`the data folder ${folder} is on a read-only file system`, choose);
      case 'ENOSPC':
        throw new Failure(
          `the disk of the data folder ${folder} is full`,
          'Free some space and start again.',
        );
      default:
        throw new Failure(`the data folder ${folder} cannot be used (${code ?? String(error)})`, choose);
    }
  }
}

interface Holder {
  pid: number;
  /** Tells two processes apart that had the same id one after the other. */
  started: string;
  stopping: boolean;
}

/** A start that has the data folder to itself. */
export interface FolderLock {
  /** Tells a start that waits for the folder that this one is about to end. */
  announceStop(): Promise<void>;
  release(): Promise<void>;
}

const LOCK_FILE = 'launcher.json';
const NOTICE_MS = 3_000;
const STOP_MS = 30_000;

/**
 * Takes the data folder for this process. Two servers on one embedded database would fight for it.
 *
 * A holder that is stopping is waited for; one that was killed counts for nothing. A holder whose own parent was just
 * killed needs a moment to notice, so any holder gets three seconds to start stopping.
 *
 * @throws Failure when another start keeps the folder
 */
export async function lockDataFolder(folder: string): Promise<FolderLock> {
  const file = path.join(folder, LOCK_FILE);
  const self: Holder = { pid: process.pid, started: await startOf(process.pid), stopping: false };
  const begin = Date.now();
  for (;;) {
    try {
      await writeFile(file, JSON.stringify(self), { flag: 'wx', mode: 0o600 });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = await readHolder(file);
    if (holder === undefined || (await startOf(holder.pid)) !== holder.started) {
      await rm(file, { force: true });
      continue;
    }
    if (Date.now() - begin > (holder.stopping ? STOP_MS : NOTICE_MS)) {
      throw new Failure(
        `CloudAtlas already runs with the data folder ${folder} (process ${holder.pid})`,
        'Stop it first (Ctrl-C in its terminal), or choose another folder with ATLAS_DATA_DIR and another port with ATLAS_PORT.',
      );
    }
    await delay(100);
  }
  return {
    announceStop: () => writeFile(file, JSON.stringify({ ...self, stopping: true })),
    release: () => rm(file, { force: true }),
  };
}

/** The process id of the start that has the data folder now; `undefined` when none has. */
export async function readLockHolder(folder: string): Promise<number | undefined> {
  const holder = await readHolder(path.join(folder, LOCK_FILE));
  return holder !== undefined && (await startOf(holder.pid)) === holder.started ? holder.pid : undefined;
}

async function readHolder(file: string): Promise<Holder | undefined> {
  const read = async (): Promise<Holder | undefined> => {
    const text = await readFile(file, 'utf8').catch(() => '');
    try {
      const holder = JSON.parse(text) as Partial<Holder>;
      return typeof holder.pid === 'number'
        ? { pid: holder.pid, started: String(holder.started), stopping: holder.stopping === true }
        : undefined;
    } catch {
      return undefined;
    }
  };
  const holder = await read();
  if (holder !== undefined) return holder;
  // It may be written just now.
  await delay(200);
  return read();
}

/** A text that differs for two processes with the same id; empty when there is no such process. */
async function startOf(pid: number): Promise<string> {
  if (process.platform === 'linux') {
    const line = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    // Field 3 is the state, field 22 the start in clock ticks since boot; the name in field 2 may hold spaces (proc(5)).
    const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields.length < 20 ? '' : fields[19]!;
  }
  try {
    process.kill(pid, 0);
    return 'alive';
  } catch {
    return '';
  }
}
