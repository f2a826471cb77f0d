import { decimal, sum } from '../decimal.ts';
import { CloudError, invalidInput, unsupported } from '../errors.ts';
import type { CostAnswer, CostDimension, CostGroup, CostRequest, CostRow } from '../observations.ts';
import { fullName, last } from './scope.ts';
import { unreadable, type GcpSession } from './session.ts';

/** What a day of the bill is asked by. Only the detailed export, which its table's name tells, knows resources. */
export const costGroupsOf = (table: string | undefined): readonly CostDimension[] =>
  table !== undefined && DETAILED.test(table) ? ['service', 'region', 'resource'] : ['service', 'region'];
const DETAILED = /\.gcp_billing_export_resource_v1_/;

/** Columns of the standard and the detailed usage cost export (Cloud Billing, "Structure of … data export"). */
const DIMENSIONS: Readonly<Record<string, string>> = {
  service: 'service.description',
  region: 'location.region',
  account: 'project.id',
  usage_type: 'sku.description',
  charge_type: 'cost_type',
};
/** Credits are a repeated record beside the cost; their amounts are negative. Sums in NUMERIC are exact. */
const AMOUNT =
  'CAST(SUM(CAST(cost AS NUMERIC)) + SUM(IFNULL((SELECT SUM(CAST(c.amount AS NUMERIC)) FROM UNNEST(credits) AS c), 0)) AS STRING)';
const PERMISSION = 'bigquery.jobs.create';
/** Rows of a page, and pages followed at most. */
const PAGE = 10_000;
const MAX_PAGES = 200;
/** Days in which an invoice month still changes. */
const OPEN_DAYS = 10;

interface QueryAnswer {
  readonly jobComplete?: boolean;
  readonly jobReference?: {
    readonly projectId?: string;
    readonly jobId?: string;
    readonly location?: string;
  };
  readonly rows?: readonly { readonly f?: readonly { readonly v?: unknown }[] }[];
  readonly pageToken?: string;
  readonly errors?: readonly { readonly reason?: string; readonly message?: string }[];
}

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
const addDays = (day: string, count: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10);
const monthAfter = (day: string): string =>
  new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 1)).toISOString().slice(0, 10);

function columns(group: CostGroup, index: number, table: string): readonly string[] {
  if (group.by === 'tag')
    return [`(SELECT l.value FROM UNNEST(labels) AS l WHERE l.key = @key${index} LIMIT 1)`];
  if (group.by === 'resource') {
    if (!DETAILED.test(table))
      throw new CloudError({
        kind: 'not_enabled',
        message:
          'Costs of resources are in the detailed export only: its table is gcp_billing_export_resource_v1_….',
      });
    return ['resource.global_name', 'resource.name'];
  }
  const name = DIMENSIONS[group.by];
  if (name === undefined) throw unsupported(`the billing export of Google Cloud has no ${group.by}`);
  return [name];
}

/** Kinds that the export writes in the singular. */
const KINDS: Readonly<Record<string, string>> = { instance: 'instances', disk: 'disks', image: 'images' };

/**
 * The full resource name of the inventory behind `resource.global_name`, which has the project's number and, for Compute
 * Engine, the resource's: `//compute.googleapis.com/projects/841…/zones/z/instances/7023…` named `web-1`. Buckets stand
 * below `projects/_/buckets`. Names of other shapes are kept as they are.
 */
export function billedId(globalName: string | null, name: string | null, projectId: string): string | null {
  if (globalName === null) return name;
  const bucket = /^\/\/storage\.googleapis\.com\/projects\/[^/]+\/buckets\/([^/]+)$/.exec(globalName)?.[1];
  if (bucket !== undefined) return fullName('storage', bucket);
  const match = /^(\/\/[a-z]+\.googleapis\.com\/projects\/)[^/]+\/(.+)\/([^/]+)\/([^/]+)$/.exec(globalName);
  const flat = /^(\/\/[a-z]+\.googleapis\.com\/projects\/)[^/]+\/([^/]+)\/([^/]+)$/.exec(globalName);
  if (flat) return `${flat[1]}${projectId}/${flat[2]}/${flat[3]}`;
  if (!match) return globalName;
  const [, base = '', place = '', kind = '', id = ''] = match;
  const own = /^\d+$/.test(id) && name !== null ? last(name) : id;
  return `${base}${projectId}/${place}/${KINDS[kind] ?? kind}/${own}`;
}

