/**
 * Scanning one estate over four providers: its inventory is synchronised from the clouds, a month of metrics is written
 * for every series the rules read, and each provider is scanned alone, twice; then all of them together.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { RULES } from '../../apps/server/src/modules/finops/rules/catalogue.ts';
import { BASE, PROVIDERS, startMixed, synchronise } from '../lib/mixed.ts';
import { startServer, stopServer, usage, Client } from '../lib/product.ts';
import { writeProfiles } from './estate.ts';
import { measureScan, scanByHandOnly, type MeasuredScan } from './scan.ts';

interface Measured {
  provider: string;
  rules: number;
  resources: number;
  series: number;
  first: MeasuredScan;
  again: MeasuredScan;
}

/** @returns a section of RESULTS.md */
export async function measureMixedScan(resources: number): Promise<string> {
  const home = await mkdtemp(path.join(tmpdir(), 'bench-finops-mixed-'));
  try {
    const stage = await startMixed(home, resources);
    const { postgres, organizationId } = stage;
    const sql = new pg.Client({ connectionString: stage.databaseUrl });
    await sql.connect();
    await scanByHandOnly(stage.client, BASE);
    // By SQL: switching the inventory on over HTTP would begin runs that a scan follows.
    const features = (provider: string, wanted: string) =>
      sql.query(
        `update accounts.cloud_account set features = case when $2 in (provider, 'all') then $3::text[] else '{operate}' end
         where organization_id = $1`,
        [organizationId, provider, wanted],
      );
    await features('all', '{inventory}');
    const { statuses } = await synchronise(stage.client, BASE);
    if (statuses.some((status) => status !== 'succeeded'))
      throw new Error(`the synchronisation: ${statuses.join(', ')}`);
    for (const { id, provider } of stage.accounts)
      await writeProfiles(sql, organizationId, provider, id, `(hashtext(resource.native_id) & 63)`);
    await sql.query(
      'vacuum analyze inventory.resource, inventory.resource_detail, inventory.relation, finops.metric_profile',
    );
    await stopServer(stage.server.child);

    // A server of its own: its memory is the scans'.
    const server = await startServer({
      ...stage.env,
      NODE_EXTRA_CA_CERTS: path.join(home, 'simulator-ca.pem'),
    });
    const client = await Client.signIn(server.url);
    const scan = () => measureScan(client, BASE, server.child, postgres.pid);
    const idle = await usage(server.child);
    const measured: Measured[] = [];
    for (const provider of [...PROVIDERS, 'all'] as const) {
      await features(provider, '{inventory,metrics}');
      const counts = await sql.query(
        `select count(distinct resource.id)::int as resources, count(profile.metric)::int as series
         from inventory.resource left join finops.metric_profile as profile on profile.resource_id = resource.id
         where resource.organization_id = $1 and $2 in (resource.provider, 'all') and resource.vanished_at is null`,
        [organizationId, provider],
      );
      const first = await scan();
      const again = await scan();
      measured.push({
        provider,
        rules: RULES.filter((rule) => provider === 'all' || rule.provider === provider).length,
        resources: counts.rows[0].resources,
        series: counts.rows[0].series,
        first,
        again,
      });
    }
    const { rss } = await usage(server.child);
    await sql.end();
    await stopServer(server.child);
    stage.cloudsProcess.removeAllListeners('exit');
    stage.cloudsProcess.kill('SIGKILL');
    await postgres.stop('fast');
    return report(measured, { rss, idle: idle.rss });
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

function report(measured: readonly Measured[], memory: { rss: number; idle: number }): string {
  const rows = measured.map(({ provider, rules, resources, series, first, again }) =>
    [
      provider === 'all' ? '**all**' : provider,
      rules,
      resources.toLocaleString('en-US'),
      series.toLocaleString('en-US'),
      first.found.toLocaleString('en-US'),
      `${first.seconds.toFixed(1)} s`,
      `${first.cpu.toFixed(1)} + ${first.postgresCpu.toFixed(1)} s`,
      `${again.seconds.toFixed(1)} s`,
      `${again.cpu.toFixed(1)} + ${again.postgresCpu.toFixed(1)} s`,
    ].join(' | '),
  );
  return `## Four providers

One estate, synchronised from the clouds over their own protocols, with 30 days of hourly metrics of every series the rules read and without a bill; list prices are asked of each cloud in its first scan. One provider after the other, then all together, when every finding is there already. Largest resident size of the server ${memory.rss} MiB (${memory.idle} before).

| provider | rules | resources | series | findings | first | CPU of server + PostgreSQL | again | CPU again |
|---|---|---|---|---|---|---|---|---|
${rows.map((row) => `| ${row} |`).join('\n')}
`;
}
