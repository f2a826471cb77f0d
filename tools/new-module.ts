// `npm run new:module NAME [-- --rank N]`: a module that works and passes every check, to be filled piece by piece.
import { execFile } from 'node:child_process';
import { access, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs, promisify } from 'node:util';

import { moduleFiles } from './generate/module-files.ts';
import { HIGHEST_RANK, LOWEST_NEW_RANK, composeModule, editFile, rankModule } from './generate/register.ts';
import { Failure, fail } from './lib/failure.mjs';
import { projectRoot } from './lib/install.mjs';

const DEFAULT_RANK = 5;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { rank: { type: 'string' } },
  });
  const [name = ''] = positionals;
  if (!/^[a-z]{3,30}$/.test(name) || positionals.length !== 1) {
    throw new Failure(
      'the name must be one lower-case English word of 3 to 30 letters',
      'Usage: npm run new:module NAME [-- --rank N]',
    );
  }
  const rank = Number(values.rank ?? DEFAULT_RANK);
  if (!Number.isInteger(rank) || rank < LOWEST_NEW_RANK || rank > HIGHEST_RANK) {
    throw new Failure(
      `the rank must be ${LOWEST_NEW_RANK} to ${HIGHEST_RANK}`,
      'See the module ranks in docs/ARCHITECTURE.md.',
    );
  }
  const files = moduleFiles({ name, pascal: name[0]!.toUpperCase() + name.slice(1) });
  for (const file of Object.keys(files)) await requireAbsent(file);
  for (const [file, text] of Object.entries(files)) {
    await mkdir(path.join(projectRoot, path.dirname(file)), { recursive: true });
    await writeFile(path.join(projectRoot, file), text);
  }
  const changed = ['.oxlintrc.json', 'apps/server/src/modules.ts'];
  await editFile(projectRoot, changed[0]!, (text) => rankModule(text, name, rank));
  await editFile(projectRoot, changed[1]!, (text) => composeModule(text, name));
  const formatter = path.join(projectRoot, 'node_modules/oxfmt/bin/oxfmt');
  const formatted = [...Object.keys(files), ...changed].filter((file) => !file.endsWith('.sql'));
  await promisify(execFile)(process.execPath, [formatter, ...formatted], { cwd: projectRoot });
  console.log(`${[...Object.keys(files), ...changed].map((file) => `  ${file}`).join('\n')}

The module works: npx vitest run apps/server/src/modules/${name}
Next:
  1. npm run openapi, which adds its routes to the API contract.
  2. Replace the table, the contract and the routes by yours; name the permissions in packages/contracts/src/permissions.ts.
  3. Say what it is for in its README.md, and add it to the ranks in docs/ARCHITECTURE.md.`);
}

async function requireAbsent(file: string): Promise<void> {
  const exists = await access(path.join(projectRoot, file)).then(
    () => true,
    () => false,
  );
  if (exists) throw new Failure(`${file} exists already`, 'Choose another name.');
}

try {
  await main();
} catch (error) {
  fail(error, 'The module was not made');
}
