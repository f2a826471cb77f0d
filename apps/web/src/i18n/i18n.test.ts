/**
 * The texts are complete: every key that the code uses exists in every language, every key that exists is used,
 * placeholders agree, plurals have the forms their language needs, and no component carries text of its own.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { findBakedText, findUsedKeys } from './scan.ts';

const source = fileURLToPath(new URL('..', import.meta.url));
const languages = ['en', 'pt-BR'] as const;
const pluralSuffix = /_(?:zero|one|two|few|many|other)$/;

type Texts = { [key: string]: string | Texts };

function filesBelow(folder: string, pattern: RegExp): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && pattern.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

function flatten(texts: Texts, prefix: string): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[`${prefix}${key}`, value]] : flatten(value, `${prefix}${key}.`),
  );
}

/** `namespace:key` to text, of one language. */
function load(language: string): Map<string, string> {
  const folder = join(source, 'i18n', language);
  return new Map(
    readdirSync(folder).flatMap((file) =>
      flatten(JSON.parse(readFileSync(join(folder, file), 'utf8')) as Texts, `${file.replace('.json', '')}:`),
    ),
  );
}

const texts = Object.fromEntries(languages.map((language) => [language, load(language)])) as Record<
  (typeof languages)[number],
  Map<string, string>
>;
const withoutPlurals = (keys: Iterable<string>): Set<string> =>
  new Set([...keys].map((key) => key.replace(pluralSuffix, '')));

const code = filesBelow(source, /\.tsx?$/).filter(
  (file) => !/\.test\.tsx?$/.test(file) && !file.endsWith('scan.ts'),
);
const scanned = code.map((file) => ({ file: relative(source, file), text: readFileSync(file, 'utf8') }));
const used = scanned.map(({ file, text }) => ({ file, ...findUsedKeys(file, text) }));

test('the scan reads the whole application', () => {
  expect(code.length).toBeGreaterThan(80);
  expect(used.flatMap(({ keys }) => keys).length).toBeGreaterThan(250);
});

test('both languages have the same keys', () => {
  const [en, pt] = languages.map((language) => [...withoutPlurals(texts[language].keys())].toSorted());
  expect(pt).toEqual(en);
});

test.each(languages)('every key the code uses exists in %s', (language) => {
  const known = withoutPlurals(texts[language].keys());
  const missing = used.flatMap(({ file, keys }) =>
    keys.filter((key) => !known.has(key)).map((key) => `${file}: ${key}`),
  );
  expect(missing).toEqual([]);
});

test('every key is used', () => {
  const keys = new Set(used.flatMap((found) => found.keys));
  const patterns = used.flatMap((found) => found.patterns);
  const unused = [...withoutPlurals(texts.en.keys())].filter(
    (key) => !keys.has(key) && !patterns.some((pattern) => pattern.test(key)),
  );
  expect(unused).toEqual([]);
});

test('every constructed key can exist', () => {
  const known = [...withoutPlurals(texts.en.keys())];
  const dead = used.flatMap(({ file, patterns }) =>
    patterns
      .filter((pattern) => !known.some((key) => pattern.test(key)))
      .map((pattern) => `${file}: ${pattern.source}`),
  );
  expect(dead).toEqual([]);
});

test('placeholders agree between the languages', () => {
  const placeholders = (text: string): string =>
    [...new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? ''))]
      .toSorted((a, b) => a.localeCompare(b))
      .join();
  const different = [...texts.en].filter(([key, text]) => {
    const other = texts['pt-BR'].get(key);
    return other !== undefined && placeholders(other) !== placeholders(text);
  });
  expect(different).toEqual([]);
});

test.each(languages)('plurals in %s have the forms the language needs', (language) => {
  const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted();
  const forms = Map.groupBy(
    [...texts[language].keys()].filter((key) => pluralSuffix.test(key)),
    (key) => key.replace(pluralSuffix, ''),
  );
  for (const [key, found] of forms) {
    expect([key, found.map((form) => form.slice(key.length + 1)).toSorted()]).toEqual([key, needed]);
  }
});

test('no component carries text of its own', () => {
  expect(
    scanned.flatMap(({ file, text }) => findBakedText(file, text).map((found) => `${file}: ${found}`)),
  ).toEqual([]);
});

test('the scan sees what it is there for', () => {
  const planted = `
    export function Planted({ kind }) {
      const t = useT('shell');
      return <p title="Baked title" aria-label={t('nav.main')}>Baked text {t(\`theme.\${kind}\`)} {t('ui:loading')}</p>;
    }`;
  expect(findBakedText('planted.tsx', planted)).toEqual(['title="Baked title"', 'Baked text']);
  const { keys, patterns } = findUsedKeys('planted.tsx', planted);
  expect(keys).toEqual(['shell:nav.main', 'ui:loading']);
  expect(patterns.map((pattern) => pattern.test('shell:theme.dark'))).toEqual([true]);
});
