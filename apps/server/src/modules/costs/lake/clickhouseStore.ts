import { scalarText } from './scalar.ts';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { COST_COLUMNS, type FocusColumn } from '../focus/columns.ts';
import type { Row } from './duck.ts';
import { CostError } from './errors.ts';
import type { CostSums, LakeFile, PartitionKey, PartitionVersion } from './manifest.ts';
import { canonical } from './money.ts';
import { DAILY_DIMENSIONS, LINE_COLUMNS, dailySql } from './schema.ts';
import type {
  CostStore,
  Dialect,
  ExportRequest,
  ParamType,
  SqlText,
  StoredVersion,
  TableKind,
  VerifyProblem,
} from './store.ts';

const PARAM_TYPES: Record<ParamType, string> = {
  text: 'String',
  date: 'Date',
  timestamp: "DateTime64(6, 'UTC')",
  int: 'Int64',
};

/** ClickHouse's SQL where it differs. See https://clickhouse.com/docs/sql-reference. */
export const clickhouseDialect: Dialect = {
  name: 'clickhouse',
  param: (name, type) => `{${name}:${PARAM_TYPES[type]}}`,
  dayOf: (timestamp) => `toDate(${timestamp})`,
  bucket: (day, grain) =>
    grain === 'day' ? `toDate(${day})` : grain === 'week' ? `toMonday(${day})` : `toStartOfMonth(${day})`,
  date: (constant) => `toDate('${constant}')`,
  // The path of JSONExtract is a list of keys, each taken as it is.
  jsonValue: (json, key) =>
    `if(JSONHas(ifNull(${json}, ''), ${key}), JSONExtractString(ifNull(${json}, ''), ${key}), NULL)`,
  times: (amount, rate) =>
    `CAST(multiplyDecimal(CAST(${amount} AS Decimal(38, 10)), CAST(${rate} AS Decimal(18, 8)), 18) AS Decimal(38, 18))`,
  decimal: (text) => `toDecimal128(${text}, 18)`,
  text: (expression) => `toString(${expression})`,
  sortedLines: (text) => `arrayStringConcat(arraySort(groupArray(${text})), '\\n')`,
};

const TYPES: Record<FocusColumn['type'], string> = {
  string: 'Nullable(String)',
  json: 'Nullable(String)',
  decimal: 'Nullable(Decimal(38, 18))',
  datetime: "Nullable(DateTime64(6, 'UTC'))",
};
const REQUIRED: Record<string, string> = {
  BillingAccountId: 'String',
  BillingCurrency: 'LowCardinality(String)',
  ChargePeriodStart: "DateTime64(6, 'UTC')",
};

/**
 * The cost store on a ClickHouse server, over its HTTP interface. Rows of every version lie in one
 * table with the version's id beside them; a reader names the versions that the manifest lists, so
 * visibility follows the same rule as in the file store. Old versions are deleted by `sweep`.
 */
export class ClickHouseCostStore implements CostStore {
  readonly dialect = clickhouseDialect;
  readonly #url: URL;
  readonly #headers: Record<string, string>;
  #ready: Promise<void> | undefined;

