import { scalarText } from './scalar.ts';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { COST_COLUMNS } from '../focus/columns.ts';
import { guardCell } from './csv.ts';
import { type DuckEngine, type Params, type Row, literal } from './duck.ts';
import { CostError } from './errors.ts';
import { hashFile } from './hash.ts';
import type { CostSums, LakeFile, LakeFileKind, PartitionKey, PartitionVersion } from './manifest.ts';
import { canonical } from './money.ts';
import { partitionFolder, type LakeRoot } from './root.ts';
import { LINE_COLUMNS, PARQUET, dailySql, duckType } from './schema.ts';
import type { CostStore, Dialect, ExportRequest, SqlText, StoredVersion, VerifyProblem } from './store.ts';

export const duckDialect: Dialect = {
  name: 'duckdb',
  param: (name, type) =>
    type === 'date'
      ? `$${name}::DATE`
      : type === 'timestamp'
        ? `$${name}::TIMESTAMP`
        : type === 'int'
          ? `$${name}::BIGINT`
          : `$${name}`,
  dayOf: (timestamp) => `${timestamp}::DATE`,
  bucket: (day, grain) => (grain === 'day' ? day : `date_trunc('${grain}', ${day})::DATE`),
  date: (constant) => `DATE '${constant}'`,
  // JSON Pointer (RFC 6901): unlike a JSON path it has no wildcards that a key could spell.
  jsonValue: (json, key) =>
    `TRY(json_extract_string(${json}, '/' || replace(replace(${key}, '~', '~0'), '/', '~1')))`,
  times: (amount, rate) => `(${amount}::DECIMAL(38,10) * ${rate}::DECIMAL(18,8))::DECIMAL(38,18)`,
  decimal: (text) => `${text}::DECIMAL(38,18)`,
  text: (expression) => `${expression}::VARCHAR`,
  sortedLines: (text) => `string_agg(${text}, chr(10) ORDER BY ${text})`,
};

/** The cost store on Parquet files, read and written by an embedded DuckDB. */
export class DuckCostStore implements CostStore {
  readonly dialect = duckDialect;
  readonly engine: DuckEngine;
  readonly #root: LakeRoot;

  constructor(engine: DuckEngine, root: LakeRoot) {
    this.engine = engine;
    this.#root = root;
  }

  createStaging(): Promise<string> {
    return this.#root.createStaging();
  }

