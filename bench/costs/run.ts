/**
 * Measures the cost store against a plain DuckDB COPY and writes RESULTS.md beside this file.
 * `node bench/costs/run.ts [rows in the large store, default 10000000] [rounds per query, default 20]`
 * Needs about 900 bytes of disk per row in the system's temp folder.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { BillShape } from './generate.ts';

const rows = Number(process.argv[2] ?? 10_000_000);
const rounds = Number(process.argv[3] ?? 20);
const small = Math.min(500_000, rows);
const MONTHS = 6;
const load = loadavg()[0] ?? 0;
/** Runs of each import and each plain copy, taken in turn. */
const REPEATS = 3;
const run = promisify(execFile);
const home = await mkdtemp(path.join(tmpdir(), 'bench-costs-'));
const at = (name: string): string => path.join(home, name);

interface Measured {
  ms: number;
  cpuMs: number;
  maxRssMiB: number;
  rows: number;
  bytes: number;
  exact: boolean;
  partitions: number;
  problems: number;
  results: { kind: string; name: string; p50: number; p95: number; cpu: number; groups: number }[];
}

async function task(name: string, folder: string, ...args: string[]): Promise<Measured> {
  const { stdout } = await run(
    process.execPath,
    [path.join(import.meta.dirname, 'worker.ts'), name, at(folder), ...args],
    { maxBuffer: 1 << 26 },
  );
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}') as Measured;
}

const rate = (count: number, ms: number): number => Math.round((count / ms) * 1000);
const number = (value: number): string => Math.round(value).toLocaleString('en-US');
const leastCpu = (list: readonly Measured[]): number => Math.min(...list.map((m) => m.cpuMs));
const best = (list: readonly Measured[]): Measured => list.toSorted((a, b) => a.ms - b.ms)[0] as Measured;

