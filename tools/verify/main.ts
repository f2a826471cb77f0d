import { globSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { projectRoot } from '../lib/install.mjs';
import { buildWeb, webIsStale } from '../launch/web-build.ts';
import { runChecks } from './checks.ts';
import { HOW_TO_INSTALL, findChromium, installChromium } from './chromium.ts';
import { endPrograms, runProgram } from './program.ts';
import { type Tally, addTallies, isGood, noTests, readTally, summaryLine } from './tally.ts';

const PHASES = ['check', 'unit', 'db', 'e2e'] as const;
/** Run only when named: they need programs that are not part of a plain machine. */
const EXTRA_PHASES = ['interop'] as const;
type Phase = (typeof PHASES)[number] | (typeof EXTRA_PHASES)[number];

const ONE_FAILED: Readonly<Tally> = { ...noTests, failed: 1 };

/** Tests that a missing folder or a renamed suffix would silence are counted: a phase without tests is a failure. */
async function runVitest(
  name: string,
  parameters: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Tally> {
  const folder = await mkdtemp(path.join(tmpdir(), 'cloudatlas-report-'));
  try {
    const report = path.join(folder, 'report.json');
    const vitest = path.join(projectRoot, 'node_modules/vitest/vitest.mjs');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    // Once more for a test that a busy machine made late; the reporter names each one that needed it.
    const words = [vitest, 'run', '--retry=1', ...parameters, ...reporters];
    const { code } = await runProgram(process.execPath, words, {
      show: true,
      env,
    });
    const tally = await readTally(report, code);
    if (tally.passed + tally.failed + tally.skipped > 0) return tally;
    console.log(`✗ ${name}: no test was found`);
    return ONE_FAILED;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function runBrowserTests(): Promise<Tally> {
  const files = globSync('apps/web/test/e2e/**/*.e2e.ts', { cwd: projectRoot });
  if (process.env['ATLAS_SKIP_E2E'] === '1') {
    console.log('- browser tests left out (ATLAS_SKIP_E2E=1)');
    return { ...noTests, skipped: Math.max(1, files.length) };
  }
  const browser = findChromium() ?? ((await installChromium()) ? findChromium() : undefined);
  if (browser === undefined) {
    console.log(`✗ browser tests: no browser. ${HOW_TO_INSTALL}`);
    return { ...noTests, failed: Math.max(1, files.length) };
  }
  if (await webIsStale(projectRoot)) await buildWeb(projectRoot);
  return runVitest('browser tests', ['--config', 'vitest.e2e.config.ts'], { CHROMIUM_PATH: browser });
}

async function runPhase(phase: Phase): Promise<Tally> {
  console.log(`\n── ${phase} ──`);
  switch (phase) {
    case 'check':
      return runChecks();
    case 'unit':
      return runVitest('unit tests', ['--project', 'unit', '--project', 'web']);
    case 'db':
      return runVitest('database tests', ['--project', 'db']);
    case 'e2e':
      return runBrowserTests();
    case 'interop':
      return runVitest('interoperation tests', ['--project', 'interop']);
  }
}

/** Reads `--only a,b` (repeatable). @throws Error naming a word that is no phase */
function readPhases(parameters: readonly string[]): readonly Phase[] {
  const words = parameters.flatMap((parameter, index) => {
    if (parameter === '--only') return [];
    if (parameter.startsWith('--only=')) return parameter.slice(7).split(',');
    return parameters[index - 1] === '--only' ? parameter.split(',') : [parameter];
  });
  if (words.length === 0) return PHASES;
  const known = [...PHASES, ...EXTRA_PHASES];
  return words.map((word) => {
    const phase = known.find((name) => name === word);
    if (phase === undefined)
      throw new Error(`${word} is no phase. Usage: npm test -- --only ${known.join('|')}`);
    return phase;
  });
}

async function main(): Promise<Tally> {
  const started = performance.now();
  let total = { ...noTests };
  for (const phase of readPhases(process.argv.slice(2))) {
    const tally = await runPhase(phase).catch((error: unknown) => {
      console.error(error);
      return ONE_FAILED;
    });
    console.log(`${phase}: ${summaryLine(tally)}`);
    total = addTallies(total, tally);
  }
  console.log(`\n${Math.round((performance.now() - started) / 1_000)} s`);
  return total;
}

const interrupt = (): void => {
  endPrograms();
  process.exit(130);
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const) process.on(signal, interrupt);

try {
  const total = await main();
  console.log(summaryLine(total));
  process.off('disconnect', interrupt);
  process.exit(isGood(total) ? 0 : 1);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.log(summaryLine(ONE_FAILED));
  process.exit(1);
}