/** The question in GoogleSQL. Values are parameters; the table's name was checked against its pattern. */
function question(session: GcpSession, table: string, request: CostRequest) {
  const day = "FORMAT_DATE('%F', DATE(usage_start_time))";
  const period = request.granularity === 'daily' ? day : "FORMAT_DATE('%Y-%m-01', DATE(usage_start_time))";
  const keys = request.groupBy.flatMap((group, index) => columns(group, index, table));
  const positions = [1, 2, ...keys.map((_, index) => index + 3)].join(', ');
  const select = [
    `${period} AS period`,
    'currency',
    ...keys.map((key, index) => `${key} AS key${index}`),
    `${AMOUNT} AS amount`,
  ];
  const parameter = (name: string, type: string, value: string) => ({
    name,
    parameterType: { type },
    parameterValue: { value },
  });
  return {
    query: `SELECT ${select.join(', ')} FROM \`${table}\` WHERE usage_start_time >= @from AND usage_start_time < @to AND project.id = @project GROUP BY ${positions} ORDER BY ${positions}`,
    useLegacySql: false,
    parameterMode: 'NAMED',
    maxResults: PAGE,
    timeoutMs: 20_000,
    queryParameters: [
      parameter('from', 'TIMESTAMP', `${request.from}T00:00:00Z`),
      parameter('to', 'TIMESTAMP', `${request.to}T00:00:00Z`),
      parameter('project', 'STRING', session.projectId),
      ...request.groupBy.flatMap((group, index) =>
        group.by === 'tag' ? [parameter(`key${index}`, 'STRING', group.key)] : [],
      ),
    ],
  };
}

/**
 * Asks the billing export in BigQuery. Billed and amortised are the same: commitments of Google Cloud are charged as
 * they are used. @throws CloudError `not_enabled` where no export is named
 */
export async function readCosts(session: GcpSession, request: CostRequest): Promise<CostAnswer> {
  if (!isDay(request.from) || !isDay(request.to) || request.from >= request.to)
    throw invalidInput([{ field: 'to', message: 'is a day after from' }]);
  if (session.billingTable === undefined)
    throw new CloudError({
      kind: 'not_enabled',
      message: 'The account names no table of a billing export: enter it with the credentials.',
    });
  const now = new Date(session.caller.clock.now()).toISOString().slice(0, 10);
  const closed = addDays(`${now.slice(0, 7)}-01`, -OPEN_DAYS);
  // Several charges may be of one resource: recreated under its name, it has another number.
  const rows = new Map<string, CostRow & { readonly amounts: string[] }>();
  const width = request.groupBy.length + request.groupBy.filter(({ by }) => by === 'resource').length + 3;
  for await (const page of answers(session, question(session, session.billingTable, request), request.signal))
    for (const { f = [] } of page.rows ?? []) {
      const cells = f.map(({ v }) => (typeof v === 'string' && v !== '' ? v : null));
      const [from, currency, ...told] = cells;
      const amount = told.pop();
      if (cells.length !== width || !from || !currency || !amount || !isDay(from))
        throw unreadable(PERMISSION);
      const keys = request.groupBy.map(({ by }) => {
        const key = told.shift() ?? null;
        return by === 'resource' ? billedId(key, told.shift() ?? null, session.projectId) : key;
      });
      const id = JSON.stringify([from, currency, keys]);
      const row = rows.get(id) ?? {
        from,
        to: request.granularity === 'daily' ? addDays(from, 1) : monthAfter(from),
        keys,
        amount: '0',
        currency,
        estimated: from >= closed,
        amounts: [],
      };
      row.amounts.push(decimal(amount));
      rows.set(id, row);
    }
  return {
    rows: [...rows.values()].map(({ amounts, ...row }) => ({ ...row, amount: sum(amounts) })),
    detail: 'light',
  };
}

/** Pages of a query's answer, once its job is done. */
async function* answers(
  session: GcpSession,
  body: ReturnType<typeof question>,
  signal: AbortSignal | undefined,
): AsyncGenerator<QueryAnswer> {
  const { caller, projectId } = session;
  const request = { api: 'bigquery' as const, permission: PERMISSION };
  let answer = await session.call<QueryAnswer>(
    // Read only: asked again it costs, and changes nothing.
    { ...request, method: 'POST', path: `projects/${projectId}/queries`, body },
    { signal },
  );
  const { jobId, location } = answer.jobReference ?? {};
  const deadline = caller.clock.now() + 300_000;
  let pause = caller.poll.first;
  for (let page = 0; ;) {
    if (answer.jobComplete === true) {
      yield answer;
      if (answer.pageToken === undefined || answer.pageToken === '') return;
      page += 1;
      if (page >= MAX_PAGES)
        throw new CloudError({ kind: 'truncated', message: 'BigQuery answered with too many pages.' });
    } else {
      if (caller.clock.now() + pause > deadline)
        throw new CloudError({
          kind: 'unavailable',
          message: 'The query of the billing export is not done after 300 s.',
          call: PERMISSION,
        });
      await caller.clock.sleep(pause, signal);
      pause = Math.min(caller.poll.largest, pause * 1.5);
    }
    if (jobId === undefined) throw unreadable(PERMISSION);
    answer = await session.call<QueryAnswer>(
      {
        ...request,
        path: `projects/${projectId}/queries/${encodeURIComponent(jobId)}`,
        query: { location, pageToken: answer.pageToken, maxResults: PAGE },
      },
      { signal },
    );
  }
}