try {
  const shape: BillShape = {
    rows: small,
    seed: 1,
    month: '2024-03',
    accounts: 1,
    months: 1,
    resources: 20_000,
  };
  const { bytes } = await task('generate', 'gen', at('one.csv'), JSON.stringify(shape));
  await task('generate', 'gen', at('mixed.csv'), JSON.stringify({ ...shape, accounts: 3, months: 2 }));
  await task('parquet', 'gen', at('one.csv'), at('one.parquet'));

  const lines: string[] = [];
  const imports: { ratio: number; perSecond: number; divides: boolean }[] = [];
  const compare = async (
    label: string,
    source: string,
    baseline: 'copy-csv' | 'copy-csv-parts' | 'copy-parquet',
    divides = false,
  ): Promise<void> => {
    const plain: Measured[] = [];
    const ours: Measured[] = [];
    // Turn about, so that a busy moment of the machine hits both.
    for (let i = 0; i < REPEATS; i += 1) {
      plain.push(await task(baseline, 'plain', at(source), at(`${baseline}-${source}.parquet`)));
      ours.push(await task('import', `lake-${source}-${i}`, at(source)));
      await rm(at(`lake-${source}-${i}`), { recursive: true, force: true });
    }
    const a = best(ours);
    const b = best(plain);
    imports.push({ ratio: b.ms / a.ms, perSecond: rate(small, a.ms), divides });
    lines.push(
      `| ${label} | ${number(rate(small, a.ms))} | ${number(rate(small, b.ms))} | ${(b.ms / a.ms).toFixed(2)} | ${(leastCpu(plain) / leastCpu(ours)).toFixed(2)} | ${(leastCpu(ours) / 1000).toFixed(1)} | ${(leastCpu(plain) / 1000).toFixed(1)} | ${Math.max(...ours.map((m) => m.maxRssMiB))} | ${Math.max(...plain.map((m) => m.maxRssMiB))} | ${ours.every((m) => m.exact) ? 'yes' : 'NO'} |`,
    );
  };
  await compare('CSV, one account and month', 'one.csv', 'copy-csv');
  await compare('CSV, 3 accounts × 2 months, COPY into one file', 'mixed.csv', 'copy-csv', true);
  await compare('CSV, 3 accounts × 2 months, COPY into the same 6 parts', 'mixed.csv', 'copy-csv-parts');
  await compare('Parquet (all text), one account and month', 'one.parquet', 'copy-parquet');

  // All of it in one file and one import: memory must not follow the size.
  const generated = await task(
    'generate',
    'gen',
    at('whole.csv'),
    JSON.stringify({ ...shape, rows, seed: 99, month: '2024-01', months: MONTHS, resources: 40_000 }),
  );
  const whole = await task('import', 'large', at('whole.csv'));
  await rm(at('whole.csv'));
  const indexed = await task('index', 'large');
  const verified = await task('verify', 'large');
  const queried = await task('query', 'large', String(rounds));

  const queryLines = queried.results.map(
    (r) =>
      `| ${r.kind} | ${r.name} | ${number(r.groups)} | ${r.p50.toFixed(0)} | ${r.p95.toFixed(0)} | ${r.cpu.toFixed(0)} |`,
  );
  const reached = (value: boolean): string => (value ? 'reached' : 'not reached');
  const least = (of: 'ratio' | 'perSecond', list = imports): number => Math.min(...list.map((i) => i[of]));
  const alike = least(
    'ratio',
    imports.filter((one) => !one.divides),
  );
  const divided = least(
    'ratio',
    imports.filter((one) => one.divides),
  );
  const peak = Math.max(whole.maxRssMiB, indexed.maxRssMiB, queried.maxRssMiB);
  const busy =
    load > cpus().length / 4
      ? 'the machine was shared while it ran, so wall times are upper bounds and CPU times what compares'
      : 'the machine did nothing else';
  const worst = (kind: string): number =>
    Math.max(...queried.results.filter((r) => r.kind === kind).map((r) => r.p95));
  await writeFile(
    path.join(import.meta.dirname, 'RESULTS.md'),
    `# Cost store

Made by \`bench/costs/run.ts ${rows} ${rounds}\` on ${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, DuckDB limited to 512 MiB and 2 threads. Load average at the start: ${load.toFixed(1)}; ${busy}.
Rows are generated from a seed (44 FOCUS columns, ${Math.round(bytes / small)} bytes each as CSV; amounts, resources, hours and prices vary from row to row). Each run is a process of its own; best of ${REPEATS}, taken in turn.

## Ingest, ${number(small)} rows

The import reads, checks and normalises every row, divides rows by account and month, computes exact sums of the source, hashes source and results, reads the sums back and commits. The plain COPY does none of this and stores amounts as floats. The index that makes questions quick comes after the commit, in a job of its own, and is measured below.

| source | import rows/s | plain COPY rows/s | time ratio COPY ÷ import | CPU ratio | import CPU s | COPY CPU s | import peak RSS MiB | COPY peak RSS MiB | sums equal |
|---|---|---|---|---|---|---|---|---|---|
${lines.join('\n')}

## ${number(rows)} rows in one CSV file of ${(generated.bytes / 2 ** 30).toFixed(1)} GiB

One import, divided into ${whole.partitions} billing months: ${number(rate(rows, whole.ms))} rows/s, ${(whole.cpuMs / 1000).toFixed(0)} s of CPU, peak RSS ${whole.maxRssMiB} MiB, sums equal: ${whole.exact ? 'yes' : 'NO'}.
Index of it, made after the commit: ${(indexed.ms / 1000).toFixed(1)} s, ${(indexed.cpuMs / 1000).toFixed(0)} s of CPU, peak RSS ${indexed.maxRssMiB} MiB; until then questions read the line items, with the same answers.
Checksums and sums verified afterwards: ${verified.problems} problems.

## Questions over ${number(rows)} rows (${rounds} rounds each, ms)

Nothing is cached between questions: each is read from the files. CPU is the median of what all threads worked for one answer.

| kind | question | groups | p50 | p95 | CPU |
|---|---|---|---|---|---|
${queryLines.join('\n')}

## Goals

| goal | worst here | |
|---|---|---|
| import ≥ 0.8 of a plain COPY that leaves the same files | ${alike.toFixed(2)} | ${reached(alike >= 0.8)} |
| the same where the import divides rows by account and month and the COPY leaves them in one file | ${divided.toFixed(2)} | ${reached(divided >= 0.8)} |
| import ≥ 150,000 rows/s | ${number(least('perSecond'))} | ${reached(least('perSecond') >= 150_000)} |
| memory ≤ 1,024 MiB at ${number(rows)} rows | ${peak} MiB | ${reached(peak <= 1024)} |
| dashboard p95 ≤ 100 ms | ${worst('dashboard').toFixed(0)} ms | ${reached(worst('dashboard') <= 100)} |
| ad hoc p95 ≤ 1,500 ms | ${worst('ad hoc').toFixed(0)} ms | ${reached(worst('ad hoc') <= 1500)} |
`,
  );
} finally {
  await rm(home, { recursive: true, force: true });
}
