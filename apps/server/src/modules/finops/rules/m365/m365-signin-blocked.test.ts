import { makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './m365-signin-blocked.ts';

const e3 = {
  skuId: 'sku-e3',
  skuPartNumber: 'SPE_E3',
  name: 'Microsoft 365 E3',
  servicePlans: ['EXCHANGE_S_ENTERPRISE', 'TEAMS1'],
};
const user = makeResource('m365.users.user', {
  provider: 'm365',
  region: 'global',
  state: 'stopped',
  attributes: { userType: 'Member', licences: [e3] },
});
const prices = { 'licence SPE_E3': '36', 'licence FLOW_FREE': '0' };

describeRule(rule, [
  {
    when: 'blocked with a licence',
    resource: user,
    prices,
    verdict: 'found',
    monthly: '36',
    confidence: 'high',
    action: {
      kind: 'operations',
      operations: [{ operation: 'remove-licenses', parameters: { skuIds: ['sku-e3'] } }],
    },
  },
  { when: 'not blocked', resource: { ...user, state: 'active' }, prices, verdict: 'clear' },
  { when: 'no licence', resource: { ...user, attributes: { licences: [] } }, prices, verdict: 'clear' },
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
  {
    when: 'a shared mailbox: another rule’s',
    resource: {
      ...user,
      attributes: { ...user.attributes, usage: { mailbox: { recipientType: 'Shared' } } },
    },
    prices,
    verdict: 'clear',
  },
  { when: 'no price', resource: user, verdict: 'no_price' },
]);
