import type { Rule } from '../rule.ts';
import { ageDays } from '../shared/ages.ts';
import { textAt } from '../shared/attributes.ts';
import { daily } from '../shared/evidence.ts';
import { found, LABEL, operations, spec } from '../shared/finding.ts';
import { counted, measured } from '../shared/measure.ts';
import { compareAmounts, difference, quantityTimes } from '../shared/money.ts';
import { lookback, parameter } from '../shared/parameters.ts';
import type { Saving } from '../shared/saving.ts';
import { actualMonthly } from '../shared/saving.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { METRICS_READ, writing } from './permissions.ts';

/**
 * What a request to Cool costs more than to Hot, in USD: 0.01 against 0.004 for 10,000 reads and 0.1 against 0.05 for
 * 10,000 writes (list prices of 2026); the dearer difference counts for all.
 */
const COOL_REQUEST_EXTRA = 0.05 / 10_000;

export const rule: Rule = {
  id: 'azure-storage-tiering',
  provider: 'azure',
  resourceType: 'azure.storage.account',
  category: 'storage',
  title: words('Hot storage that is hardly read', 'Armazenamento quente quase não lido'),
  criterion: words(
    'Default tier Hot, 100 GiB or more, and at most 100 requests a GiB over 30 days: Cool storage costs less even with its dearer requests.',
    'Camada padrão Hot, 100 GiB ou mais, e no máximo 100 requisições por GiB em 30 dias: a camada Cool custa menos mesmo com requisições mais caras.',
  ),
  remedy: words(
    'Set the default tier to Cool: it holds for blobs without a tier of their own. Undo sets it back; Cool data that leaves within 30 days is billed for 30.',
    'Mude a camada padrão para Cool: vale para blobs sem camada própria. Desfazer volta; dados em Cool que saem em menos de 30 dias são cobrados por 30.',
  ),
  parameters: {
    days: lookback(30, 14, 60),
    gib: parameter('Stored at least', 'Armazenado, no mínimo', 'GiB', [100, 1, 100_000]),
    requests: parameter('Requests a GiB at most', 'Requisições por GiB, no máximo', 'count', [100, 0, 2000]),
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
  operations: [{ operation: 'set-tier' }],
  permissions: writing('Microsoft.Storage/storageAccounts', METRICS_READ),
  claims: 'setting',
  examine(account, facts) {
    if (account.state !== 'active' || textAt(account.attributes, 'accessTier') !== 'Hot') return CLEAR;
    const days = facts.parameter('days');
    if (ageDays(account, facts.now) < days) return skip('too_young', `${days} days`);
    const stored = measured(facts, account, 'stored_bytes', 'average', days);
    if (isSkip(stored)) return stored;
    const requests = counted(facts, account, 'requests', days);
    if (isSkip(requests)) return requests;
    const gib = stored.average / 1024 ** 3;
    if (gib < facts.parameter('gib') || requests.total > gib * facts.parameter('requests')) return CLEAR;
    const [hot, cool] = ['Hot', 'Cool'].map((tier) =>
      facts.price({ product: 'object_storage', region: account.region, variant: { tier } }),
    );
    if (!hot || !cool) return skip('no_price', 'object_storage');
    const perGib = difference(hot.price.amount, cool.price.amount);
    const { currency } = hot.price;
    const dearer = (requests.total / days) * 30.44 * COOL_REQUEST_EXTRA;
    const gross = quantityTimes(perGib, Math.floor(gib));
    const net = difference(gross, dearer.toFixed(4));
    const actual = actualMonthly(facts, account);
    // Never more than the account costs by the bill.
    const monthly =
      actual?.currency === currency && compareAmounts(actual.monthly, net) < 0 ? actual.monthly : net;
    const saving: Saving = {
      monthly,
      currency,
      method: 'M5',
      explanation: local(
        (f) =>
          `${f.n(gib, 0)} GiB × ${perGib} less a month − dearer requests ${f.money(dearer.toFixed(4), currency)} = ${f.money(monthly, currency)} at list prices.`,
        (f) =>
          `${f.n(gib, 0)} GiB × ${perGib} a menos por mês − requisições mais caras ${f.money(dearer.toFixed(4), currency)} = ${f.money(monthly, currency)} a preços de tabela.`,
      ),
    };
    return found(saving, {
      why: local(
        (f) =>
          `${f.bytes(stored.average)} in tier Hot and ${f.n(requests.total, 0)} requests in ${f.days(days)}.`,
        (f) =>
          `${f.bytes(stored.average)} na camada Hot e ${f.n(requests.total, 0)} requisições em ${f.days(days)}.`,
      ),
      current: [spec(words('Tier', 'Camada'), 'Hot')],
      recommended: [spec(words('Tier', 'Camada'), 'Cool')],
      evidence: [daily(LABEL.requests, requests.profile, 'sum')],
      action: operations({ operation: 'set-tier', parameters: { tier: 'Cool' } }),
    });
  },
};
