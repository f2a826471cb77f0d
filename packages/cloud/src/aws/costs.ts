import type { GetCostAndUsageCommandOutput, Group, GroupDefinition } from '@aws-sdk/client-cost-explorer';
import { decimal, sum, times } from '../decimal.ts';
import { CloudError, invalidInput, unsupported } from '../errors.ts';
import type { CostAnswer, CostGroup, CostRequest, CostRow } from '../observations.ts';
import { COST_EXPLORER } from './clients.ts';
import type { AwsSession } from './session.ts';

const DIMENSIONS = {
  service: 'SERVICE',
  region: 'REGION',
  account: 'LINKED_ACCOUNT',
  usage_type: 'USAGE_TYPE',
  charge_type: 'RECORD_TYPE',
  resource_type: 'INSTANCE_TYPE',
} as const;

const METRICS = { billed: 'UnblendedCost', amortized: 'AmortizedCost' } as const;

/** Price of one request to Cost Explorer. */
const REQUEST_USD = '0.01';

function definition(group: CostGroup): GroupDefinition {
  if (group.by === 'resource')
    throw unsupported('Cost Explorer tells costs of resources for 14 days of some services only');
  return group.by === 'tag'
    ? { Type: 'TAG', Key: group.key }
    : { Type: 'DIMENSION', Key: DIMENSIONS[group.by] };
}

/** Names AWS gives to "has none": `NoRegion`, `global` is a region of its own; tags come as `key$value`, untagged as `key$`. */
function keyOf(group: CostGroup, raw: string): string | null {
  const value = group.by === 'tag' && raw.startsWith(`${group.key}$`) ? raw.slice(group.key.length + 1) : raw;
  return value === '' || value === 'NoRegion' || value === 'NoInstanceType' ? null : value;
}

function checkRequest(request: CostRequest): void {
  const day = /^\d{4}-\d\d-\d\d$/;
  const issues = [];
  if (!day.test(request.from)) issues.push({ field: 'from', message: 'is not a date' });
  if (!day.test(request.to)) issues.push({ field: 'to', message: 'is not a date' });
  if (issues.length === 0 && request.from >= request.to)
    issues.push({ field: 'to', message: 'must be after from' });
  if (request.groupBy.length > 2) issues.push({ field: 'groupBy', message: 'takes at most two' });
  if (issues.length > 0) throw invalidInput(issues);
}

interface Cell {
  readonly from: string;
  readonly to: string;
  readonly keys: readonly (string | null)[];
  readonly amount: string;
  readonly currency: string;
  readonly estimated: boolean;
}

function cellsOf(answer: GetCostAndUsageCommandOutput, request: CostRequest, metric: string): Cell[] {
  return (answer.ResultsByTime ?? []).flatMap((period) => {
    const from = period.TimePeriod?.Start ?? '';
    const to = period.TimePeriod?.End ?? '';
    const estimated = period.Estimated === true;
    const cell = (
      keys: readonly (string | null)[],
      value: NonNullable<Group['Metrics']>[string] | undefined,
    ): Cell[] =>
      value?.Amount === undefined
        ? []
        : [{ from, to, keys, amount: decimal(value.Amount), currency: value.Unit ?? 'USD', estimated }];
    // With groups the total is empty, without groups the list of groups.
    if (request.groupBy.length === 0) return cell([], period.Total?.[metric]);
    return (period.Groups ?? []).flatMap((group) =>
      cell(
        request.groupBy.map((g, i) => keyOf(g, group.Keys?.[i] ?? '')),
        group.Metrics?.[metric],
      ),
    );
  });
}

/** Pages may split a period, and two raw keys may mean the same; equal cells are summed exactly. */
function merge(cells: readonly Cell[]): CostRow[] {
  const groups = Map.groupBy(cells, (c) => JSON.stringify([c.from, c.to, c.keys, c.currency]));
  return [...groups.values()].map((same) => {
    const first = same[0] as Cell;
    return {
      from: first.from,
      to: first.to,
      keys: [...first.keys],
      amount: sum(same.map((c) => c.amount)),
      currency: first.currency,
      estimated: same.some((c) => c.estimated),
    };
  });
}

const MAX_PAGES = 500;

/**
 * Asks Cost Explorer. There is no paginator in the SDK for this call, so the token is followed by hand.
 * The answer is a summary of the bill: see `detail`.
 */
export async function readCosts(session: AwsSession, request: CostRequest): Promise<CostAnswer> {
  checkRequest(request);
  const explorer = await session.open(COST_EXPLORER);
  const metric = METRICS[request.metric ?? 'billed'];
  const input = {
    TimePeriod: { Start: request.from, End: request.to },
    Granularity: request.granularity === 'daily' ? ('DAILY' as const) : ('MONTHLY' as const),
    Metrics: [metric],
    ...(request.groupBy.length > 0 ? { GroupBy: request.groupBy.map(definition) } : {}),
  };
  const cells: Cell[] = [];
  const seen = new Set<string>();
  let NextPageToken: string | undefined;
  let requests = 0;
  do {
    const answer: GetCostAndUsageCommandOutput = await explorer.send(
      new explorer.sdk.GetCostAndUsageCommand({ ...input, NextPageToken }),
      { signal: request.signal },
    );
    requests += 1;
    cells.push(...cellsOf(answer, request, metric));
    NextPageToken = answer.NextPageToken || undefined;
    if (NextPageToken !== undefined && (seen.has(NextPageToken) || requests >= MAX_PAGES)) {
      // A sum with a part missing must never look whole.
      throw new CloudError({
        kind: 'unavailable',
        message: 'AWS repeated a page token of the costs.',
        call: 'ce:GetCostAndUsage',
        region: explorer.region,
        providerCode: 'RepeatedPageToken',
      });
    }
    if (NextPageToken !== undefined) seen.add(NextPageToken);
  } while (NextPageToken !== undefined);
  return {
    rows: merge(cells),
    detail: 'light',
    queryCost: { amount: times(REQUEST_USD, requests), currency: 'USD' },
  };
}
