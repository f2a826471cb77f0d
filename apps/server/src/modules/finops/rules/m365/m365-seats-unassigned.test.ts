import { makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './m365-seats-unassigned.ts';

const subscription = makeResource('m365.licensing.subscription', {
  provider: 'm365',
  size: { sku: 'SPE_E3' },
  attributes: { skuPartNumber: 'SPE_E3', enabledUnits: 100, unassignedUnits: 12 },
});
const prices = { 'licence SPE_E3': '36' };

describeRule(rule, [
  {
    when: 'seven above the reserve',
    resource: subscription,
    prices,
    verdict: 'found',
    monthly: '252',
    recommended: ['93'],
    action: null,
  },
  {
    when: 'exactly the reserve',
    resource: {
      ...subscription,
      attributes: { ...subscription.attributes, enabledUnits: 100, unassignedUnits: 5 },
    },
    prices,
    verdict: 'clear',
  },
  {
    when: 'one of few stays',
    resource: {
      ...subscription,
      attributes: { ...subscription.attributes, enabledUnits: 4, unassignedUnits: 1 },
    },
    prices,
    verdict: 'clear',
  },
  { when: 'free of charge', resource: subscription, prices: { 'licence SPE_E3': '0' }, verdict: 'clear' },
  { when: 'no price', resource: subscription, verdict: 'no_price' },
  { when: 'suspended', resource: { ...subscription, state: 'stopped' }, prices, verdict: 'clear' },
]);