  /** @param url `http(s)://user:password@host:port/database` */
  constructor(url: string) {
    const parsed = new URL(url);
    this.#headers = {
      'X-ClickHouse-User': decodeURIComponent(parsed.username) || 'default',
      'X-ClickHouse-Key': decodeURIComponent(parsed.password),
      'X-ClickHouse-Database': parsed.pathname.slice(1) || 'default',
    };
    this.#url = new URL('/', parsed.origin);
  }

  createStaging(): Promise<string> {
    return mkdtemp(path.join(tmpdir(), 'cost-stage-'));
  }

  async putVersion(
    key: PartitionKey,
    version: string,
    stagedFiles: readonly string[],
  ): Promise<StoredVersion> {
    await this.#setUp();
    const names = LINE_COLUMNS.map((c) => c.name).join(', ');
    const structure = LINE_COLUMNS.map((c) => `${c.name} ${TYPES[c.type]}`).join(', ');
    for (const file of stagedFiles) {
      // `input` renames nothing and reads only these columns, so helper columns of a staged file stay out.
      const sql = `INSERT INTO cost_rows (version, organization_id, billing_period, ${names}) SELECT {version:String}, {organization:String}, {period:String}, ${names} FROM input('${structure.replaceAll("'", String.raw`\'`)}') FORMAT Parquet`;
      await this.#send(
        sql,
        { version: text(version), organization: text(key.organizationId), period: text(key.billingPeriod) },
        createReadStream(file),
      );
    }
    await this.#deriveDaily(version);
    return this.#describe(version);
  }

  async select(
    partitions: readonly PartitionVersion[],
    kind: TableKind,
    build: (from: string, dialect: Dialect) => SqlText,
    signal?: AbortSignal,
  ): Promise<Row[]> {
    if (partitions.length === 0) return [];
    await this.#setUp();
    const { sql, params } = build(table(partitions, kind), clickhouseDialect);
    return this.#rows(sql, params, signal);
  }

  async exportRows(
    partitions: readonly PartitionVersion[],
    request: ExportRequest,
    signal?: AbortSignal,
  ): Promise<{ rows: number }> {
    await this.#setUp();
    const csv = request.format === 'csv';
    const columns = request.columns.map((c) => {
      if (!csv) return c.name;
      if (c.type === 'datetime') return `formatDateTime(${c.name}, '%Y-%m-%dT%H:%i:%SZ') AS ${c.name}`;
      if (c.type === 'decimal') return c.name;
      return String.raw`if(match(ifNull(${c.name}, ''), '^[=+\\-@\\t\\r]') AND NOT match(ifNull(${c.name}, ''), '^[+-]?\\d+(\\.\\d+)?([eE][+-]?\\d+)?$'), concat('\'', ${c.name}), ${c.name}) AS ${c.name}`;
    });
    const where = request.where ? ` WHERE ${request.where.sql}` : '';
    const all = partitions.length === 0 ? '(SELECT * FROM cost_rows WHERE 0)' : table(partitions, 'rows');
    // Filtered one level below: beside a column, ClickHouse takes its alias in WHERE too.
    const from = `(SELECT * FROM ${all}${where}) AS chosen`;
    const params = request.where?.params ?? {};
    const counted = await this.#rows(`SELECT toString(count()) AS n FROM ${from}`, params, signal);
    const response = await this.#send(
      `SELECT ${columns.join(', ')} FROM ${from} FORMAT ${csv ? 'CSVWithNames' : 'Parquet'} SETTINGS format_csv_null_representation = ''`,
      params,
      undefined,
      signal,
    );
    if (!response.body) throw new CostError('store-failed', 'ClickHouse sent no export');
    await pipeline(Readable.fromWeb(response.body), createWriteStream(request.target));
    return { rows: Number(counted[0]?.['n'] ?? 0) };
  }

  async merge(partition: PartitionVersion, version: string): Promise<StoredVersion> {
    await this.#setUp();
    const names = ['organization_id', 'billing_period', ...LINE_COLUMNS.map((c) => c.name)].join(', ');
    await this.#send(
      `INSERT INTO cost_rows (version, ${names}) SELECT {version:String}, ${names} FROM ${table([partition], 'rows')}`,
      { version: text(version) },
    );
    await this.#deriveDaily(version);
    return this.#describe(version);
  }

  async verify(partition: PartitionVersion): Promise<VerifyProblem[]> {
    await this.#setUp();
    const problems: VerifyProblem[] = [];
    for (const kind of ['rows', 'daily'] as const) {
      const found = await this.#sums(
        table([partition], kind),
        kind === 'rows' ? 'count()' : 'sum(LineItems)',
      );
      if (JSON.stringify(found) !== JSON.stringify(partition.sums))
        problems.push({ path: partition.files.find((f) => f.kind === kind)?.path ?? '', problem: 'sums' });
    }
    return problems;
  }

  async discard(paths: readonly string[]): Promise<void> {
    await this.#setUp();
    const versions = [...new Set(paths.map(versionOf))];
    if (versions.length === 0) return;
    for (const name of ['cost_rows', 'cost_daily'])
      await this.#send(`DELETE FROM ${name} WHERE version IN (${versions.map(quote).join(', ')})`, {});
  }

  async sweep(referenced: ReadonlySet<string>, olderThan: Date): Promise<string[]> {
    await this.#setUp();
    const used = new Set([...referenced].map(versionOf));
    const rows = await this.#rows(
      `SELECT version FROM cost_rows GROUP BY version HAVING max(inserted_at) < {limit:DateTime64(3, 'UTC')}`,
      {
        limit: { type: 'text', value: olderThan.toISOString().slice(0, 23).replace('T', ' ') },
      },
    );
    const orphans = rows.map((r) => scalarText(r['version'])).filter((v) => !used.has(v));
    await this.discard(orphans.map((v) => `cost_rows/${v}`));
    return orphans.map((v) => `cost_rows/${v}`);
  }

  async close(): Promise<void> {
    // Requests are independent; nothing is held open.
  }

  async #deriveDaily(version: string): Promise<void> {
    const names = [...DAILY_DIMENSIONS, ...COST_COLUMNS].join(', ');
    const daily = dailySql(
      `(SELECT * FROM cost_rows WHERE version = ${quote(version)}) AS r`,
      'toDate(ChargePeriodStart)',
    );
    await this.#send(
      `INSERT INTO cost_daily (version, ChargeDay, ${names}, LineItems) SELECT {version:String}, ChargeDay, ${names}, LineItems FROM (${daily}) AS d`,
      { version: text(version) },
    );
  }

  async #describe(version: string): Promise<StoredVersion> {
    const from = `(SELECT * FROM cost_rows WHERE version = ${quote(version)}) AS t`;
    const sums = await this.#sums(from, 'count()');
    const span = await this.#rows(
      `SELECT toString(toDate(min(ChargePeriodStart))) AS first, toString(toDate(max(ChargePeriodStart))) AS last, toString(count()) AS n FROM ${from}`,
      {},
    );
    const daily = await this.#rows(
      `SELECT toString(count()) AS n FROM cost_daily WHERE version = ${quote(version)}`,
      {},
    );
    const file = (kind: TableKind, rows: unknown): LakeFile => ({
      path: `cost_${kind}/${version}`,
      kind,
      rows: Number(rows),
      bytes: 0,
      sha256: '',
    });
    if (Number(span[0]?.['n']) === 0) throw new CostError('bad-input', 'a partition cannot be empty');
    return {
      files: [file('rows', span[0]?.['n']), file('daily', daily[0]?.['n'])],
      sums,
      firstDay: scalarText(span[0]?.['first']),
      lastDay: scalarText(span[0]?.['last']),
    };
  }

  async #sums(from: string, count: string): Promise<CostSums[]> {
    const sums = COST_COLUMNS.map((c) => `toString(ifNull(sum(${c}), 0)) AS s_${c}`).join(', ');
    const rows = await this.#rows(
      `SELECT BillingCurrency AS currency, toString(${count}) AS n, ${sums} FROM ${from} GROUP BY BillingCurrency ORDER BY BillingCurrency`,
      {},
    );
    return rows.map((row) => ({
      currency: scalarText(row['currency']),
      rows: Number(row['n']),
      billed: canonical(scalarText(row['s_BilledCost'])),
      effective: canonical(scalarText(row['s_EffectiveCost'])),
      list: canonical(scalarText(row['s_ListCost'])),
      contracted: canonical(scalarText(row['s_ContractedCost'])),
    }));
  }

  #setUp(): Promise<void> {
    this.#ready ??= this.#createTables().catch((error: unknown) => {
      this.#ready = undefined;
      throw error;
    });
    return this.#ready;
  }

  async #createTables(): Promise<void> {
    const columns = LINE_COLUMNS.map((c) => `${c.name} ${REQUIRED[c.name] ?? TYPES[c.type]}`).join(', ');
    await this.#send(
      `CREATE TABLE IF NOT EXISTS cost_rows (version String, organization_id String, billing_period String, inserted_at DateTime64(3, 'UTC') DEFAULT now64(3), ${columns}) ENGINE = MergeTree PARTITION BY billing_period ORDER BY (organization_id, version, ChargePeriodStart)`,
      {},
    );
    const dimensions = DAILY_DIMENSIONS.map((name) => `${name} ${REQUIRED[name] ?? 'Nullable(String)'}`).join(
      ', ',
    );
    const costs = COST_COLUMNS.map((name) => `${name} Nullable(Decimal(38, 18))`).join(', ');
    await this.#send(
      `CREATE TABLE IF NOT EXISTS cost_daily (version String, ChargeDay Date, ${dimensions}, ${costs}, LineItems UInt64) ENGINE = MergeTree ORDER BY (version, ChargeDay)`,
      {},
    );
  }

  async #rows(sql: string, params: Params, signal?: AbortSignal): Promise<Row[]> {
    const response = await this.#send(`${sql} FORMAT JSONEachRow`, params, undefined, signal);
    const body = await response.text();
    return body
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Row);
  }

  async #send(sql: string, params: Params, body?: Readable, signal?: AbortSignal): Promise<Response> {
    const url = new URL(this.#url);
    url.searchParams.set('query', sql);
    // Nullable join keys and strict decimals: results as in the file store.
    url.searchParams.set('join_use_nulls', '1');
    url.searchParams.set('wait_end_of_query', '1');
    for (const [name, { value }] of Object.entries(params))
      url.searchParams.set(`param_${name}`, escapeParam(scalarText(value)));
    let response: Response;
    try {
      const init: RequestInit & { duplex?: 'half' } = {
        method: 'POST',
        headers: this.#headers,
        signal: signal ?? null,
      };
      if (body) Object.assign(init, { body: Readable.toWeb(body), duplex: 'half' });
      response = await fetch(url, init);
    } catch (error) {
      if (signal?.aborted) throw new CostError('cancelled', 'the cost query was cancelled', {}, error);
      throw new CostError('store-failed', 'the cost store (ClickHouse) cannot be reached', {}, error);
    }
    if (!response.ok)
      throw new CostError('store-failed', 'the cost store (ClickHouse) refused a statement', {
        status: response.status,
        answer: (await response.text()).slice(0, 500),
      });
    return response;
  }
}

type Params = SqlText['params'];

const text = (value: string): Params[string] => ({ type: 'text', value });

/** Query parameters are read in TSV escaping (ClickHouse, "Queries with parameters"). */
function escapeParam(value: string): string {
  return value
    .replaceAll('\\', '\\\\')
    .replaceAll('\t', '\\t')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r');
}

function table(partitions: readonly PartitionVersion[], kind: TableKind): string {
  const versions = partitions.flatMap((p) =>
    p.files.filter((f) => f.kind === kind).map((f) => versionOf(f.path)),
  );
  return `(SELECT * FROM cost_${kind} WHERE version IN (${versions.map(quote).join(', ')})) AS t`;
}

function versionOf(file: string): string {
  return file.slice(file.indexOf('/') + 1);
}

/** Versions are UUIDs of our own; anything else is a bug and must not reach SQL. */
function quote(version: string): string {
  if (!/^[0-9a-f-]{36}$/.test(version)) throw new CostError('store-failed', 'not a version id');
  return `'${version}'`;
}
