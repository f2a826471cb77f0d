import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './m365-leaver.ts';

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
  attributes: { userType: 'Member', licences: [e3], employeeLeaveDateTime: ago(45).toISOString() },
});
const prices = { 'licence SPE_E3': '36', 'licence FLOW_FREE': '0' };

describeRule(rule, [
  {
    when: 'left 45 days ago',
    resource: user,
    prices,
    verdict: 'found',
    monthly: '36',
    action: {
      kind: 'operations',
      operations: [{ operation: 'remove-licenses', parameters: { skuIds: ['sku-e3'] } }],
    },
  },
  {
    when: 'exactly 30',
    resource: { ...user, attributes: { ...user.attributes, employeeLeaveDateTime: ago(30).toISOString() } },
    prices,
    verdict: 'found',
  },
  {
    when: 'within the grace',
    resource: { ...user, attributes: { ...user.attributes, employeeLeaveDateTime: ago(29).toISOString() } },
    prices,
    verdict: 'too_young',
    detail: '30 days',
  },
  {
    when: 'leaves next month',
    resource: { ...user, attributes: { ...user.attributes, employeeLeaveDateTime: ago(-30).toISOString() } },
    prices,
    verdict: 'clear',
  },
  { when: 'stays', resource: { ...user, attributes: { licences: [e3] } }, prices, verdict: 'clear' },
  {
    when: 'only free products',
    resource: {
      ...user,
      attributes: {
        ...user.attributes,
        licences: [{ skuId: 'f', skuPartNumber: 'FLOW_FREE', name: 'Power Automate (free)' }],
      },
    },
    prices,
    verdict: 'clear',
  },
  { when: 'no price', resource: user, verdict: 'no_price' },
]);
