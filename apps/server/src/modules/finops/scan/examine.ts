import { compare } from '@cloudatlas/cloud/decimal';
import type { SavingsSettings, SkipReason } from '@cloudatlas/contracts/finops';
import { GLOBAL_REGION } from '@cloudatlas/cloud/resource';
import type { AccountFactBase } from '../facts/facts.ts';
import { RuleFacts } from '../facts/facts.ts';
import type { SnapshotResource } from '../facts/snapshot.ts';
import type { MetricProblems } from '../metrics/collect.ts';
import type { StoredSeries } from '../metrics/store.ts';
import type { Rule, Skip, Verdict } from '../rules/rule.ts';
import type { Exclusion } from '../settings/exclusion.ts';
import type { RuleInForce } from '../settings/settings.ts';
import { skipFor, type Coverage } from './coverage.ts';
import type { Exchange } from './money.ts';
import type { OpenFindings, Staging } from './staged.ts';
import type { Tally } from './tally.ts';

/** Everything an examination of one account needs. */
export interface Examination {
  base: AccountFactBase;
  rules: readonly RuleInForce[];
  settings: SavingsSettings;
  excluded: Exclusion;
  coverage: Coverage;
  /** Regions whose metrics could not be read. */
  metricProblems: MetricProblems;
  /** Set when metrics are not read for this account at all: why. */
  noMetrics: Skip | null;
  /** Permissions that the account is known not to have. */
  denied: ReadonlySet<string>;
  exchange: Exchange;
  open: OpenFindings;
  staging: Staging;
  tally: Tally;
  readSeries(resourceIds: readonly string[], metrics: readonly string[]): Promise<StoredSeries[]>;
  /** Fetches the prices that were asked for and unknown. */
  fetchPrices(): Promise<void>;
  onProgress(resources: number): Promise<void>;
  onRuleFailure(rule: Rule, resource: SnapshotResource, error: unknown): void;
}

/** Resources examined between two looks at the database. */
const pageSize = 500;
/** A rule may ask for a price that depends on another's answer, and so on; more rounds than this are a mistake. */
const maxPriceRounds = 5;

/**
 * An earlier finding stays when the newest scan had no means to look again; it goes when a person has switched it off
 * or the resource is not in a state to waste any more.
 */
const keepsFinding: ReadonlySet<SkipReason> = new Set<SkipReason>([
  'no_metrics',
  'too_few_metrics',
  'no_cost',
  'no_price',
  'missing_permission',
  'not_synchronised',
  'unknown_size',
  'failed',
]);

interface Pair {
  rule: Rule;
  facts: RuleFacts;
  resource: SnapshotResource;
}

/** Examines all resources of an account type by type, in pages. @returns how many resources were examined and findings made */
export async function examineAccount(x: Examination): Promise<{ examined: number; found: number }> {
  let examined = 0;
  let found = 0;
  for (const [type, rules] of Map.groupBy(x.rules, ({ rule }) => rule.resourceType)) {
    const withFacts = rules.map(({ rule, values }) => ({ rule, facts: new RuleFacts(x.base, values) }));
    const resources = x.base.snapshot.ofType(type);
    const plain = rules.map(({ rule }) => rule);
    let coming = seriesOf(x, resources.slice(0, pageSize), plain);
    for (let start = 0; start < resources.length; start += pageSize) {
      const page = resources.slice(start, start + pageSize);
      const series = await coming;
      // The database reads the next page while this one is examined.
      coming = seriesOf(x, resources.slice(start + pageSize, start + 2 * pageSize), plain);
      // Awaited in the next turn; until then a failure is nobody's.
      coming.catch(() => undefined);
      x.base.takeSeries(series);
      found += await examinePairs(
        x,
        page.flatMap((resource) => withFacts.map((each) => ({ ...each, resource }))),
      );
      for (const resource of page) resource.forget();
      await x.staging.flush();
      examined += page.length;
      await x.onProgress(examined);
    }
    for (const { rule } of rules)
      for (const { region, gap } of [rule.resourceType, ...(rule.needsTypes ?? [])].flatMap((needed) =>
        x.coverage.gapsOf(needed),
      ))
        x.tally.note(rule.id, region, gap, 0);
  }
  await x.staging.flush(1);
  return { examined, found };
}

