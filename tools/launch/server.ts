import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, fstatSync, mkdirSync, openSync, readFileSync, statSync, truncateSync } from 'node:fs';
import path from 'node:path';

import { Failure } from '../lib/failure.mjs';
import { SERVER_ENVIRONMENT, SERVER_NODE_OPTIONS } from './limits.ts';

/** What the server says over its channel. */
export type ServerMessage =
  | { type: 'progress'; text: string }
  | { type: 'fatal'; message: string }
  | { type: 'ready'; url: string; demo?: { email: string; password: string } | null };

export interface ServerProcess {
  /** Resolves when the server answers requests; rejects with a Failure when it gives up before. */
  readonly ready: Promise<Extract<ServerMessage, { type: 'ready' }>>;
  /** Resolves with the exit code (null when a signal ended it), at any time. */
  readonly exited: Promise<number | null>;
  /** Asks it to drain and end; it is ended by force after `patienceMs`. */
  stop(patienceMs: number): Promise<void>;
  /** Ends it at once. */
  kill(): void;
}

const LOG_LIMIT_BYTES = 20 * 1024 * 1024;

/**
 * Starts the server.
 *
 * @param options.logFile where its log goes; absent: to this process's standard error
 * @param options.onProgress called with each step of its start
 */
export function startServer(options: {
  root: string;
  parameters: readonly string[];
  env: NodeJS.ProcessEnv;
  logFile?: string;
  onProgress: (text: string) => void;
}): ServerProcess {
  const log = options.logFile === undefined ? 'inherit' : openLog(options.logFile);
  // What an earlier run wrote is not about this one.
  const logStart = typeof log === 'number' ? fstatSync(log).size : 0;
  const program = [...SERVER_NODE_OPTIONS, 'apps/server/src/main.ts', ...options.parameters];
  const child = spawn(process.execPath, program, {
    cwd: options.root,
    env: { ...SERVER_ENVIRONMENT, ...options.env },
    // A session of its own: Ctrl-C in the terminal reaches the launcher, which decides the order in which things end.
    detached: process.platform !== 'win32',
    stdio: ['ignore', log, log, 'ipc'],
  });
  if (typeof log === 'number') closeSync(log);
  const exited = new Promise<number | null>((resolve) => {
    child.once('exit', resolve);
    child.once('error', () => resolve(null));
  });
  return {
    ready: waitUntilReady(child, { ...options, logStart }),
    exited,
    stop: (patienceMs) => stop(child, exited, patienceMs),
    kill: () => void child.kill('SIGKILL'),
  };
}

function waitUntilReady(
  child: ChildProcess,
  options: { logFile?: string; logStart: number; onProgress: (text: string) => void },
): ServerProcess['ready'] {
  return new Promise((resolve, reject) => {
    let fatal: string | undefined;
    child.on('message', (value) => {
      const message = value as ServerMessage;
      if (message.type === 'progress') options.onProgress(message.text);
      if (message.type === 'ready') resolve(message);
      if (message.type === 'fatal') fatal = message.message;
    });
    child.once('error', (error) =>
      reject(new Failure(`the server could not be started: ${error.message}`, 'Run npm ci and try again.')),
    );
    child.once('close', (code, signal) => {
      const where =
        options.logFile === undefined
          ? 'Its log is above.'
          : `Its log: ${options.logFile}${lastErrors(options.logFile, options.logStart)}`;
      reject(
        fatal === undefined
          ? new Failure(`the server ended before it was ready (${signal ?? `exit code ${code}`})`, where)
          : new Failure(fatal.replace(/\.\s*$/, ''), where),
      );
    });
  });
}

async function stop(child: ChildProcess, exited: Promise<number | null>, patienceMs: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const force = setTimeout(() => child.kill('SIGKILL'), patienceMs);
  child.kill('SIGTERM');
  await exited;
  clearTimeout(force);
}

function openLog(file: string): number {
  mkdirSync(path.dirname(file), { recursive: true });
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_LIMIT_BYTES) truncateSync(file, 0);
  return openSync(file, 'a', 0o600);
}

/** The last errors of a log of JSON lines (pino) with plain text between them, one line each, for people. */
function lastErrors(file: string, from: number): string {
  const lines = readFileSync(file)
    .subarray(from)
    .toString('utf8')
    .slice(-32_000)
    .trimEnd()
    .split('\n')
    .slice(-80);
  const messages = lines.flatMap((line) => {
    try {
      const entry = JSON.parse(line) as { level?: string | number; msg?: string; err?: { message?: string } };
      const failed = ['error', 'fatal', 50, 60].includes(entry.level ?? '');
      return failed ? [[entry.msg, entry.err?.message].filter(Boolean).join(': ')] : [];
    } catch {
      return /^(\w*Error\b|Error:)/.test(line) ? [line] : [];
    }
  });
  return messages
    .slice(-3)
    .map((message) => `\n  ${message}`)
    .join('');
}
