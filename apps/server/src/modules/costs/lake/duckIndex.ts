import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { COST_COLUMNS } from '../focus/columns.ts';
import {
  CALENDAR_KINDS,
  SCALES,
  calendarColumns,
  calendarTable,
  daySums,
  fitsNarrow,
  pivotDays,
  summaryOf,
  type CalendarKind,
} from './calendar.ts';
import { type DuckEngine, type Params, type Row, literal, rowsOf } from './duck.ts';
import { CostError } from './errors.ts';
import { calendarFiles, filesOf, lineTable, publishFile } from './lakeFiles.ts';
import { isIndexed, type LakeFile, type PartitionVersion } from './manifest.ts';
import { SCALE } from './money.ts';
import { partitionFolder, type LakeRoot } from './root.ts';
import { PARQUET, SERIES_DIMENSIONS } from './schema.ts';
import type { CalendarOf, CostIndex, Dialect, SqlText } from './store.ts';

/** Sums by series and day that are turned into rows of a calendar at once; bounds the memory it takes. */
const PIVOTED_AT_ONCE = 1_000_000;

/** The index of the file store: each partition as a calendar of all its dimensions, and one of those of dashboards. */
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
    kind: CalendarKind,
    build: (calendarOf: CalendarOf, dialect: Dialect) => SqlText | undefined,
    signal?: AbortSignal,
  ): Promise<Row[]> {
    const wanted = new Set<string>();
    const calendarOf: CalendarOf = (months) => {
      const first = `${months[0]?.slice(0, 7)}-01`;
      const last = `${months.at(-1)?.slice(0, 7)}-31`;
      const near = partitions.filter((p) => p.lastDay >= first && p.firstDay <= last);
      const files = calendarFiles(near, kind);
      for (const file of files) wanted.add(file.path);
      return files.length === 0
        ? undefined
        : calendarTable(files.map((file) => ({ ...file, path: this.#root.locate(file.path) })));
    };
    const statement = build(calendarOf, this.#dialect);
    if (!statement) return [];
    await this.#root.ready([...wanted]);
    const values: Params = Object.fromEntries(
      Object.entries(statement.params).map(([name, p]) => [name, p.value]),
    );
    return this.#engine.all(statement.sql, values, signal);
  }

  async build(partition: PartitionVersion, signal?: AbortSignal): Promise<LakeFile[]> {
    const staging = await this.#root.createStaging();
    try {
      const staged = (kind: CalendarKind): string => path.join(staging, `${kind}.parquet`);
      const rows = filesOf([partition], 'rows');
      await this.#root.ready(rows);
      const from = lineTable(rows.map((file) => this.#root.locate(file)));
      const scales = await this.#write(from, staged, signal);
      const folder = partitionFolder(partition);
      const id = randomUUID().slice(0, 8);
      const files: LakeFile[] = [];
      for (const kind of CALENDAR_KINDS) {
        const file = await publishFile(
          this.#engine,
          this.#root,
          staged(kind),
          `${folder}/${partition.version}-${kind}-${id}.parquet`,
          kind,
        );
        files.push({ ...file, scale: scales[kind] });
      }
      return files;
    } finally {
      await rm(staging, { recursive: true, force: true });
    }
  }

  /** Writes both calendars of a table of line items. Returns how many decimals their costs of days have. */
  #write(
    from: string,
    staged: (kind: CalendarKind) => string,
    signal?: AbortSignal,
  ): Promise<Record<CalendarKind, number>> {
    const names = Object.keys(SERIES_DIMENSIONS);
    const values = Object.values(SERIES_DIMENSIONS);
    // Rows are brought together by a 64-bit hash, which is cheap, and a second one tells if two series met in the first.
    const salt = literal(randomUUID());
    const hash = `hash(${salt}, ${values.join(', ')})`;
    const check = `hash(${values.toReversed().join(', ')}, ${salt})`;
    return this.#engine.use(async (connection) => {
      await connection.run(
        `CREATE OR REPLACE TEMP TABLE cost_series AS SELECT ${hash} AS _hash, min(${check}) <> max(${check}) AS _met, ` +
          `${names.map((name, i) => `any_value(${values[i] ?? ''}) AS ${name}`).join(', ')} FROM ${from} GROUP BY 1`,
      );
      const [met] = await rowsOf(connection, 'SELECT coalesce(bool_or(_met), false) AS met FROM cost_series');
      if (met?.['met'] === true)
        throw new CostError('store-failed', 'two series of costs share a hash; indexing is tried again');
      const scale = await sumByDay(connection, from, hash);
      await pivot(connection, scale);
      await connection.run('DROP TABLE cost_days');
      const whole = `(SELECT * EXCLUDE (_hash, _met) FROM cost_calendar JOIN cost_series USING (_hash))`;
      await connection.run(`CREATE OR REPLACE TEMP TABLE cost_summary AS ${summaryOf(whole)}`);
      const [narrow] = scale === SCALE ? [] : await rowsOf(connection, fitsNarrow('cost_summary', scale));
      const scales = { calendar: scale, summary: narrow?.['fits'] === true ? scale : SCALE };
      for (const kind of CALENDAR_KINDS)
        await connection.run(
          `COPY (SELECT ${calendarColumns(kind, scales[kind])} FROM ${kind === 'summary' ? 'cost_summary' : whole}) TO ${literal(staged(kind))} (${PARQUET})`,
        );
      for (const table of ['cost_calendar', 'cost_series', 'cost_summary'])
        await connection.run(`DROP TABLE ${table}`);
      return scales;
    }, signal);
  }
}

/** Makes `cost_days` in the narrowest type that holds every sum exactly. Returns its decimals. */
async function sumByDay(connection: DuckDBConnection, from: string, hash: string): Promise<number> {
  for (const scale of SCALES) {
    await connection.run(`CREATE OR REPLACE TEMP TABLE cost_days AS ${daySums(from, hash, scale)}`);
    const lost = COST_COLUMNS.map((name) => `${name} IS NULL`).join(' OR ');
    const [found] = await rowsOf(
      connection,
      `SELECT coalesce(bool_or(${lost}), false) AS lost FROM cost_days`,
    );
    if (found?.['lost'] === false) return scale;
  }
  throw new CostError('store-failed', 'the sums of a day do not fit the store');
}

async function pivot(connection: DuckDBConnection, scale: number): Promise<void> {
  const [counted] = await rowsOf(connection, 'SELECT count(*)::INTEGER AS n FROM cost_days');
  const turns = Math.max(1, Math.ceil(Number(counted?.['n']) / PIVOTED_AT_ONCE));
  for (let turn = 0; turn < turns; turn += 1) {
    const rows = pivotDays('cost_days', `_hash % ${turns} = ${turn}`, scale);
    await connection.run(
      turn === 0
        ? `CREATE OR REPLACE TEMP TABLE cost_calendar AS ${rows}`
        : `INSERT INTO cost_calendar ${rows}`,
    );
  }
}
