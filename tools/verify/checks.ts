import path from 'node:path';

import { projectRoot } from '../lib/install.mjs';
import { runProgram } from './program.ts';
import { type Tally, addTallies, noTests } from './tally.ts';

interface Check {
  readonly name: string;
  readonly parameters: readonly string[];
}

const bin = (name: string): string => path.join(projectRoot, 'node_modules', name);

/** Each runs under Node and says by its exit code whether all is well. */
const CHECKS: readonly Check[] = [
  { name: 'types: server, packages, tools', parameters: [bin('typescript/bin/tsc'), '-p', 'tsconfig.json'] },
  { name: 'types: web', parameters: [bin('typescript/bin/tsc'), '-p', 'apps/web/tsconfig.json'] },
  { name: 'lint', parameters: [bin('oxlint/bin/oxlint'), '--type-aware', '--deny-warnings'] },
  { name: 'format', parameters: [bin('oxfmt/bin/oxfmt'), '--check'] },
  { name: 'unused code and dependencies', parameters: [bin('knip/bin/knip.js'), '--no-progress'] },
  { name: 'lockfile complete', parameters: ['tools/complete-lock.mjs', '--check'] },
];

const AT_ONCE = 2;

/** Runs the checks that need no test runner; each counts as one test. */
export async function runChecks(): Promise<Tally> {
  const waiting = [...CHECKS];
  const tallies: Tally[] = [];
  const lane = async (): Promise<void> => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift())
      tallies.push(await runCheck(check));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return addTallies(...tallies);
}

async function runCheck(check: Check): Promise<Tally> {
  const started = performance.now();
  const { code, text } = await runProgram(process.execPath, check.parameters);
  const time = `${((performance.now() - started) / 1_000).toFixed(1)} s`;
  console.log(`${code === 0 ? '✓' : '✗'} ${check.name} (${time})`);
  if (code === 0) return { ...noTests, passed: 1 };
  console.log(text.trimEnd().replaceAll(/^/gm, '    '));
  return { ...noTests, failed: 1 };
}
