import { spawn } from 'node:child_process';

import { projectRoot } from './install.mjs';

const PARENT_CHECK_MS = 1_000;

/**
 * Runs a TypeScript program of this project under Node 24 and passes signals on to it.
 *
 * The program gets a session of its own, so that a Ctrl-C in the terminal reaches it once, through here, and an IPC
 * channel, whose end tells it that this process was killed.
 *
 * @param {string} node path of Node 24
 * @param {string} program path relative to the project's root
 * @param {readonly string[]} parameters
 * @returns {Promise<number>} exit code
 */
export function supervise(node, program, parameters) {
  const child = spawn(node, [program, ...parameters], {
    cwd: projectRoot,
    detached: process.platform !== 'win32',
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  const watch = watchParent(() => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      clearInterval(watch);
      resolve(code ?? 1);
    });
  });
}

/**
 * npm passes SIGINT and SIGTERM on, but when npm itself is killed nobody tells: its child gets another parent then. A
 * program started without npm may outlive its parent on purpose (nohup).
 *
 * @param {() => void} orphaned
 */
function watchParent(orphaned) {
  if (process.env['npm_lifecycle_event'] === undefined) return undefined;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    orphaned();
  }, PARENT_CHECK_MS);
  timer.unref();
  return timer;
}
