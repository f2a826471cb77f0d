// `npm run bench [-- NAME...]`: runs bench/NAME/run.ts, or all of them, one after the other.
import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import path from 'node:path';

import { Failure, fail } from './lib/failure.mjs';
import { projectRoot } from './lib/install.mjs';

async function main(): Promise<number> {
  const known = globSync('bench/*/run.ts', { cwd: projectRoot })
    .map((file) => path.basename(path.dirname(file)))
    .toSorted();
  const names = process.argv.slice(2).length > 0 ? process.argv.slice(2) : known;
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new Failure(`there is no benchmark ${unknown}`, `There are: ${known.join(', ') || 'none'}.`);
  let failed = 0;
  for (const name of names) {
    console.log(`── ${name} ──`);
    const child = spawn(process.execPath, [`bench/${name}/run.ts`], { cwd: projectRoot, stdio: 'inherit' });
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', resolve);
    });
    if (code !== 0) failed += 1;
  }
  console.log(`${names.length - failed} benchmarks ran, ${failed} failed`);
  return failed === 0 && names.length > 0 ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  fail(error, 'The benchmark could not run');
}
