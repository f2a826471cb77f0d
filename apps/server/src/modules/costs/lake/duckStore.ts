import { scalarText } from './scalar.ts';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { COST_COLUMNS } from '../focus/columns.ts';
import { CALENDAR_KINDS, WHOLE_MONTH, calendarTable, costOfDays, dayColumn } from './calendar.ts';
import { guardCell } from './csv.ts';
import { type DuckEngine, type Params, type Row, literal } from './duck.ts';
import { CostError } from './errors.ts';
import { DuckIndex } from './duckIndex.ts';
import { hashFile } from './hash.ts';
import {
  calendarFiles,
  dailyTable,
  emptyTable,
  filesOf,
  lineTable,
  publishFiles,
  stagedLines,
} from './lakeFiles.ts';
import type { CostSums, LakeFileKind, PartitionKey, PartitionVersion } from './manifest.ts';
import { canonical } from './money.ts';
import { isLakePath, partitionFolder, type LakeRoot } from './root.ts';
import { LINE_COLUMNS, PARQUET } from './schema.ts';
import type {
  CostIndex,
  CostStore,
  Dialect,
  ExportRequest,
  SqlText,
  StoredVersion,
  TableKind,
  VerifyProblem,
} from './store.ts';

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
  readonly index: CostIndex;
  readonly #root: LakeRoot;

  constructor(engine: DuckEngine, root: LakeRoot) {
    this.engine = engine;
    this.#root = root;
    this.index = new DuckIndex(engine, root, duckDialect);
  }

  createStaging(): Promise<string> {
    return this.#root.createStaging();
  }

  async putVersion(
    key: PartitionKey,
    version: string,
    stagedFiles: readonly string[],
  ): Promise<StoredVersion> {
    if (stagedFiles.length === 0) throw new CostError('bad-input', 'a partition cannot be empty');
    const folder = partitionFolder(key);
    const summary = await this.#summarise(stagedLines(stagedFiles));
    const files = await publishFiles(
      this.engine,
      this.#root,
      stagedFiles,
      (index) => `${folder}/${version}-rows-${index}.parquet`,
      'rows',
    );
    return { files, ...summary };
  }

  async select(
    partitions: readonly PartitionVersion[],
    kind: TableKind,
    build: (from: string, dialect: Dialect) => SqlText,
    signal?: AbortSignal,
  ): Promise<Row[]> {
    if (partitions.length === 0) return [];
    await this.#ready(partitions, kind === 'rows' ? ['rows'] : ['summary', 'rows']);
    const from = kind === 'rows' ? this.#rows(partitions) : dailyTable(this.#root, partitions);
    const { sql, params } = build(from, duckDialect);
    return this.engine.all(sql, values(params), signal);
  }

  async exportRows(
    partitions: readonly PartitionVersion[],
    request: ExportRequest,
    signal?: AbortSignal,
  ): Promise<{ rows: number }> {
    const csv = request.format === 'csv';
    await this.#ready(partitions, ['rows']);
    const columns = request.columns
      .map((c) =>
        csv && (c.type === 'string' || c.type === 'json')
          ? `${guardCell(c.name)} AS ${c.name}`
          : csv && c.type === 'datetime'
            ? `strftime(${c.name}, '%Y-%m-%dT%H:%M:%SZ') AS ${c.name}`
            : c.name,
      )
      .join(', ');
    const from = partitions.length === 0 ? emptyTable() : this.#rows(partitions);
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
      await this.#ready([partition], ['rows']);
      const columns = LINE_COLUMNS.map((c) => c.name).join(', ');
      await this.engine.run(
        `COPY (SELECT ${columns} FROM ${this.#rows([partition])} ORDER BY ChargePeriodStart) TO ${literal(file)} (${PARQUET})`,
      );
      return await this.putVersion(partition, version, [file]);
    } finally {
      await rm(staging, { recursive: true, force: true });
    }
  }

  async verify(partition: PartitionVersion): Promise<VerifyProblem[]> {
    const problems: VerifyProblem[] = [];
    for (const file of partition.files) {
      const digest = await this.#root
        .ready([file.path], { fresh: true })
        .then(() => hashFile(this.#root.locate(file.path)))
        .catch(() => undefined);
      if (!digest) problems.push({ path: file.path, problem: 'missing' });
      else if (digest.sha256 !== file.sha256 || digest.bytes !== file.bytes)
        problems.push({ path: file.path, problem: 'checksum' });
    }
    if (problems.length > 0) return problems;
    for (const [kind, table, count] of this.#summable(partition)) {
      const at = filesOf([partition], kind)[0] ?? '';
      try {
        const found = await this.#sums(table, count);
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
      if (!isLakePath(entry.path) || referenced.has(entry.path) || entry.modifiedAt >= olderThan) continue;
      await this.#root.remove(entry.path);
      removed.push(entry.path);
    }
    return removed;
  }

  async close(): Promise<void> {
    await this.engine.close();
    this.#root.close();
  }

  /** Makes the files of some kinds readable; line items only where there is no roll-up, when both are named. */
  async #ready(partitions: readonly PartitionVersion[], kinds: readonly LakeFileKind[]): Promise<void> {
    const paths = partitions.flatMap((partition) => {
      const [first = []] = kinds
        .map((kind) => filesOf([partition], kind))
        .filter((found) => found.length > 0);
      return first;
    });
    await this.#root.ready(paths);
  }

  #rows(partitions: readonly PartitionVersion[]): string {
    return lineTable(filesOf(partitions, 'rows').map((file) => this.#root.locate(file)));
  }

  /** Every table of a partition that must add up to its sums: of an index the months, and the days of them. */
  #summable(partition: PartitionVersion): [LakeFileKind, string, string][] {
    const tables: [LakeFileKind, string, string][] = [['rows', this.#rows([partition]), 'count(*)']];
    for (const kind of CALENDAR_KINDS) {
      const files = calendarFiles([partition], kind);
      if (files.length === 0) continue;
      const months = calendarTable(files.map((f) => ({ ...f, path: this.#root.locate(f.path) })));
      const days = COST_COLUMNS.map(
        (name) => `${costOfDays(name, WHOLE_MONTH - 1)} + ${dayColumn(name, 1)} AS ${name}`,
      );
      tables.push(
        [kind, months, 'sum(LineItems)'],
        [kind, `(SELECT BillingCurrency, LineItems, ${days.join(', ')} FROM ${months})`, 'sum(LineItems)'],
      );
    }
    return tables;
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

function values(params: SqlText['params']): Params {
  return Object.fromEntries(Object.entries(params).map(([name, p]) => [name, p.value]));
}
