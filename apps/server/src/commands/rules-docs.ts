import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { documentRules } from '../modules/finops/rules/document.ts';
import { RULES } from '../modules/finops/rules/catalogue.ts';

/** `npm run docs:rules`: writes docs/rules/<provider>.md from the catalogue. With `--check` it only says whether they are up to date. */
const folder = new URL('../../../../docs/rules/', import.meta.url);
const check = process.argv.includes('--check');

await mkdir(folder, { recursive: true });
for (const provider of new Set(RULES.map((rule) => rule.provider))) {
  const file = new URL(`${provider}.md`, folder);
  const wanted = documentRules(provider, RULES);
  if (!check) await writeFile(file, wanted);
  else if ((await readFile(file, 'utf8').catch(() => '')) !== wanted) {
    process.stderr.write(`docs/rules/${provider}.md is not up to date: npm run docs:rules\n`);
    process.exitCode = 1;
  }
}