/** Reads the metrics of the page's resources and of their neighbours that the rules read. */
async function seriesOf(
  x: Examination,
  page: readonly SnapshotResource[],
  rules: readonly Rule[],
): Promise<StoredSeries[]> {
  const metrics = [...new Set(rules.flatMap((rule) => rule.metrics.map(({ metric }) => metric)))];
  if (metrics.length === 0 || page.length === 0) return [];
  const ownType = page[0]?.type;
  const own = rules.some((rule) => rule.metrics.some(({ type }) => type === undefined || type === ownType));
  const others = new Set(
    rules.flatMap((rule) => rule.metrics.flatMap(({ type }) => (type === ownType ? [] : (type ?? [])))),
  );
  const ids = new Set<string>();
  for (const resource of page) {
    if (own) ids.add(resource.resourceId);
    if (others.size === 0) continue;
    for (const direction of ['in', 'out'] as const)
      for (const { other } of x.base.snapshot.edges(resource, direction))
        if (others.has(other.type)) ids.add(other.resourceId);
  }
  return x.readSeries([...ids], metrics);
}

/** Examines pairs; those that asked for an unknown price are examined again once it was fetched. @returns findings */
async function examinePairs(x: Examination, all: readonly Pair[]): Promise<number> {
  let found = 0;
  let pairs = all;
  for (let round = 0; pairs.length > 0; round += 1) {
    const again: Pair[] = [];
    let under: SnapshotResource | undefined;
    for (const pair of pairs) {
      if (under !== undefined && under !== pair.resource) x.base.settle(under.resourceId);
      under = pair.resource;
      const before = x.base.prices.unanswered;
      const verdict = examine(x, pair);
      if (x.base.prices.unanswered > before && round < maxPriceRounds) {
        again.push(pair);
        continue;
      }
      found += record(x, pair, verdict);
    }
    pairs = again;
    if (pairs.length > 0) await x.fetchPrices();
  }
  return found;
}

function record(x: Examination, { rule, resource }: Pair, verdict: Verdict): number {
  x.tally.add(rule.id, resource.region, verdict);
  if (verdict.kind === 'finding') {
    x.staging.found(rule, resource, verdict, x.base.cost(resource.resourceId), x.exchange);
    return 1;
  }
  if (verdict.kind === 'skip' && keepsFinding.has(verdict.reason) && x.open.has(rule.id, resource.nativeId))
    x.staging.kept(rule.id, resource.nativeId, verdict);
  return 0;
}

function examine(x: Examination, { rule, facts, resource }: Pair): Verdict {
  const before = forbidden(x, rule, resource);
  if (before !== null) return before;
  let verdict: Verdict;
  try {
    verdict = rule.examine(resource, facts);
  } catch (error) {
    // One odd resource must not cost the account its scan; it is logged and shown in the diagnostics.
    x.onRuleFailure(rule, resource, error);
    return { kind: 'skip', reason: 'failed', detail: 'the rule failed on this resource' };
  }
  if (verdict.kind === 'skip' && (verdict.reason === 'no_metrics' || verdict.reason === 'too_few_metrics'))
    return whyNoMetrics(x, rule, resource) ?? verdict;
  if (verdict.kind !== 'finding' || verdict.monthly === null) return verdict;
  if (compare(verdict.monthly, '0') <= 0) return { kind: 'clear' };
  const converted = x.exchange.convert(verdict.monthly, verdict.currency) ?? verdict.monthly;
  if (compare(converted, x.settings.minimumMonthly) < 0)
    return {
      kind: 'skip',
      reason: 'below_minimum',
      detail: `below ${x.settings.minimumMonthly} ${x.exchange.currency} a month`,
    };
  return verdict;
}

/** What keeps a rule from looking at a resource at all. */
function forbidden(x: Examination, rule: Rule, resource: SnapshotResource): Skip | null {
  if (x.settings.excludeTags.length > 0 && x.excluded(resource.tags))
    return { kind: 'skip', reason: 'excluded' };
  const { regions } = x.settings;
  if (regions.length > 0 && resource.region !== GLOBAL_REGION && !regions.includes(resource.region))
    return { kind: 'skip', reason: 'region_off' };
  const own = x.coverage.gap(resource.type, resource.region);
  if (own !== null) return own;
  for (const type of rule.needsTypes ?? []) {
    const gap = x.coverage.gap(type, resource.region);
    if (gap !== null) return gap;
  }
  return null;
}

/** The reason behind missing metrics, where it is known. */
function whyNoMetrics(x: Examination, rule: Rule, resource: SnapshotResource): Skip | null {
  if (x.noMetrics !== null) return x.noMetrics;
  const problem = x.metricProblems.get(resource.region);
  if (problem !== undefined) {
    const skip = skipFor(problem);
    return skip.reason === 'missing_permission' ? skip : { ...skip, reason: 'no_metrics' };
  }
  const action = rule.permissions.read.find((permission) => x.denied.has(permission));
  return action === undefined ? null : { kind: 'skip', reason: 'missing_permission', detail: action };
}
