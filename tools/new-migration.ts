// `npm run new:migration MODULE NAME`: an empty migration with the next number.
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { Failure, fail } from './lib/failure.mjs';
import { projectRoot } from './lib/install.mjs';

const TEXT = `-- Expand, deploy, contract: the previous release must run on this schema too. Add columns as nullable or with a
-- default; drop only what no release uses any more. A new table ends with: call platform.tenant_table('schema.table');
`;

async function main(): Promise<void> {
  const [module = '', name = '', ...rest] = process.argv.slice(2);
  if (!/^[a-z]+$/.test(module) || !/^[a-z][a-z0-9_]{2,60}$/.test(name) || rest.length > 0) {
    throw new Failure(
      'a module and a name in snake_case are needed',
      'Usage: npm run new:migration MODULE NAME',
    );
  }
  const home = module === 'platform' ? 'apps/server/src/platform' : `apps/server/src/modules/${module}`;
  const exists = await stat(path.join(projectRoot, home)).then(
    () => true,
    () => false,
  );
  if (!exists) throw new Failure(`there is no module ${module}`, `npm run new:module ${module} makes one.`);
  const folder = path.join(home, 'migrations');
  await mkdir(path.join(projectRoot, folder), { recursive: true });
  const numbers = (await readdir(path.join(projectRoot, folder)))
    .map((file) => Number.parseInt(file, 10))
    .filter(Number.isInteger);
  const number = String(Math.max(0, ...numbers) + 1).padStart(4, '0');
  const file = path.join(folder, `${number}_${name}.sql`);
  await writeFile(path.join(projectRoot, file), TEXT, { flag: 'wx' });
  console.log(file);
}

try {
  await main();
} catch (error) {
  fail(error, 'The migration was not made');
}
