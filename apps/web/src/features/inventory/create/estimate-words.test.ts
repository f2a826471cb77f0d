import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { lineOf, noteKey } from './estimate-words.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const cloud = here('../../../../../../packages/cloud/src');

/** The texts between `assumptions` and the end of the plan, for every form of every provider. */
function notesOfAdapters(): string[] {
  const files = readdirSync(cloud, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /^\w+[/\\]create[/\\].*\.ts$/.test(file),
  );
  return files.flatMap((file) => {
    const source = readFileSync(join(cloud, file), 'utf8');
    return [...source.matchAll(/assumptions/g)].flatMap(({ index }) => {
      const rest = source.slice(index, index + 900);
      const end = rest.indexOf('\n  }');
      const plan = end === -1 ? rest : rest.slice(0, end);
      return [...plan.matchAll(/'((?:[^'\\]|\\.)+\.)'/g)].map(([, text = '']) => text);
    });
  });
}

test.each(['en', 'pt-BR'])('what a price leaves out has words in %s', (language) => {
  const { estimate } = JSON.parse(readFileSync(here(`../../../i18n/${language}/inventory.json`), 'utf8')) as {
    estimate: { note: Record<string, string> };
  };
  const notes = [...new Set(notesOfAdapters())];
  expect(notes.length).toBeGreaterThan(15);
  expect(notes.filter((text) => estimate.note[noteKey(text)] === undefined)).toEqual([]);
});

test('parts are known by the beginning of their names', () => {
  expect(lineOf('Disk pd-balanced')).toEqual({ key: 'disk', name: 'pd-balanced' });
  expect(lineOf('Public IP address')).toEqual({ key: 'publicAddress', name: '' });
  expect(lineOf('n2-standard-4 (Linux)')).toBeUndefined();
});
