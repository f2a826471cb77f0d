// `npm run lock:complete` adds to package-lock.json what a registry that mirrors one system only leaves out: the
// optional packages for other systems. Without them `npm ci` calls the lockfile incomplete. With --check it only says
// whether any is missing. An added entry has no checksum; npm fills it in where the package is installed.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { projectRoot } from './lib/install.mjs';

/** @typedef {{ version?: string, dev?: boolean, optionalDependencies?: Record<string, string>, [key: string]: unknown }} Entry */

const SYSTEMS = {
  android: 'android',
  darwin: 'darwin',
  freebsd: 'freebsd',
  linux: 'linux',
  openharmony: 'openharmony',
  win32: 'win32',
  windows: 'win32',
};
const PROCESSORS = ['arm64', 'arm', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'x64', 'wasm32'];

/**
 * Optional dependencies that no entry of the lockfile answers, as [path, entry] pairs to add.
 *
 * @param {Record<string, Entry>} packages the lockfile's `packages`
 * @returns {[string, Entry][]}
 */
export function missingOptional(packages) {
  /** @type {Map<string, Entry>} */
  const missing = new Map();
  for (const [parent, entry] of Object.entries(packages)) {
    for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
      if (isAnswered(packages, parent, name)) continue;
      missing.set(`node_modules/${name}`, describe(name, range, entry.dev === true));
    }
  }
  return [...missing];
}

/**
 * Follows Node's search for a package from a folder upwards.
 *
 * @param {Record<string, Entry>} packages
 * @param {string} from
 * @param {string} name
 */
function isAnswered(packages, from, name) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    if (packages[`${folder === '' ? '' : `${folder}/`}node_modules/${name}`] !== undefined) return true;
    if (folder === '') return false;
    if (!folder.includes('/node_modules/')) folder = '';
  }
}

/**
 * @param {string} name
 * @param {string} range
 * @param {boolean} dev
 * @returns {Entry}
 */
function describe(name, range, dev) {
  const words = name.slice(name.lastIndexOf('/') + 1).split('-');
  const system = words
    .map((word) => SYSTEMS[/** @type {keyof typeof SYSTEMS} */ (word)])
    .find((found) => found !== undefined);
  const processor = words.find((word) => PROCESSORS.includes(word));
  const libc = words.some((word) => word.startsWith('musl'))
    ? 'musl'
    : words.some((word) => word.startsWith('gnu'))
      ? 'glibc'
      : undefined;
  return {
    version: range.replace(/^[\^~=v]+/, ''),
    ...(processor === undefined ? {} : { cpu: [processor] }),
    ...(dev ? { dev: true } : {}),
    ...(libc !== undefined && system === 'linux' ? { libc: [libc] } : {}),
    optional: true,
    ...(system === undefined ? {} : { os: [system] }),
  };
}

function main() {
  const file = path.join(projectRoot, 'package-lock.json');
  const lock = JSON.parse(readFileSync(file, 'utf8'));
  const missing = missingOptional(lock.packages);
  if (process.argv.includes('--check')) {
    if (missing.length === 0) return;
    console.error(
      `package-lock.json lacks ${missing.length} optional packages, among them ${missing[0]?.[0]}. Run: npm run lock:complete`,
    );
    process.exitCode = 1;
    return;
  }
  // npm keeps "packages" sorted by path, the project itself (the empty path) first.
  lock.packages = Object.fromEntries(
    [...Object.entries(lock.packages), ...missing].sort(([a], [b]) => a.localeCompare(b, 'en')),
  );
  writeFileSync(file, `${JSON.stringify(lock, undefined, 2)}\n`);
  console.log(`package-lock.json: ${missing.length} optional packages added`);
}

if (process.argv[1] !== undefined && path.resolve(process.argv[1]) === import.meta.filename) main();
