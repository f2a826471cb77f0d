import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './m365-copilot-idle.ts';

const e3 = {
  skuId: 'sku-e3',
  skuPartNumber: 'SPE_E3',
  name: 'Microsoft 365 E3',
  servicePlans: ['EXCHANGE_S_ENTERPRISE', 'TEAMS1'],
};
const copilot = { skuId: 'sku-co', skuPartNumber: 'Microsoft_365_Copilot', name: 'Copilot' };
const user = makeResource('m365.users.user', {
  provider: 'm365',
  region: 'global',
  state: 'active',
  attributes: { userType: 'Member', licences: [e3, copilot], usage: { copilotLastActivity: '' } },
});
const prices = { 'licence Microsoft_365_Copilot': '30', 'licence SPE_E3': '36' };

describeRule(rule, [
  {
    when: 'never used',
    resource: user,
    prices,
    verdict: 'found',
    monthly: '30',
    action: {
      kind: 'operations',
      operations: [{ operation: 'remove-licenses', parameters: { skuIds: ['sku-co'] } }],
    },
  },
  {
    when: 'exactly 30 days ago',
    resource: {
      ...user,
      attributes: { ...user.attributes, usage: { copilotLastActivity: ago(30).toISOString().slice(0, 10) } },
    },
    prices,
    verdict: 'found',
    why: /30 days ago/,
  },
  {
    when: 'lately',
    resource: {
      ...user,
      attributes: { ...user.attributes, usage: { copilotLastActivity: ago(29).toISOString().slice(0, 10) } },
    },
    prices,
    verdict: 'clear',
  },
  { when: 'no seat', resource: { ...user, attributes: { licences: [e3] } }, prices, verdict: 'clear' },
  {
    when: 'no reports',
    resource: { ...user, attributes: { licences: [copilot] } },
    prices,
    verdict: 'no_metrics',
    detail: 'usage reports',
  },
  {
    when: 'no Copilot report',
    resource: { ...user, attributes: { licences: [copilot], usage: {} } },
    prices,
    verdict: 'no_metrics',
    detail: 'Copilot usage report',
  },
  { when: 'a new user', resource: { ...user, createdAt: ago(10) }, prices, verdict: 'too_young' },
]);
