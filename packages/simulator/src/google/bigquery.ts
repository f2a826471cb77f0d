import { noiseSeed, unit } from '../aws/metrics/profiles.ts';
import type { JsonAnswer } from '../microsoft/http.ts';
import { bodyOf, GoogleError, ok, type Call, type Route } from './http.ts';
import { billedRegion, hourlyCharges } from './prices.ts';
import { labelsOf, type GoogleObject, type Json, type Project } from './project.ts';

const DAY = 86_400_000;
const UNITS = 1e9;

/** A row of the billing export, as far as questions look at it. */
interface Row {
  readonly day: number;
  readonly object: GoogleObject;
  readonly service: string;
  readonly sku: string;
  /** Whole units of 10⁻⁹ USD, so that any grouping adds up to the same. */
  readonly cost: number;
  readonly credits: number;
}

/** Share of a day in which a resource existed, and in which it ran. */
function shares(object: GoogleObject, day: number, now: number): { there: number; running: number } {
  const from = Math.max(day, object.createdAt);
  const to = Math.min(day + DAY, object.deletedAt ?? now, now);
  if (to <= from) return { there: 0, running: 0 };
  const idle = object.idleSpans.reduce(
    (sum, span) => sum + Math.max(0, Math.min(to, span.to ?? to) - Math.max(from, span.from)),
    0,
  );
  return { there: (to - from) / DAY, running: Math.max(0, to - from - idle) / DAY };
}

/** Every charge of the days from … to; the same answer whenever it is asked. */
function* rowsOf(project: Project, from: number, to: number, now: number): Generator<Row> {
  const all = [...project.objects.values(), ...project.past].map((object) => ({
    object,
    charges: hourlyCharges(object),
    seed: noiseSeed('google', object.path),
  }));
  for (let day = Math.floor(from / DAY) * DAY; day < to; day += DAY)
    for (const { object, charges, seed } of all) {
      const { there, running } = shares(object, day, now);
      for (const { service, sku, usd, credit, always } of charges) {
        const share = always ? there : running;
        if (share <= 0) continue;
        const wobble = service === 'Cloud Storage' ? 0.98 + unit(seed, day / DAY) * 0.04 : 1;
        const cost = Math.round(usd * 24 * share * wobble * UNITS);
        yield { day, object, service, sku, cost, credits: -Math.round(cost * credit) };
      }
    }
}

/** Expressions of the select list that are understood; the export's columns as FOCUS-like questions use them. */
const EXPRESSIONS: Readonly<Record<string, (row: Row, project: Project) => string | null>> = {
  "FORMAT_DATE('%F', DATE(usage_start_time))": (row) => new Date(row.day).toISOString().slice(0, 10),
  "FORMAT_DATE('%Y-%m-01', DATE(usage_start_time))": (row) =>
    `${new Date(row.day).toISOString().slice(0, 7)}-01`,
  currency: () => 'USD',
  'service.description': (row) => row.service,
  'sku.description': (row) => row.sku,
  'project.id': (_row, project) => project.id,
  'location.region': (row) => billedRegion(row.object),
  cost_type: () => 'regular',
};
/** Columns of the detailed export alone. */
const DETAILED: Readonly<Record<string, (row: Row, project: Project) => string | null>> = {
  'resource.name': (row) => row.object.name,
  'resource.global_name': (row, project) => globalName(row.object, project),
};

/** How the detailed export names a resource: with numbers instead of names, disks in the singular. */
function globalName({ collection, path, place, name, data }: GoogleObject, { number }: Project): string {
  const [service = '', kind = ''] = collection.split('.');
  const host = `//${service}.googleapis.com/`;
  if (service === 'storage') return `${host}projects/_/buckets/${name}`;
  if (service === 'cloudsql') return `${host}${path}`;
  const shown = kind === 'disks' ? 'disk' : kind;
  return `${host}projects/${number}/${place}/${shown}/${service === 'compute' ? String(data['id']) : name}`;
}

const LABEL = /^\(SELECT l\.value FROM UNNEST\(labels\) AS l WHERE l\.key = @(\w+) LIMIT 1\)$/;
const AMOUNT =
  'CAST(SUM(CAST(cost AS NUMERIC)) + SUM(IFNULL((SELECT SUM(CAST(c.amount AS NUMERIC)) FROM UNNEST(credits) AS c), 0)) AS STRING)';

const invalid = (message: string): GoogleError => new GoogleError(400, 'invalidQuery', message);

/** Splits at commas outside brackets and quotes. */
function split(text: string): string[] {
  const out: string[] = [];
  let depth = 0;
  let quoted = false;
  let start = 0;
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i];
    if (c === "'") quoted = !quoted;
    else if (quoted) continue;
    else if (c === '(') depth += 1;
    else if (c === ')') depth -= 1;
    else if (c === ',' && depth === 0) {
      out.push(text.slice(start, i).trim());
      start = i + 1;
    }
  }
  out.push(text.slice(start).trim());
  return out;
}

/** An exact decimal text of whole units. */
function money(units: number): string {
  const negative = units < 0;
  const digits = String(Math.abs(units)).padStart(10, '0');
  const part = digits.slice(-9).replace(/0+$/, '');
  return `${negative ? '-' : ''}${digits.slice(0, -9)}${part === '' ? '' : `.${part}`}`;
}

