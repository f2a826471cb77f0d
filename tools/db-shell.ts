// `npm run db:shell`: psql on the application's database when it is installed, else a small prompt.
import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline/promises';

import { Client } from 'pg';

/** The role that row level security shows every organization. */
const SYSTEM_ROLE = 'atlas_system';

/**
 * Settings of a session that sees all rows. The owner's own session sees none of the tenants' tables, which looks like
 * lost data to whoever opens a shell in an emergency.
 *
 * @returns nothing when the schema or the right to that role is not there yet
 */
async function sessionOptions(url: string): Promise<string | undefined> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ may: boolean }>(
      `select coalesce(pg_has_role(current_user, to_regrole($1), 'set'), false) as may`,
      [SYSTEM_ROLE],
    );
    return rows[0]?.may === true ? `-c role=${SYSTEM_ROLE}` : undefined;
  } finally {
    await client.end();
  }
}

async function main(): Promise<void> {
  const url = process.env['DATABASE_URL'] ?? '';
  const options = await sessionOptions(url);
  if (options !== undefined)
    console.error(`All organizations' rows, as ${SYSTEM_ROLE}. To change the schema: set role none;`);
  if (spawnSync('psql', ['--version']).status === 0) {
    // The command line of a program is everybody's to read, its environment is not.
    const target = new URL(url);
    const password = decodeURIComponent(target.password);
    target.password = '';
    const env = {
      ...process.env,
      ...(password === '' ? {} : { PGPASSWORD: password }),
      ...(options === undefined ? {} : { PGOPTIONS: options }),
    };
    const shell = spawn('psql', [target.href, ...process.argv.slice(2)], { stdio: 'inherit', env });
    process.on('SIGINT', () => undefined);
    process.exitCode = await new Promise<number>((resolve) =>
      shell.once('exit', (code) => resolve(code ?? 1)),
    );
    return;
  }
  const client = new Client({ connectionString: url, ...(options === undefined ? {} : { options }) });
  await client.connect();
  const prompt = createInterface({ input: process.stdin, output: process.stdout, prompt: 'sql> ' });
  console.log(
    'psql is not installed: this prompt runs one statement per line; an empty line or Ctrl-D ends it.',
  );
  prompt.prompt();
  for await (const line of prompt) {
    if (line.trim() === '') break;
    await runStatement(client, line);
    prompt.prompt();
  }
  await client.end();
}

async function runStatement(client: Client, statement: string): Promise<void> {
  try {
    const result = await client.query<Record<string, unknown>>(statement);
    if (result.rows.length > 0) console.table(result.rows.slice(0, 200));
    console.log(`${result.command} ${result.rowCount ?? 0}`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
  }
}

await main();
