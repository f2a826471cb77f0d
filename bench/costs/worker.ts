/**
 * One measured task in a process of its own, so that its memory is its own. Arguments: task and its
 * parameters; the last line printed is the result as JSON.
 */
import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { importFiles } from '../../apps/server/src/modules/costs/ingest/importFiles.ts';
import { DuckEngine } from '../../apps/server/src/modules/costs/lake/duck.ts';
import { DuckCostStore } from '../../apps/server/src/modules/costs/lake/duckStore.ts';
import { LocalManifest } from '../../apps/server/src/modules/costs/lake/localManifest.ts';
import { indexAll, verifyAll } from '../../apps/server/src/modules/costs/lake/maintenance.ts';
import { FileRoot } from '../../apps/server/src/modules/costs/lake/root.ts';
import { ask } from '../../apps/server/src/modules/costs/query/ask.ts';
import { lineItems } from '../../apps/server/src/modules/costs/query/lineItems.ts';
import { resourceCosts } from '../../apps/server/src/modules/costs/query/resourceCosts.ts';
import type { CostQuestionInput } from '../../apps/server/src/modules/costs/query/question.ts';
import { writeCsv, writeParquet, type BillShape } from './generate.ts';

const [task = '', home = '', ...rest] = process.argv.slice(2);
await mkdir(home, { recursive: true });
const engine = await DuckEngine.open({ tempDirectory: path.join(home, 'tmp') });
const store = new DuckCostStore(engine, new FileRoot(`file:${path.join(home, 'lake')}`));
const manifest = new LocalManifest(path.join(home, 'manifest.json'));
const result = await run();
await engine.close();
console.log(JSON.stringify({ ...result, maxRssMiB: Math.round(process.resourceUsage().maxRSS / 1024) }));

async function run(): Promise<Record<string, unknown>> {
  const [first = '', second = ''] = rest;
  switch (task) {
    case 'generate': {
      await writeCsv(engine, JSON.parse(second) as BillShape, first);
      return { bytes: (await stat(first)).size };
    }
    case 'parquet':
      await writeParquet(engine, first, second);
      return { bytes: (await stat(second)).size };
    // What one would do without an importer: no checks, sums, reasons or partitions, amounts as floats.
    case 'copy-csv':
      return timed(() =>
        engine.run(`COPY (FROM read_csv('${first}')) TO '${second}' (FORMAT parquet, COMPRESSION zstd)`),
      );
    case 'copy-parquet':
      return timed(() =>
        engine.run(`COPY (FROM read_parquet('${first}')) TO '${second}' (FORMAT parquet, COMPRESSION zstd)`),
      );
    // The fair one where a file has several accounts and months: the same, into a file for each of them.
    case 'copy-csv-parts':
      return timed(() =>
        engine.run(
          `COPY (FROM read_csv('${first}')) TO '${second}' (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (BillingPeriodStart, BillingAccountId), OVERWRITE)`,
        ),
      );
    case 'index':
      return timed(async () => {
        await indexAll({ store, manifest }, 'bench');
      });
    case 'import': {
      let report: Awaited<ReturnType<typeof importFiles>> | undefined;
      const time = await timed(async () => {
        report = await importFiles(
          { engine, store, manifest },
          [{ path: first, name: path.basename(first) }],
          { organizationId: 'bench' },
        );
      });
      const file = report?.files[0];
      return {
        ...time,
        rows: file?.accepted,
        partitions: report?.partitions.length,
        exact: report?.reconciliation.every((r) => r.difference === '0'),
      };
    }
    case 'verify':
      return { problems: (await verifyAll({ store, manifest }, 'bench')).length };
    case 'query':
      return { results: await queries(Number(first)) };
    default:
      throw new Error(`no task ${task}`);
  }
}

async function timed(work: () => Promise<void>): Promise<{ ms: number; cpuMs: number }> {
  const start = performance.now();
  const cpu = process.cpuUsage();
  await work();
  const used = process.cpuUsage(cpu);
  return { ms: performance.now() - start, cpuMs: (used.user + used.system) / 1000 };
}

