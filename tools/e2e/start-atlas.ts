import { spawn } from 'node:child_process';

import { projectRoot } from '../lib/install.mjs';

export interface RunningAtlas {
  /** Origin, without a trailing slash. */
  readonly url: string;
  readonly demo?: { readonly email: string; readonly password: string };
  /** What the start has printed so far. */
  output(): string;
  stop(): Promise<void>;
}

const PATIENCE_MS = 150_000;

/**
 * Runs `npm start` in this project on a data folder of its own and any free port.
 *
 * @throws Error with everything it printed, when it ends or is not ready within 150 s
 */
export async function startAtlas(options: {
  dataFolder: string;
  env?: NodeJS.ProcessEnv;
}): Promise<RunningAtlas> {
  // NODE_ENV=test of the test runner is not what a user has.
  const { NODE_ENV: _testRunner, ...env } = process.env;
  const child = spawn(process.execPath, ['tools/start.mjs'], {
    cwd: projectRoot,
    env: { ...env, ATLAS_PORT: '0', ATLAS_DATA_DIR: options.dataFolder, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await exited;
  };
  let text = '';
  const ready = new Promise<void>((resolve, reject) => {
    const collect = (chunk: Buffer): void => {
      text += chunk.toString('utf8');
      if (text.includes('Ctrl-C stops it')) resolve();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('close', () => reject(new Error(`CloudAtlas ended before it was ready:\n${text}`)));
    setTimeout(() => reject(new Error(`CloudAtlas was not ready in time:\n${text}`)), PATIENCE_MS).unref();
  });
  try {
    await ready;
  } catch (error) {
    await stop();
    throw error;
  }
  const url = /ready:\s+(\S+)/.exec(text)?.[1] ?? '';
  const demo = /sign-in:\s+(\S+)\s+\/\s+(\S+)/.exec(text);
  return {
    url: url.replace(/\/$/, ''),
    output: () => text,
    stop,
    ...(demo === null ? {} : { demo: { email: demo[1]!, password: demo[2]! } }),
  };
}
