/** The first load stays small, and the page keeps to a strict content security policy. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));
/** As browsers get it: the build leaves Brotli copies beside the files, and the server sends those. */
const limit = 200 * 1024;

interface Chunk {
  file: string;
  isEntry?: boolean;
  imports?: string[];
  dynamicImports?: string[];
}

// Built by `npm start` and before `npm test`; a checkout that was never built has nothing to measure.
test.skipIf(!existsSync(dist))('every page loads at most 200 KB of compressed JavaScript at first', () => {
  const manifest = JSON.parse(readFileSync(`${dist}.vite/manifest.json`, 'utf8')) as Record<string, Chunk>;
  const entry = Object.keys(manifest).find((key) => manifest[key]?.isEntry === true) ?? '';
  const closure = (key: string, seen: Set<string>): Set<string> => {
    if (seen.has(key)) return seen;
    seen.add(key);
    for (const next of manifest[key]?.imports ?? []) closure(next, seen);
    return seen;
  };
  const sizes = new Map<string, number>();
  const sizeOf = (key: string): number => {
    const file = manifest[key]?.file ?? '';
    if (!file.endsWith('.js')) return 0;
    const known = sizes.get(file) ?? brotliCompressSync(readFileSync(dist + file)).length;
    sizes.set(file, known);
    return known;
  };
  // Most pages come inside the shell, and the settings pages inside their frame too: counted with every one.
  const base = closure(entry, new Set());
  for (const frame of ['shell', 'settings-layout']) closure(`src/app/shell/${frame}.tsx`, base);
  const pages = Object.keys(manifest).filter((key) => /^src\/features\/.*\/pages\//.test(key));
  expect(pages.length).toBeGreaterThan(15);
  for (const page of pages) {
    const total = [...closure(page, new Set(base))].reduce((sum, key) => sum + sizeOf(key), 0);
    expect(total, page).toBeLessThanOrEqual(limit);
  }
});

test.skipIf(!existsSync(dist))('the page has neither inline scripts nor inline styles', () => {
  const html = readFileSync(`${dist}index.html`, 'utf8');
  expect(html).not.toMatch(/<script(?![^>]*\bsrc=)/);
  expect(html).not.toMatch(/<style|\sstyle=|\son\w+=/);
});
