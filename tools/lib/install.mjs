import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { Failure } from './failure.mjs';
import { withProgress } from './progress.mjs';

/** The project's root folder. */
export const projectRoot = path.resolve(
  import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname),
  '..',
  '..',
);

const STAMP = '.cloudatlas-lock';
const OFFLINE =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ERR_SOCKET_TIMEOUT|FETCH_ERROR|network)\b/i;

/**
 * Installs the packages from the lockfile when node_modules is missing or was made from another lockfile.
 *
 * @param {string} root
 * @returns {Promise<boolean>} whether anything was installed
 * @throws {Failure} when npm or its registry fails
 */
export async function ensureInstalled(root) {
  const lock = readText(path.join(root, 'package-lock.json'));
  if (lock === undefined) {
    throw new Failure(
      'package-lock.json is missing',
      'Get a complete copy of the project: the lockfile is part of it.',
    );
  }
  const hash = createHash('sha256').update(lock).digest('hex');
  const stamp = path.join(root, 'node_modules', STAMP);
  if (readText(stamp) === hash) return false;
  if (!matchesLock(root, lock)) {
    await withProgress('Installing the packages (once; a few minutes on a slow connection)', () =>
      install(root),
    );
    writeFileSync(stamp, hash);
    return true;
  }
  writeFileSync(stamp, hash);
  return false;
}

/**
 * The program that runs the TypeScript sources: Node 24 from the packages, or this one when it is new enough.
 *
 * @param {string} root
 * @returns {string}
 * @throws {Failure} when neither works
 */
export function nodeProgram(root) {
  const pinned = path.join(
    root,
    'node_modules',
    'node',
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  if (existsSync(pinned) && spawnSync(pinned, ['--version'], { encoding: 'utf8' }).stdout?.startsWith('v24.'))
    return pinned;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  throw new Failure(
    `Node 24 is not usable here: npm did not install it (this is Node ${process.versions.node})`,
    'Run "npm rebuild node" (install scripts must be allowed), or install Node 24 from https://nodejs.org.',
  );
}

/**
 * Whether npm's own record of node_modules lists what the lockfile asks for, at the same versions. Packages for other
 * systems are in the lockfile only.
 *
 * @param {string} root
 * @param {string} lockText
 */
function matchesLock(root, lockText) {
  const recordText = readText(path.join(root, 'node_modules', '.package-lock.json'));
  if (recordText === undefined) return false;
  try {
    const wanted = JSON.parse(lockText).packages;
    const present = JSON.parse(recordText).packages;
    return Object.entries(wanted).every(([name, entry]) => {
      if (!name.startsWith('node_modules/') && !name.includes('/node_modules/')) return true;
      const found = present[name];
      return found === undefined
        ? entry.optional === true || entry.link === true || entry.peer === true
        : found.version === entry.version &&
            (entry.integrity === undefined || found.integrity === entry.integrity);
    });
  } catch {
    return false;
  }
}

/** @param {string} root */
async function install(root) {
  // `npm start` names its own program here; the one on PATH serves when the file is run directly.
  const npm = process.env['npm_execpath'];
  const useOwn = npm !== undefined && /npm-cli\.[cm]?js$/.test(npm);
  const command = useOwn ? process.execPath : process.platform === 'win32' ? 'npm.cmd' : 'npm';
  // --include=dev: NODE_ENV=production would leave out what builds the web app.
  const parameters = [
    ...(useOwn ? [npm] : []),
    'ci',
    '--include=dev',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
    '--fetch-retries=1',
    '--fetch-timeout=60000',
  ];
  const { code, text } = await run(command, parameters, root);
  if (code === 0) return;
  if (code === 'ENOENT')
    throw new Failure('npm was not found', 'Install Node with npm from https://nodejs.org.');
  const said = text.split('\n').filter((line) => /^npm (error|ERR!) (?!code |A complete log)\S/.test(line));
  const log = said.slice(0, 6).join('\n  ');
  if (OFFLINE.test(text)) {
    const registry = /https?:\/\/[^\s/'"]+/.exec(text)?.[0];
    throw new Failure(
      `the package registry ${registry === undefined ? '' : `${registry} `}cannot be reached, so the packages could not be installed`,
      'Check the network and the proxy settings (npm config get registry, HTTPS_PROXY), then run npm start again.',
    );
  }
  if (/\bENOSPC\b/.test(text))
    throw new Failure(
      'the disk is full: the packages could not be installed',
      'Free about 1 GB and run npm start again.',
    );
  if (/\b(EACCES|EPERM|EROFS)\b/.test(text)) {
    throw new Failure(
      `npm may not write into ${path.join(root, 'node_modules')}`,
      'Give the project folder to this user (chown -R), then run npm start again.',
    );
  }
  throw new Failure(
    `the packages could not be installed (npm ci ended with ${code})`,
    `What npm said:\n  ${log}`,
  );
}

/**
 * @param {string} command
 * @param {string[]} parameters
 * @param {string} cwd
 * @returns {Promise<{ code: number | string | null, text: string }>}
 */
function run(command, parameters, cwd) {
  const child = spawn(command, parameters, {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  let text = '';
  const collect = (/** @type {Buffer} */ chunk) => {
    text = (text + chunk.toString('utf8')).slice(-20_000);
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const interrupt = () => {
    child.kill('SIGTERM');
    process.exit(130);
  };
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  return new Promise((resolve) => {
    child.once('error', (/** @type {NodeJS.ErrnoException} */ error) =>
      resolve({ code: error.code ?? -1, text: error.message }),
    );
    child.once('close', (code) => {
      process.off('SIGINT', interrupt);
      process.off('SIGTERM', interrupt);
      resolve({ code, text });
    });
  });
}

/** @param {string} file */
function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
