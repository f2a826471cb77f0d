/** Synchronising one estate over four providers: each provider alone, then the questions over all of them. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { BASE, PROVIDERS, startMixed, synchronise, type Synchronised } from '../lib/mixed.ts';
import { settle, stopServer, usage } from '../lib/product.ts';
import { latencies } from './latencies.ts';

interface Measured {
  provider: string;
  accounts: number;
  full: Synchronised;
  fullCpu: number;
  unchanged: Synchronised;
  /** Asked of the cloud by the unchanged run. */
  requests: number;
}

/** @returns a section of RESULTS.md */
export async function measureMixed(resources: number): Promise<string> {
  const home = await mkdtemp(path.join(tmpdir(), 'bench-inventory-mixed-'));
  try {
    const stage = await startMixed(home, resources);
    const { client, server, clouds, postgres } = stage;
    const asked = async () =>
      ((await (await fetch(`${clouds.aws}/_control/requests`)).json()) as { total: number }).total;
    const idle = await usage(server.child);
    const measured: Measured[] = [];
    for (const provider of PROVIDERS) {
      const ids = stage.accounts.filter((one) => one.provider === provider).map(({ id }) => id);
      const before = await usage(server.child);
      // Switching the inventory on begins the first run; the order below then answers with it.
      for (const id of ids) await client.call('PATCH', `${BASE}/accounts/${id}`, { features: ['inventory'] });
      const full = await synchronise(client, BASE, ids);
      const fullCpu = (await usage(server.child)).cpu - before.cpu;
      await settle(server.child, postgres.pid, stage.databaseUrl);
      const askedBefore = await asked();
      const unchanged = await synchronise(client, BASE, ids);
      const requests = (await asked()) - askedBefore;
      await settle(server.child, postgres.pid, stage.databaseUrl);
      measured.push({ provider, accounts: ids.length, full, fullCpu, unchanged, requests });
    }
    const questions = [];
    for (const query of [
      'resources?limit=50&sort=-changed',
      'resources?limit=50&q=server-77',
      'resources?limit=50&q=storefront%20production',
      'resources?limit=50&tag=app%3Drisk',
      'resources/summary',
    ])
      questions.push(await latencies(client, `${BASE}/${query}`));
    const { rss } = await usage(server.child);
    await stopServer(server.child);
    stage.cloudsProcess.removeAllListeners('exit');
    stage.cloudsProcess.kill('SIGKILL');
    await postgres.stop('fast');
    return report(measured, questions, { rss, idle: idle.rss });
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

function report(
  measured: readonly Measured[],
  questions: readonly Awaited<ReturnType<typeof latencies>>[],
  memory: { rss: number; idle: number },
): string {
  const total = measured.reduce((sum, { full }) => sum + full.resources, 0);
  const rows = measured.map(({ provider, accounts, full, fullCpu, unchanged, requests }) =>
    [
      provider,
      accounts,
      full.resources.toLocaleString('en-US'),
      [...new Set(full.statuses)].join(', '),
      `${full.seconds.toFixed(1)} s`,
      `${fullCpu.toFixed(1)} s`,
      `${unchanged.seconds.toFixed(1)} s (${unchanged.changed} changes)`,
      requests.toLocaleString('en-US'),
    ].join(' | '),
  );
  const worst = Math.max(...questions.map(({ p95 }) => p95));
  return `## Four providers

${total.toLocaleString('en-US')} resources, one provider after the other into the same workspace; the clouds speak their own protocols in a process beside. Largest resident size of the server ${memory.rss} MiB (${memory.idle} before the first run).

| provider | accounts | resources | status | full | CPU of the server, full | unchanged | requests, unchanged |
|---|---|---|---|---|---|---|---|
${rows.map((row) => `| ${row} |`).join('\n')}

| question over all of them | p50 ms | p95 ms | found |
|---|---|---|---|
${questions.map(({ query, p50, p95, total: found }) => `| \`${query.slice(BASE.length + 1)}\` | ${p50} | ${p95} | ${found} |`).join('\n')}

Slowest p95: ${worst} ms (goal ≤ 100 ms).
`;
}
