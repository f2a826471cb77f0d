import { execFile } from 'node:child_process';
import { readFile, readlink, realpath, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

/** What a running server writes into `postmaster.pid` (PostgreSQL source: src/include/utils/pidfile.h). */
export interface PostmasterFile {
  readonly pid: number;
  readonly port: number;
  readonly status: string;
}

/** Reads `postmaster.pid` of a cluster; `undefined` when there is none or it is not yet complete. */
export async function readPostmasterFile(directory: string): Promise<PostmasterFile | undefined> {
  const text = await readFile(path.join(directory, 'postmaster.pid'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const lines = text.split('\n').map((line) => line.trim());
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 1) return undefined;
  return { pid, port: Number(lines[3]), status: lines[7] ?? '' };
}

/**
 * Ends a server that an earlier, killed run left behind, and removes the lock file of one that is gone.
 *
 * The process id alone proves nothing (after a restart of a container it is soon another process's), so the process
 * must also have this folder as its working directory, which every postmaster has.
 */
export async function endOrphan(directory: string): Promise<'none' | 'stopped' | 'removed'> {
  const file = await readPostmasterFile(directory);
  if (file === undefined) return 'none';
  if (!(await isPostmasterOf(file.pid, directory))) {
    await rm(path.join(directory, 'postmaster.pid'), { force: true });
    return 'removed';
  }
  await endProcess(file.pid, () => isPostmasterOf(file.pid, directory));
  return 'stopped';
}

/** Fast shutdown (SIGINT), after 20 s immediate (SIGQUIT), after 5 more SIGKILL. Returns when the server is gone. */
export async function endProcess(pid: number, isAlive: () => Promise<boolean>): Promise<void> {
  for (const [signal, patience] of [
    ['SIGINT', 20_000],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 5_000],
  ] as const) {
    if (!sendSignal(pid, signal)) return;
    const deadline = Date.now() + patience;
    while (Date.now() < deadline) {
      if (!(await isAlive())) return;
      await delay(20);
    }
  }
}

/** Sends a signal; false when the process is gone already. */
export function sendSignal(pid: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}

async function isPostmasterOf(pid: number, directory: string): Promise<boolean> {
  const folder = await realpath(directory).catch(() => directory);
  if (process.platform === 'linux') return (await readlink(`/proc/${pid}/cwd`).catch(() => '')) === folder;
  const command = await promisify(execFile)('ps', ['-o', 'command=', '-p', String(pid)]).catch(() => ({
    stdout: '',
  }));
  return (
    command.stdout.includes('postgres') &&
    (command.stdout.includes(directory) || command.stdout.includes(folder))
  );
}
