import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { COST_COLUMNS } from '../focus/columns.ts';
import { type DuckEngine, type Params, type Row, literal, rowsOf } from './duck.ts';
import { CostError } from './errors.ts';
import { filesOf, lineTable, numberedTable, publishFile } from './lakeFiles.ts';
import { isIndexed, type LakeFile, type PartitionVersion } from './manifest.ts';
import { partitionFolder, type LakeRoot } from './root.ts';
import { DAILY_DIMENSIONS, PARQUET, SERIES_DIMENSIONS } from './schema.ts';
import type { CostIndex, Dialect, IndexTables, SqlText } from './store.ts';

const DAY = 'ChargePeriodStart::DATE';

/**
 * The index of the file store. Bills repeat themselves: the same resource, tags and usage type, hour after hour. A
 * series is one such combination, kept once with a number; a fact is its sums of one day under that number. Questions
 * look at texts and tags once per series, and add up narrow rows.
 */
export class DuckIndex implements CostIndex {
  readonly #engine: DuckEngine;
  readonly #root: LakeRoot;
  readonly #dialect: Dialect;

  constructor(engine: DuckEngine, root: LakeRoot, dialect: Dialect) {
    this.#engine = engine;
    this.#root = root;
    this.#dialect = dialect;
  }

  covers(partitions: readonly PartitionVersion[]): boolean {
    return partitions.length > 0 && partitions.every(isIndexed);
  }

  async select(
    partitions: readonly PartitionVersion[],
    build: (tables: IndexTables, dialect: Dialect) => SqlText,
    signal?: AbortSignal,
  ): Promise<Row[]> {
    const files = (['series', 'facts'] as const).map((kind) => filesOf(partitions, kind));
    await this.#root.ready(files.flat());
    const [series, facts] = files.map((found) => found.map((file) => this.#root.locate(file)));
    if (!series || !facts || facts.length === 0) return [];
    if (series.length !== facts.length)
      throw new CostError('corrupt', 'a partition of the cost store has half an index');
    const tables = { series: numberedTable(series), facts: numberedTable(facts) };
    const { sql, params } = build(tables, this.#dialect);
    const values: Params = Object.fromEntries(Object.entries(params).map(([name, p]) => [name, p.value]));
    return this.#engine.all(sql, values, signal);
  }

  async build(partition: PartitionVersion, signal?: AbortSignal): Promise<LakeFile[]> {
    const staging = await this.#root.createStaging();
    try {
      const staged = (kind: string): string => path.join(staging, `${kind}.parquet`);
      const rows = filesOf([partition], 'rows');
      await this.#root.ready(rows);
      const from = lineTable(rows.map((file) => this.#root.locate(file)));
      await this.#write(from, staged, signal);
      const folder = partitionFolder(partition);
      const id = randomUUID().slice(0, 8);
      const files: LakeFile[] = [];
      const kinds = filesOf([partition], 'daily').length > 0 ? [] : (['daily'] as const);
      for (const kind of [...kinds, 'series', 'facts'] as const)
        files.push(
          await publishFile(
            this.#engine,
            this.#root,
            staged(kind),
            `${folder}/${partition.version}-${kind}-${id}.parquet`,
            kind,
          ),
        );
      return files;
    } finally {
      await rm(staging, { recursive: true, force: true });
    }
  }

  #write(from: string, staged: (kind: string) => string, signal?: AbortSignal): Promise<void> {
    const names = Object.keys(SERIES_DIMENSIONS);
    const values = Object.values(SERIES_DIMENSIONS);
    // Rows are brought together by a 64-bit hash, which is cheap, and a second one tells if two series met in the first.
    const salt = literal(randomUUID());
    const hash = `hash(${salt}, ${values.join(', ')})`;
    const check = `hash(${values.toReversed().join(', ')}, ${salt})`;
    const sums = COST_COLUMNS.map((name) => `sum(${name}) AS ${name}`).join(', ');
    const copy = (kind: string, sql: string): string =>
      `COPY (${sql}) TO ${literal(staged(kind))} (${PARQUET})`;
    return this.#engine.use(async (connection) => {
      await connection.run(
        `CREATE OR REPLACE TEMP TABLE cost_series AS SELECT (row_number() OVER ())::INTEGER AS Series, * FROM (` +
          `SELECT ${hash} AS _hash, min(${check}) <> max(${check}) AS _met, ` +
          `${names.map((name, i) => `any_value(${values[i] ?? ''}) AS ${name}`).join(', ')} FROM ${from} GROUP BY 1)`,
      );
      const [met] = await rowsOf(connection, 'SELECT coalesce(bool_or(_met), false) AS met FROM cost_series');
      if (met?.['met'] === true)
        throw new CostError('store-failed', 'two series of costs share a hash; indexing is tried again');
      await connection.run(copy('series', 'SELECT * EXCLUDE (_hash, _met) FROM cost_series'));
      await connection.run(
        copy(
          'facts',
          `SELECT ChargeDay, Series, ${COST_COLUMNS.join(', ')}, LineItems FROM (SELECT ${DAY} AS ChargeDay, ${hash} AS _hash, ${sums}, count(*) AS LineItems FROM ${from} GROUP BY 1, 2) JOIN (SELECT _hash, Series FROM cost_series) USING (_hash) ORDER BY ChargeDay`,
        ),
      );
      const dimensions = DAILY_DIMENSIONS.join(', ');
      await connection.run(
        copy(
          'daily',
          `SELECT ChargeDay, ${dimensions}, ${sums}, sum(LineItems)::BIGINT AS LineItems FROM read_parquet(${literal(staged('facts'))}) JOIN (SELECT Series, ${dimensions} FROM cost_series) USING (Series) GROUP BY ChargeDay, ${dimensions}`,
        ),
      );
      await connection.run('DROP TABLE cost_series');
    }, signal);
  }
}
