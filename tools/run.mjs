// Runs a TypeScript program of this project under Node 24 in the same terminal: node tools/run.mjs FILE [ARGUMENT...]
import { spawn } from 'node:child_process';
import path from 'node:path';

import { fail } from './lib/failure.mjs';
import { ensureInstalled, nodeProgram, projectRoot } from './lib/install.mjs';

try {
  await ensureInstalled(projectRoot);
  const [program = '', ...parameters] = process.argv.slice(2);
  const child = spawn(nodeProgram(projectRoot), [path.join(projectRoot, program), ...parameters], {
    stdio: 'inherit',
  });
  // The terminal sends Ctrl-C to the program too, which decides what it means.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.on('SIGHUP', () => child.kill('SIGHUP'));
  process.exitCode = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
} catch (error) {
  fail(error, 'The command could not run');
}
