// `npm test`: every check and test, ending in one line `N passed, N failed`. Works on any Node >= 20.
import { fail } from './lib/failure.mjs';
import { ensureInstalled, nodeProgram, projectRoot } from './lib/install.mjs';
import { supervise } from './lib/supervise.mjs';

try {
  await ensureInstalled(projectRoot);
  process.exitCode = await supervise(nodeProgram(projectRoot), 'tools/verify/main.ts', process.argv.slice(2));
} catch (error) {
  fail(error, 'The tests could not run');
  console.log('0 passed, 1 failed');
}
