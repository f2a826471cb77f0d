import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';

import { runProgram } from './program.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const OTHER_PLACES = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Path of a browser that the tests can drive: `CHROMIUM_PATH`, else the first one found on this machine. */
export function findChromium(): string | undefined {
  const given = process.env['CHROMIUM_PATH'];
  if (given !== undefined && given !== '') return isExecutable(given) ? given : undefined;
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const candidates = [
    ...NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name))),
    ...OTHER_PLACES,
  ];
  return candidates.find(isExecutable);
}

/** Installs Debian's Chromium when this user may. @returns whether it tried and apt-get succeeded */
export async function installChromium(): Promise<boolean> {
  if (spawnSync('apt-get', ['--version']).status !== 0) return false;
  const root = process.getuid?.() === 0;
  if (!root && spawnSync('sudo', ['-n', 'true']).status !== 0) return false;
  const apt = root ? ['apt-get'] : ['sudo', '-n', 'apt-get'];
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  console.log('Installing Chromium for the browser tests (apt-get install chromium) …');
  const parameters = (...words: string[]): string[] => [...apt.slice(1), ...words];
  await runProgram(apt[0]!, parameters('update', '-q'), { env });
  const { code, text } = await runProgram(
    apt[0]!,
    parameters('install', '-y', '-q', '--no-install-recommends', 'chromium'),
    { env },
  );
  if (code !== 0) console.log(text.trim().split('\n').slice(-5).join('\n'));
  return code === 0;
}

export const HOW_TO_INSTALL =
  'The browser tests need Chromium or Google Chrome. Debian: apt-get install chromium. Others: install either and set CHROMIUM_PATH to its program. ATLAS_SKIP_E2E=1 leaves the browser tests out.';

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
