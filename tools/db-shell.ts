// `npm run db:shell`: psql on the application's database when it is installed, else a small prompt.
import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline/promises';

import { Client } from 'pg';

async function main(): Promise<void> {
  const url = process.env['DATABASE_URL'] ?? '';
  if (spawnSync('psql', ['--version']).status === 0) {
    const shell = spawn('psql', [url, ...process.argv.slice(2)], { stdio: 'inherit' });
    process.on('SIGINT', () => undefined);
    process.exitCode = await new Promise<number>((resolve) =>
      shell.once('exit', (code) => resolve(code ?? 1)),
    );
    return;
  }
  const client = new Client({ connectionString: url });
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
