import { makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './m365-mail-only.ts';

const e3 = {
  skuId: 'sku-e3',
  skuPartNumber: 'SPE_E3',
  name: 'Microsoft 365 E3',
  servicePlans: ['EXCHANGE_S_ENTERPRISE', 'TEAMS1'],
};
const user = makeResource('m365.users.user', {
  provider: 'm365',
  region: 'global',
  state: 'active',
  attributes: {
    userType: 'Member',
    licences: [e3],
    usage: { activity: { exchange: '2026-03-01', oneDrive: '', teams: '' } },
  },
});
const prices = { 'licence SPE_E3': '36', 'licence EXCHANGEENTERPRISE': '8' };

describeRule(rule, [
  {
    when: 'mail and nothing else',
    resource: user,
    prices,
    verdict: 'found',
    monthly: '28',
    action: null,
    confidence: 'low',
  },
  {
    when: 'Teams too',
    resource: {
      ...user,
      attributes: {
        ...user.attributes,
        usage: { activity: { exchange: '2026-03-01', teams: '2026-01-01' } },
      },
    },
    prices,
    verdict: 'clear',
  },
  {
    when: 'nothing at all',
    resource: {
      ...user,
      attributes: { ...user.attributes, usage: { activity: { exchange: '', teams: '' } } },
    },
    prices,
    verdict: 'clear',
  },
  { when: 'no suite', resource: { ...user, attributes: { licences: [] } }, prices, verdict: 'clear' },
  {
    when: 'no reports',
    resource: { ...user, attributes: { licences: [e3] } },
    prices,
    verdict: 'no_metrics',
  },
  {
    when: 'no activity report',
    resource: { ...user, attributes: { licences: [e3], usage: {} } },
    prices,
    verdict: 'no_metrics',
    detail: 'activity report',
  },
  {
    when: 'mail costs as much here',
    resource: user,
    prices: { 'licence SPE_E3': '8', 'licence EXCHANGEENTERPRISE': '8' },
    verdict: 'clear',
  },
  { when: 'no price', resource: user, prices: { 'licence SPE_E3': '36' }, verdict: 'no_price' },
]);
