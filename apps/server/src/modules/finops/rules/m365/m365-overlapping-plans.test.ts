import { makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './m365-overlapping-plans.ts';

const e3 = {
  skuId: 'sku-e3',
  skuPartNumber: 'SPE_E3',
  name: 'Microsoft 365 E3',
  servicePlans: ['EXCHANGE_S_ENTERPRISE', 'TEAMS1'],
};
const exchange = {
  skuId: 'sku-ex',
  skuPartNumber: 'EXCHANGESTANDARD',
  name: 'Exchange Online (Plan 1)',
  servicePlans: ['EXCHANGE_S_STANDARD'],
};
const phone = { skuId: 'sku-ph', skuPartNumber: 'MCOEV', name: 'Teams Phone', servicePlans: ['MCOEV'] };
const prices = { 'licence SPE_E3': '36', 'licence EXCHANGESTANDARD': '4', 'licence MCOEV': '10' };
const holding = (
  ...licences: { skuId: string; skuPartNumber: string; name: string; servicePlans: string[] }[]
) => makeResource('m365.users.user', { provider: 'm365', attributes: { licences } });

describeRule(rule, [
  {
    when: 'a smaller edition beside a suite',
    resource: holding(e3, exchange),
    prices,
    verdict: 'found',
    monthly: '4',
    action: {
      kind: 'operations',
      operations: [{ operation: 'remove-licenses', parameters: { skuIds: ['sku-ex'] } }],
    },
  },
  {
    when: 'the order does not matter',
    resource: holding(exchange, e3),
    prices,
    verdict: 'found',
    monthly: '4',
  },
  {
    when: 'twice the same: the second goes',
    resource: holding(exchange, { ...exchange, skuId: 'sku-ex2' }),
    prices,
    verdict: 'found',
    action: {
      kind: 'operations',
      operations: [{ operation: 'remove-licenses', parameters: { skuIds: ['sku-ex2'] } }],
    },
  },
  { when: 'something else', resource: holding(e3, phone), prices, verdict: 'clear' },
  { when: 'one licence', resource: holding(e3), prices, verdict: 'clear' },
  {
    when: 'plans are not told',
    resource: holding(e3, { ...phone, servicePlans: [] }),
    prices,
    verdict: 'no_metrics',
  },
  { when: 'no price', resource: holding(e3, exchange), verdict: 'no_price' },
]);