async function queries(rounds: number): Promise<QueryResult[]> {
  const year = { from: '2024-01-01', to: '2024-07-01' };
  const account = '100000000007';
  const kinds: [string, string, (i: number) => CostQuestionInput][] = [
    ['dashboard', 'total per day, 6 months', () => ({ ...year, grain: 'day' })],
    [
      'dashboard',
      'service × day, 30 days, top 8',
      (i) => ({
        from: `2024-0${1 + (i % 5)}-01`,
        to: `2024-0${2 + (i % 5)}-01`,
        grain: 'day',
        groupBy: ['service'],
        top: 8,
      }),
    ],
    [
      'dashboard',
      'provider × month, compared',
      () => ({
        from: '2024-04-01',
        to: '2024-07-01',
        grain: 'month',
        groupBy: ['provider'],
        compare: 'previous',
      }),
    ],
    [
      'dashboard',
      'account × region × service, filtered',
      (i) => ({
        ...year,
        groupBy: ['account', 'region', 'service'],
        filters: [{ dimension: 'region', values: [['us-east-1', 'sa-east-1'][i % 2] ?? ''] }],
      }),
    ],
    [
      'ad hoc',
      'tag × month, 6 months',
      (i) => ({
        ...year,
        grain: 'month',
        groupBy: [
          (['tag:application', 'tag:environment', 'tag:business_unit'] as const)[i % 3] ?? 'tag:application',
        ],
      }),
    ],
    [
      'ad hoc',
      'two tags × service',
      () => ({ ...year, groupBy: ['tag:application', 'tag:environment', 'service'] }),
    ],
    ['ad hoc', 'top 20 resources, 6 months', () => ({ ...year, groupBy: ['resource'], top: 20 })],
    [
      'ad hoc',
      'resources of one account × day, 1 month',
      () => ({
        from: '2024-03-01',
        to: '2024-04-01',
        grain: 'day',
        groupBy: ['resource'],
        top: 20,
        filters: [{ dimension: 'account', values: [account] }],
      }),
    ],
    [
      'ad hoc',
      'usage type × week, effective cost',
      () => ({ ...year, grain: 'week', groupBy: ['usageType'], top: 20, metric: 'effective' }),
    ],
    [
      'ad hoc',
      'service × day where tag environment = prod',
      () => ({
        ...year,
        grain: 'day',
        groupBy: ['service'],
        filters: [{ dimension: 'tag:environment', values: ['prod'] }],
      }),
    ],
  ];
  const results: QueryResult[] = [];
  for (const [kind, name, question] of kinds) {
    results.push(
      await measured(kind, name, rounds, async (i) => {
        const answer = await ask(store, manifest, question(i), { organizationId: 'bench' });
        return answer.groups.length;
      }),
    );
  }
  const march = { from: '2024-03-01', to: '2024-04-01' };
  results.push(
    await measured('bulk', 'cost of every resource, 1 month', rounds, async () => {
      const costs = await resourceCosts(store, manifest, march, { organizationId: 'bench' });
      return costs.length;
    }),
    await measured(
      'drill',
      'line items of one account and month, largest 100 with total',
      Math.min(rounds, 5),
      async () => {
        const filters = [{ dimension: 'account' as const, values: [account] }];
        const request = { ...march, filters, limit: 100 };
        const page = await lineItems(store, manifest, request, { organizationId: 'bench' });
        return page.rows.length;
      },
    ),
  );
  return results;
}

interface QueryResult {
  kind: string;
  name: string;
  groups: number;
  p50: number;
  p95: number;
  /** Median of what all threads of the process worked for one answer, in ms. */
  cpu: number;
}

async function measured(
  kind: string,
  name: string,
  rounds: number,
  work: (round: number) => Promise<number>,
): Promise<QueryResult> {
  const times: number[] = [];
  const cpus: number[] = [];
  let groups = 0;
  for (let i = 0; i < rounds; i += 1) {
    const { ms, cpuMs } = await timed(async () => {
      groups = await work(i);
    });
    times.push(ms);
    cpus.push(cpuMs);
  }
  return { kind, name, groups, ...percentiles(times), cpu: percentiles(cpus).p50 };
}

function percentiles(times: number[]): { p50: number; p95: number } {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (q: number): number =>
    sorted[Math.min(sorted.length - 1, Math.ceil(q * sorted.length) - 1)] ?? 0;
  return { p50: at(0.5), p95: at(0.95) };
}