  async putVersion(
    key: PartitionKey,
    version: string,
    stagedFiles: readonly string[],
  ): Promise<StoredVersion> {
    const first = stagedFiles[0];
    if (first === undefined) throw new CostError('bad-input', 'a partition cannot be empty');
    const folder = partitionFolder(key);
    const dailyFile = `${first}.daily`;
    const from = `read_parquet([${stagedFiles.map(literal).join(', ')}], hive_partitioning = false)`;
    await this.engine.run(
      `COPY (${dailySql(from, 'ChargePeriodStart::DATE')}) TO ${literal(dailyFile)} (${PARQUET})`,
    );
    const summary = await this.#summarise(from);
    const files = [await this.#publish(dailyFile, `${folder}/${version}-daily.parquet`, 'daily')];
    for (const [index, file] of stagedFiles.entries())
      files.push(await this.#publish(file, `${folder}/${version}-rows-${index}.parquet`, 'rows'));
    return { files, ...summary };
  }

  async select(
    partitions: readonly PartitionVersion[],
    kind: LakeFileKind,
    build: (from: string, dialect: Dialect) => SqlText,
    signal?: AbortSignal,
  ): Promise<Row[]> {
    const files = filesOf(partitions, kind);
    if (files.length === 0) return [];
    const { sql, params } = build(this.#table(files), duckDialect);
    return this.engine.all(sql, values(params), signal);
  }

  async exportRows(
    partitions: readonly PartitionVersion[],
    request: ExportRequest,
    signal?: AbortSignal,
  ): Promise<{ rows: number }> {
    const files = filesOf(partitions, 'rows');
    const csv = request.format === 'csv';
    const columns = request.columns
      .map((c) =>
        csv && (c.type === 'string' || c.type === 'json')
          ? `${guardCell(c.name)} AS ${c.name}`
          : csv && c.type === 'datetime'
            ? `strftime(${c.name}, '%Y-%m-%dT%H:%M:%SZ') AS ${c.name}`
            : c.name,
      )
      .join(', ');
    const from = files.length === 0 ? emptyTable() : this.#table(files);
    const where = request.where ? ` WHERE ${request.where.sql}` : '';
    const format = csv ? 'FORMAT csv, HEADER true' : PARQUET;
    const rows = await this.engine.all(
      `COPY (SELECT ${columns} FROM ${from}${where}) TO ${literal(request.target)} (${format})`,
      values(request.where?.params ?? {}),
      signal,
    );
    return { rows: Number(rows[0]?.['Count'] ?? 0) };
  }

  async merge(partition: PartitionVersion, version: string): Promise<StoredVersion> {
    const staging = await this.createStaging();
    try {
      const file = path.join(staging, 'merged.parquet');
      const columns = LINE_COLUMNS.map((c) => c.name).join(', ');
      await this.engine.run(
        `COPY (SELECT ${columns} FROM ${this.#table(filesOf([partition], 'rows'))} ORDER BY ChargePeriodStart) TO ${literal(file)} (${PARQUET})`,
      );
      return await this.putVersion(partition, version, [file]);
    } finally {
      await rm(staging, { recursive: true, force: true });
    }
  }

  async verify(partition: PartitionVersion): Promise<VerifyProblem[]> {
    const problems: VerifyProblem[] = [];
    for (const file of partition.files) {
      const full = this.#root.locate(file.path);
      const digest = await hashFile(full).catch(() => undefined);
      if (!digest) problems.push({ path: file.path, problem: 'missing' });
      else if (digest.sha256 !== file.sha256 || digest.bytes !== file.bytes)
        problems.push({ path: file.path, problem: 'checksum' });
    }
    if (problems.length > 0) return problems;
    for (const kind of ['rows', 'daily'] as const) {
      const files = filesOf([partition], kind);
      const at = files[0] ?? '';
      try {
        const found = await this.#sums(this.#table(files), kind === 'rows' ? 'count(*)' : 'sum(LineItems)');
        if (JSON.stringify(found) !== JSON.stringify(partition.sums))
          problems.push({ path: at, problem: 'sums' });
      } catch {
        problems.push({ path: at, problem: 'unreadable' });
      }
    }
    return problems;
  }

  async discard(paths: readonly string[]): Promise<void> {
    for (const file of paths) await this.#root.remove(file);
  }

  async sweep(referenced: ReadonlySet<string>, olderThan: Date): Promise<string[]> {
    const removed: string[] = [];
    for (const entry of await this.#root.list()) {
      if (referenced.has(entry.path) || entry.modifiedAt >= olderThan) continue;
      await this.#root.remove(entry.path);
      removed.push(entry.path);
    }
    return removed;
  }

  async close(): Promise<void> {
    await this.engine.close();
  }

  #table(files: readonly string[]): string {
    const list = files.map((file) => literal(this.#root.locate(file))).join(', ');
    // The folders are named like Hive partitions for people; the columns in the files are what counts.
    return `read_parquet([${list}], union_by_name = true, hive_partitioning = false)`;
  }

  async #publish(stagedFile: string, relative: string, kind: LakeFileKind): Promise<LakeFile> {
    const counted = await this.engine.all(
      `SELECT num_rows FROM parquet_file_metadata(${literal(stagedFile)})`,
    );
    const digest = await hashFile(stagedFile);
    await this.#root.publish(stagedFile, relative);
    return { path: relative, kind, rows: Number(counted[0]?.['num_rows'] ?? 0), ...digest };
  }

  async #summarise(from: string): Promise<Omit<StoredVersion, 'files'>> {
    const rows = await this.#totals(
      from,
      'count(*)',
      ', min(ChargePeriodStart)::DATE::VARCHAR AS first, max(ChargePeriodStart)::DATE::VARCHAR AS last',
    );
    const days = rows.flatMap((row) => [scalarText(row['first']), scalarText(row['last'])]).toSorted();
    const first = days[0];
    const last = days.at(-1);
    if (first === undefined || last === undefined)
      throw new CostError('bad-input', 'a partition cannot be empty');
    return { sums: rows.map(costSums), firstDay: first, lastDay: last };
  }

  async #sums(from: string, count: string): Promise<CostSums[]> {
    return (await this.#totals(from, count, '')).map(costSums);
  }

  async #totals(from: string, count: string, more: string): Promise<Row[]> {
    const sums = COST_COLUMNS.map((c) => `coalesce(sum(${c}), 0)::DECIMAL(38,18)::VARCHAR AS ${c}`).join(
      ', ',
    );
    return this.engine.all(
      `SELECT BillingCurrency AS currency, (${count})::VARCHAR AS n, ${sums}${more} FROM ${from} GROUP BY BillingCurrency ORDER BY BillingCurrency`,
    );
  }
}

function costSums(row: Row): CostSums {
  return {
    currency: scalarText(row['currency']),
    rows: Number(row['n']),
    billed: canonical(scalarText(row['BilledCost'])),
    effective: canonical(scalarText(row['EffectiveCost'])),
    list: canonical(scalarText(row['ListCost'])),
    contracted: canonical(scalarText(row['ContractedCost'])),
  };
}

function filesOf(partitions: readonly PartitionVersion[], kind: LakeFileKind): string[] {
  return partitions.flatMap((p) => p.files.filter((f) => f.kind === kind).map((f) => f.path));
}

function emptyTable(): string {
  return `(SELECT ${LINE_COLUMNS.map((c) => `NULL::${duckType(c)} AS ${c.name}`).join(', ')} WHERE false)`;
}

function values(params: SqlText['params']): Params {
  return Object.fromEntries(Object.entries(params).map(([name, p]) => [name, p.value]));
}