/** Rows of an answer, by job. */
type Cells = readonly (string | null)[];

function run(call: Call, body: Json): { readonly names: string[]; readonly rows: Cells[] } {
  const text = String(body['query']).replace(/\s+/g, ' ').trim();
  const match =
    /^SELECT (.+) FROM `([^`]+)` WHERE usage_start_time >= @(\w+) AND usage_start_time < @(\w+) AND project\.id = @(\w+) GROUP BY [\d, ]+ ORDER BY [\d, ]+$/.exec(
      text,
    );
  if (!match || body['useLegacySql'] !== false)
    throw invalid('Syntax error: the simulator answers questions to a billing export only.');
  const [, select = '', table = '', from = '', to = '', project = ''] = match;
  const detailed = table === call.project.billingTable;
  if (!detailed && table !== call.project.billingTable.replace('_resource_v1_', '_v1_'))
    throw new GoogleError(404, 'notFound', `Not found: Table ${table.replace('.', ':')}`);
  const parameters = new Map(
    ((body['queryParameters'] ?? []) as { name: string; parameterValue?: { value?: string } }[]).map(
      ({ name, parameterValue }) => [name, parameterValue?.value ?? ''],
    ),
  );
  const parameter = (name: string): string => {
    const value = parameters.get(name);
    if (value === undefined) throw invalid(`Query parameter '${name}' not found`);
    return value;
  };
  const columns = split(select).map((one) => {
    const [, expression = '', name = ''] = /^(.+) AS (\w+)$/.exec(one) ?? [undefined, one, one];
    return { expression, name };
  });
  const keys = columns
    .filter(({ expression }) => expression !== AMOUNT)
    .map(({ expression }) => {
      const label = LABEL.exec(expression)?.[1];
      if (label !== undefined) {
        const key = parameter(label);
        return (row: Row) => labelsOf(row.object)[key] ?? null;
      }
      const columns = detailed ? { ...EXPRESSIONS, ...DETAILED } : EXPRESSIONS;
      const known = Object.hasOwn(columns, expression) ? columns[expression] : undefined;
      if (!known) throw invalid(`Unrecognized name: ${expression}`);
      return (row: Row) => known(row, call.project);
    });
  if (columns.at(-1)?.expression !== AMOUNT) throw invalid('The amount must be the last column.');
  const sums = new Map<string, { readonly cells: Cells; units: number }>();
  if (parameter(project) === call.project.id)
    for (const row of rowsOf(
      call.project,
      Date.parse(parameter(from)),
      Date.parse(parameter(to)),
      call.now,
    )) {
      const cells = keys.map((key) => key(row));
      const id = JSON.stringify(cells);
      const sum = sums.get(id) ?? { cells, units: 0 };
      sum.units += row.cost + row.credits;
      sums.set(id, sum);
    }
  const rows = [...sums.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { cells, units }]) => [...cells, money(units)]);
  return { names: columns.map(({ name }) => name), rows };
}

/** Answers kept for their later pages. */
export class QueryJobs {
  readonly #jobs = new Map<string, { readonly names: string[]; readonly rows: readonly Cells[] }>();
  #next = 1;

  /** BigQuery, below `/bigquery/v2/`. */
  route(method: string, path: string): Route | undefined {
    const api = 'bigquery.googleapis.com';
    const permission = 'bigquery.jobs.create';
    if (/^projects\/[^/]+\/queries$/.test(path) && method === 'POST')
      return {
        api,
        permission,
        serve: (call) => {
          const id = `job_${String(this.#next++).padStart(8, '0')}`;
          this.#jobs.set(id, run(call, bodyOf(call.request)));
          for (const old of [...this.#jobs.keys()].slice(0, -100)) this.#jobs.delete(old);
          const size = Number(bodyOf(call.request)['maxResults'] ?? 10_000);
          return this.#answer(call, id, 0, size);
        },
      };
    const id = /^projects\/[^/]+\/queries\/([^/]+)$/.exec(path)?.[1];
    if (id === undefined || method !== 'GET') return undefined;
    return {
      api,
      permission,
      serve: (call) => {
        const at = Number(call.request.query.get('pageToken') ?? 0);
        return this.#answer(call, id, at, Number(call.request.query.get('maxResults') ?? 10_000));
      },
    };
  }

  #answer(call: Call, id: string, at: number, size: number): JsonAnswer {
    const job = this.#jobs.get(id);
    if (!job) throw new GoogleError(404, 'notFound', `Not found: Job ${call.project.id}:US.${id}`);
    const end = at + Math.max(1, Math.min(size, call.faults.paging()?.maxItems ?? size));
    return ok({
      kind: 'bigquery#queryResponse',
      jobReference: { projectId: call.project.id, jobId: id, location: 'US' },
      jobComplete: true,
      totalRows: String(job.rows.length),
      schema: { fields: job.names.map((name) => ({ name, type: 'STRING', mode: 'NULLABLE' })) },
      rows: job.rows.slice(at, end).map((cells) => ({ f: cells.map((v) => ({ v })) })),
      ...(end < job.rows.length ? { pageToken: String(end) } : {}),
      cacheHit: false,
    });
  }
}
