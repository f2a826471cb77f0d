import { spawn } from 'node:child_process';

import { projectRoot } from '../lib/install.mjs';

/** What a finished program left. */
export interface Outcome {
  /** null: a signal ended it. */
  readonly code: number | null;
  /** Both outputs, in order; empty when they went to the terminal. */
  readonly text: string;
}

const running = new Set<() => void>();

/** Ends every program that still runs; for the end of this process. */
export function endPrograms(): void {
  for (const end of running) end();
}

/**
 * Runs a program in the project's root.
 *
 * @param options.show true: its output goes to the terminal as it comes
 */
export function runProgram(
  command: string,
  parameters: readonly string[],
  options: { show?: boolean; env?: NodeJS.ProcessEnv } = {},
): Promise<Outcome> {
  const child = spawn(command, parameters, {
    cwd: projectRoot,
    stdio: options.show === true ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...options.env },
  });
  const end = (): void => void child.kill('SIGTERM');
  running.add(end);
  let text = '';
  const collect = (chunk: Buffer): void => {
    text += chunk.toString('utf8');
  };
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  return new Promise((resolve) => {
    const finish = (outcome: Outcome): void => {
      running.delete(end);
      resolve(outcome);
    };
    child.once('error', (error) => finish({ code: -1, text: error.message }));
    child.once('close', (code) => finish({ code, text }));
  });
}
