import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './m365-trial-expiring.ts';

const subscription = makeResource('m365.licensing.subscription', {
  provider: 'm365',
  size: { sku: 'SPE_E3' },
  attributes: {
    skuPartNumber: 'SPE_E3',
    terms: [{ isTrial: false, nextLifecycleDateTime: ago(-20).toISOString() }],
  },
});

describeRule(rule, [
  { when: 'ends in 20 days', resource: subscription, verdict: 'found', monthly: null, why: /20 days/ },
  {
    when: 'exactly 30',
    resource: { ...subscription, attributes: { terms: [{ nextLifecycleDateTime: ago(-30).toISOString() }] } },
    verdict: 'found',
  },
  {
    when: 'later',
    resource: { ...subscription, attributes: { terms: [{ nextLifecycleDateTime: ago(-31).toISOString() }] } },
    verdict: 'clear',
  },
  {
    when: 'a trial without a date',
    resource: { ...subscription, attributes: { terms: [{ isTrial: true }] } },
    verdict: 'found',
  },
  {
    when: 'in its grace period',
    resource: { ...subscription, attributes: { capabilityStatus: 'Warning' } },
    verdict: 'found',
  },
  {
    when: 'terms are not told',
    resource: { ...subscription, attributes: { terms: [] } },
    verdict: 'missing_permission',
  },
]);
