import type { Connection } from '@cloudatlas/cloud/contract';
import { CloudError, type CloudProblem } from '@cloudatlas/cloud/errors';
import type { MetricSeries } from '@cloudatlas/cloud/observations';
import type { AccountFacts, AccountsService } from '#modules/accounts/index.ts';
import type { Estate, EstateIdentity } from '#modules/inventory/index.ts';
import { dayMs, hourMs, mergeHours, type HourSeries } from './profile.ts';
import type { ProfileStore, StoredSeries } from './store.ts';
import type { WantedMetric } from './wanted.ts';

/** A series to read, and from when. */
interface Gap {
  resource: EstateIdentity;
  wanted: WantedMetric;
  from: number;
}

/** What could not be read, by region. */
export type MetricProblems = ReadonlyMap<string, CloudProblem>;

/** Points of one call: 20 MB in memory, and few enough that a lost call costs little. */
const pointsPerCall = 150_000;
const seriesPerCall = 2000;
/** The last day is read again: providers deliver the end of a day late. */
const overlapDays = 1;

/**
 * Reads what rules need of an account's resources and is not stored yet: only the missing days, hour by hour, up to
 * the last midnight. A region whose metrics are refused leaves the others alone. Safe to kill and to repeat.
 * @param wanted series by resource type
 * @param today midnight UTC up to which is read
 * @param onProgress told the number of resources looked at so far
 * @throws AppError when the account is gone or disabled; CloudError only when aborted
 */
export async function collectMetrics(
  { accounts, estate, profiles }: { accounts: AccountsService; estate: Estate; profiles: ProfileStore },
  account: AccountFacts,
  wanted: ReadonlyMap<string, readonly WantedMetric[]>,
  today: number,
  signal: AbortSignal,
  onProgress: (resources: number) => Promise<void>,
): Promise<MetricProblems> {
  const scope = { organizationId: account.organizationId };
  const problems = new Map<string, CloudProblem>();
  const offered = await accounts.withConnection(scope, account.id, async (connection) =>
    offeredOf(connection, wanted),
  );
  let looked = 0;
  for await (const page of estate.identities(scope, account.id, [...offered.keys()])) {
    const ofType = offered.get(page[0]?.type ?? '') ?? [];
    const gaps = await gapsOf(page, ofType);
    const calls = callsOf(
      gaps.filter(({ resource }) => !problems.has(resource.region)),
      today,
    );
    for (const call of calls) {
      signal.throwIfAborted();
      const region = call[0]?.resource.region ?? '';
      if (problems.has(region)) continue;
      const problem = await readAndStore(call);
      if (problem !== null) problems.set(region, problem);
    }
    looked += page.length;
    await onProgress(looked);
  }
  return problems;

  async function gapsOf(page: readonly EstateIdentity[], ofType: readonly WantedMetric[]): Promise<Gap[]> {
    const ids = page.map(({ id }) => id);
    const complete = await profiles.complete(scope, ids, ofType, today);
    const open = page.filter(({ id }) => !complete.has(id));
    if (open.length === 0) return [];
    const reach = new Map(
      (
        await profiles.reach(
          scope,
          open.map(({ id }) => id),
        )
      ).map((each) => [`${each.resourceId} ${each.metric} ${each.statistic}`, each]),
    );
    return open.flatMap((resource) =>
      ofType.flatMap((series) => {
        const earliest = today - series.days * dayMs;
        const known = reach.get(`${resource.id} ${series.metric} ${series.statistic}`);
        if (known !== undefined && known.from <= earliest && known.through >= today) return [];
        // A longer look-back than before is read as a whole.
        const from =
          known === undefined || known.from > earliest
            ? earliest
            : Math.max(earliest, Math.min(known.through, today) - overlapDays * dayMs);
        return [{ resource, wanted: series, from }];
      }),
    );
  }

  async function readAndStore(call: readonly Gap[]): Promise<CloudProblem | null> {
    let answer: readonly MetricSeries[];
    try {
      answer = await accounts.withConnection(scope, account.id, (connection) =>
        connection.metrics({
          targets: call.map(({ resource, wanted: { metric, statistic } }) => ({
            resource: {
              type: resource.type,
              nativeId: resource.nativeId,
              id: resource.shortId,
              region: resource.region,
            },
            metric,
            statistic,
          })),
          periodSeconds: 3600,
          from: new Date(call[0]?.from ?? today).toISOString(),
          to: new Date(today).toISOString(),
          signal,
        }),
      );
    } catch (error) {
      if (!(error instanceof CloudError) || error.kind === 'aborted') throw error;
      return error.problem;
    }
    await store(call, answer);
    return null;
  }

  async function store(call: readonly Gap[], answer: readonly MetricSeries[]): Promise<void> {
    const known = new Map(
      (await profiles.read(scope, [...new Set(call.map(({ resource }) => resource.id))])).map(
        (each): [string, HourSeries] => [`${each.resourceId} ${each.metric} ${each.statistic}`, each],
      ),
    );
    const merged: StoredSeries[] = [];
    for (const [i, { resource, wanted: series, from }] of call.entries()) {
      const read = answer[i];
      // What the provider cut short is asked for again next time.
      if (read === undefined || !read.complete) continue;
      const key = `${resource.id} ${series.metric} ${series.statistic}`;
      merged.push({
        resourceId: resource.id,
        metric: series.metric,
        statistic: series.statistic,
        unit: read.unit,
        ...mergeHours(known.get(key), { from, to: today, points: read.points }, series.days),
      });
    }
    await profiles.write(scope, account.id, merged);
  }
}

/** The wanted series that the provider has at all. */
function offeredOf(
  connection: Connection,
  wanted: ReadonlyMap<string, readonly WantedMetric[]>,
): Map<string, WantedMetric[]> {
  const offered = new Map(
    connection.metricTypes.map((descriptor) => [`${descriptor.type} ${descriptor.id}`, descriptor]),
  );
  const result = new Map<string, WantedMetric[]>();
  for (const [type, series] of wanted) {
    const there = series.filter(({ metric, statistic }) =>
      offered.get(`${type} ${metric}`)?.statistics.includes(statistic),
    );
    if (there.length > 0) result.set(type, there);
  }
  return result;
}

/** One call reads series of one region from one instant on. */
function callsOf(gaps: readonly Gap[], today: number): Gap[][] {
  const calls: Gap[][] = [];
  for (const group of Map.groupBy(gaps, ({ resource, from }) => `${from} ${resource.region}`).values()) {
    const hours = Math.max(1, (today - (group[0]?.from ?? today)) / hourMs);
    const size = Math.max(1, Math.min(seriesPerCall, Math.floor(pointsPerCall / hours)));
    for (let start = 0; start < group.length; start += size) calls.push(group.slice(start, start + size));
  }
  return calls;
}
