import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { COST_COLUMNS } from '../focus/columns.ts';
import {
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
import { calendarFiles, filesOf, lineTable, publishFiles } from './lakeFiles.ts';
import { isIndexed, type LakeFile, type PartitionVersion } from './manifest.ts';
import { SCALE } from './money.ts';
import { partitionFolder, type LakeRoot } from './root.ts';
import { CALENDAR_PARQUET, SERIES_DIMENSIONS } from './schema.ts';
import type { CalendarOf, CostIndex, Dialect, SqlText } from './store.ts';

/** Sums by series and day, and series, that are turned into rows of a calendar at once; bounds the memory it takes. */
const SUMS_AT_ONCE = 1_000_000;
const SERIES_AT_ONCE = 150_000;

interface StagedCalendar {
  kind: CalendarKind;
  path: string;
  /** Decimals of the costs of a day. */
  scale: number;
}

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
      const rows = filesOf([partition], 'rows');
      await this.#root.ready(rows);
      const from = lineTable(rows.map((file) => this.#root.locate(file)));
      const folder = partitionFolder(partition);
      const id = randomUUID().slice(0, 8);
      const files: LakeFile[] = [];
      for (const { kind, scale, path: staged } of await this.#write(from, staging, signal)) {
        const name = `${partition.version}-${kind}-${id}-${files.length}.parquet`;
        const published = await publishFiles(
          this.#engine,
          this.#root,
          [staged],
          () => `${folder}/${name}`,
          kind,
        );
        files.push(...published.map((file) => ({ ...file, scale })));
      }
      return files;
    } finally {
      await rm(staging, { recursive: true, force: true });
    }
  }

  /** Writes both calendars of a table of line items; the one of all dimensions in as many files as memory asks for. */
  #write(from: string, staging: string, signal?: AbortSignal): Promise<StagedCalendar[]> {
    // Rows are brought together by a 64-bit hash, which is cheap, and a second one tells if two series met in the first.
    const values = Object.values(SERIES_DIMENSIONS);
    const salt = literal(randomUUID());
    const hash = `hash(${salt}, ${values.join(', ')})`;
    const check = `hash(${values.toReversed().join(', ')}, ${salt})`;
    return this.#engine.use(async (connection) => {
      const scale = await sumByDay(connection, from, hash);
      const [counted] = await rowsOf(
        connection,
        'SELECT count(*)::INTEGER AS n, count(DISTINCT _hash)::INTEGER AS series FROM cost_days',
      );
      const turns = Math.max(
        1,
        Math.ceil(Number(counted?.['n']) / SUMS_AT_ONCE),
        Math.ceil(Number(counted?.['series']) / SERIES_AT_ONCE),
      );
      const calendars: StagedCalendar[] = [];
      for (let turn = 0; turn < turns; turn += 1) {
        const mine = (of: string): string => (turns === 1 ? 'true' : `${of} % ${turns} = ${turn}`);
        await namesOfSeries(connection, from, hash, check, mine(hash));
        const file = {
          kind: 'calendar',
          path: path.join(staging, `calendar-${turn}.parquet`),
          scale,
        } as const;
        const rows = `(${pivotDays('cost_days', mine('_hash'), scale)}) JOIN cost_series USING (_hash)`;
        await copyCalendar(connection, rows, file);
        calendars.push(file);
      }
      for (const table of ['cost_days', 'cost_series']) await connection.run(`DROP TABLE ${table}`);
      await connection.run(
        `CREATE OR REPLACE TEMP TABLE cost_summary AS ${summaryOf(calendarTable(calendars))}`,
      );
      const [narrow] = scale === SCALE ? [] : await rowsOf(connection, fitsNarrow('cost_summary', scale));
      const summary: StagedCalendar = {
        kind: 'summary',
        path: path.join(staging, 'summary.parquet'),
        scale: narrow?.['fits'] === true ? scale : SCALE,
      };
      await copyCalendar(connection, 'cost_summary', summary);
      await connection.run('DROP TABLE cost_summary');
      return [...calendars, summary];
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

/** Makes `cost_series`: the dimensions of some series by their hash. */
async function namesOfSeries(
  connection: DuckDBConnection,
  from: string,
  hash: string,
  check: string,
  where: string,
): Promise<void> {
  const names = Object.entries(SERIES_DIMENSIONS).map(([name, value]) => `any_value(${value}) AS ${name}`);
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE cost_series AS SELECT ${hash} AS _hash, min(${check}) <> max(${check}) AS _met, ${names.join(', ')} FROM ${from} WHERE ${where} GROUP BY 1`,
  );
  const [met] = await rowsOf(connection, 'SELECT coalesce(bool_or(_met), false) AS met FROM cost_series');
  if (met?.['met'] === true)
    throw new CostError('store-failed', 'two series of costs share a hash; indexing is tried again');
}

async function copyCalendar(connection: DuckDBConnection, from: string, file: StagedCalendar): Promise<void> {
  await connection.run(
    `COPY (SELECT ${calendarColumns(file.kind, file.scale)} FROM ${from}) TO ${literal(file.path)} (${CALENDAR_PARQUET})`,
  );
}
