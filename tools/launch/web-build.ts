import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';

import { Failure } from '../lib/failure.mjs';

/** Strongest by default. */
const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

const STAMP = '.build-stamp';
const SOURCES = [
  'apps/web/src',
  'apps/web/public',
  'apps/web/index.html',
  'apps/web/vite.config.ts',
  'apps/web/package.json',
  'packages/contracts/src',
  'packages/api-client/src',
  'package-lock.json',
];

/** Whether the built web app was made from other sources than the present ones. Also true when there is no build. */
export async function webIsStale(root: string): Promise<boolean> {
  if (!existsSync(path.join(root, 'apps/web/vite.config.ts'))) return false;
  const stamp = await readFile(path.join(root, 'apps/web/dist', STAMP), 'utf8').catch(() => '');
  return stamp !== (await hashSources(root));
}

/**
 * Builds the web app into apps/web/dist. The finished build replaces the old one in one step: a server that runs keeps
 * serving whole files, and a killed build leaves the old one.
 *
 * @throws Failure with the end of the builder's output
 */
export async function buildWeb(root: string): Promise<void> {
  const web = path.join(root, 'apps/web');
  const hash = await hashSources(root);
  const draft = `dist.new-${process.pid}`;
  for (const left of await readdir(web))
    if (/^dist\.(new|old)-/.test(left)) await rm(path.join(web, left), { recursive: true, force: true });
  const vite = path.join(root, 'node_modules/vite/bin/vite.js');
  const child = spawn(
    process.execPath,
    [vite, 'build', '--outDir', draft, '--emptyOutDir', '--logLevel', 'warn'],
    {
      cwd: web,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_ENV: 'production' },
    },
  );
  let text = '';
  const collect = (chunk: Buffer): void => {
    text = (text + chunk.toString('utf8')).slice(-4_000);
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const end = (): void => void child.kill('SIGKILL');
  process.once('exit', end);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  process.off('exit', end);
  if (code !== 0) {
    await rm(path.join(web, draft), { recursive: true, force: true });
    throw new Failure(
      'the web app could not be built',
      `What the builder said last:\n  ${text.trim().split('\n').slice(-15).join('\n  ')}`,
    );
  }
  await mkdir(path.join(web, draft), { recursive: true });
  await compressFiles(path.join(web, draft));
  await writeFile(path.join(web, draft, STAMP), hash);
  const old = path.join(web, `dist.old-${process.pid}`);
  await rename(path.join(web, 'dist'), old).catch(() => undefined);
  await rename(path.join(web, draft), path.join(web, 'dist'));
  await rm(old, { recursive: true, force: true });
}

const COMPRESSIBLE = /\.(?:js|css|svg|html|json|webmanifest)$/;

/**
 * Puts a Brotli and a gzip copy beside each text file, at the strength that is too slow for a running server: it sends
 * these copies as they are.
 */
async function compressFiles(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && COMPRESSIBLE.test(entry.name));
  await Promise.all(
    files.map(async (entry) => {
      const file = path.join(entry.parentPath, entry.name);
      const bytes = await readFile(file);
      if (bytes.length < 1024) return;
      await writeFile(`${file}.br`, await brotli(bytes));
      await writeFile(`${file}.gz`, await gzipped(bytes, { level: 9 }));
    }),
  );
}

async function hashSources(root: string): Promise<string> {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    const top = path.join(root, source);
    const files = await readdir(top, { recursive: true, withFileTypes: true }).then(
      (entries) =>
        entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name)),
      () => [top],
    );
    // Tests are no part of the build.
    for (const file of files.filter((name) => !/\.test\.tsx?$/.test(name)).toSorted()) {
      hash.update(`${path.relative(root, file)}\0`);
      hash.update(await readFile(file).catch(() => ''));
    }
  }
  return hash.digest('hex');
}
