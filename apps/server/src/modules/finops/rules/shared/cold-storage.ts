import type { PriceQuery } from '@cloudatlas/cloud/observations';
import type { LocalText } from '@cloudatlas/contracts/finops';
import type { PlannedOperation, Rule, RuleResource } from '../rule.ts';
import { ageDays } from './ages.ts';
import { daily } from './evidence.ts';
import { found, LABEL, operations, spec } from './finding.ts';
import { counted, measured } from './measure.ts';
import { difference, quantityTimes, smaller } from './money.ts';
import { parameter } from './parameters.ts';
import { actualMonthly } from './saving.ts';
import { CLEAR, isSkip, skip } from './verdict.ts';
import { local } from './words.ts';

/** A tier or class of storage: its name, and by what its list price is asked for. */
interface Tier {
  readonly name: string;
  readonly price: Pick<PriceQuery, 'sku' | 'variant'>;
}

/** What a provider's rule says of itself. */
type Declared = Pick<
  Rule,
  'id' | 'provider' | 'resourceType' | 'title' | 'criterion' | 'remedy' | 'permissions'
>;

/** What a provider's storage is like. */
interface Tiers {
  readonly days: Rule['parameters'][string];
  /** Default, least and most of the requests a GiB. */
  readonly requestsPerGib: readonly [number, number, number];
  /** What tiers are called here. */
  readonly label: LocalText;
  /** "in tier Hot" */
  readonly where: LocalText;
  readonly from: Tier;
  readonly to: Tier;
  /** USD that a request costs more in the colder tier, and what that is called. */
  readonly requestExtra: number;
  readonly requestWords: LocalText;
  /** Figure of the stored bytes over the look-back that would be moved. */
  readonly moved: 'average' | 'minimum';
  /** Whether nothing moves its data on yet. */
  readonly isHot: (store: RuleResource) => boolean;
  readonly operation: PlannedOperation;
}

/** Much data that is hardly asked for: a colder tier costs less even with its dearer requests. */
export function coldStorage(declared: Declared, tiers: Tiers): Rule {
  const { where, moved, requestWords } = tiers;
  return {
    ...declared,
    category: 'storage',
    parameters: {
      days: tiers.days,
      gib: parameter('Stored at least', 'Armazenado, no mínimo', 'GiB', [100, 1, 100_000]),
      requests: parameter('Requests a GiB at most', 'Requisições por GiB, no máximo', 'count', [
        ...tiers.requestsPerGib,
      ]),
    },
    metrics: [
      { metric: 'stored_bytes', statistic: 'average' },
      { metric: 'requests', statistic: 'sum' },
    ],
    lookbackDays: 60,
    saving: 'M5',
    confidence: 'medium',
    effort: 'low',
    restart: false,
    undoClass: 'R',
    action: 'operations',
    operations: [{ operation: tiers.operation.operation }],
    claims: 'setting',
    examine(store, facts) {
      if (store.state !== 'active' || !tiers.isHot(store)) return CLEAR;
      const days = facts.parameter('days');
      if (ageDays(store, facts.now) < days) return skip('too_young', `${days} days`);
      const stored = measured(facts, store, 'stored_bytes', 'average', days);
      if (isSkip(stored)) return stored;
      const requests = counted(facts, store, 'requests', days);
      if (isSkip(requests)) return requests;
      const gib = stored[moved] / 1024 ** 3;
      if (gib < facts.parameter('gib') || requests.total > gib * facts.parameter('requests')) return CLEAR;
      const [hot, cold] = [tiers.from, tiers.to].map(({ price }) =>
        facts.price({ product: 'object_storage', region: store.region, ...price }),
      );
      if (!hot || !cold) return skip('no_price', 'object_storage');
      const perGib = difference(hot.price.amount, cold.price.amount);
      const { currency } = hot.price;
      const dearer = ((requests.total / days) * 30.44 * tiers.requestExtra).toFixed(4);
      const net = difference(quantityTimes(perGib, Math.floor(gib)), dearer);
      const actual = actualMonthly(facts, store);
      // Never more than it costs by the bill.
      const monthly = actual?.currency === currency ? smaller(actual.monthly, net) : net;
      return found(
        {
          monthly,
          currency,
          method: 'M5',
          explanation: local(
            (f) =>
              `${f.n(gib, 0)} GiB × ${f.exact(perGib)} less a month − ${requestWords.en} ${f.money(dearer, currency)} = ${f.money(monthly, currency)} at list prices.`,
            (f) =>
              `${f.n(gib, 0)} GiB × ${f.exact(perGib)} a menos por mês − ${requestWords['pt-BR']} ${f.money(dearer, currency)} = ${f.money(monthly, currency)} a preços de tabela.`,
          ),
        },
        {
          why: local(
            (f) =>
              `${f.bytes(stored[moved])} ${where.en} and ${f.n(requests.total, 0)} requests in ${f.days(days)}.`,
            (f) =>
              `${f.bytes(stored[moved])} ${where['pt-BR']} e ${f.n(requests.total, 0)} requisições em ${f.days(days)}.`,
          ),
          current: [spec(tiers.label, tiers.from.name)],
          recommended: [spec(tiers.label, tiers.to.name)],
          evidence: [daily(LABEL.requests, requests.profile, 'sum')],
          action: operations(tiers.operation),
        },
      );
    },
  };
}
