import { makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './m365-guest-licensed.ts';

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
  attributes: { userType: 'Guest', licences: [e3] },
});
const prices = { 'licence SPE_E3': '36', 'licence FLOW_FREE': '0' };

describeRule(rule, [
  {
    when: 'a guest with a licence',
    resource: user,
    prices,
    verdict: 'found',
    monthly: '36',
    confidence: 'medium',
    action: {
      kind: 'operations',
      operations: [{ operation: 'remove-licenses', parameters: { skuIds: ['sku-e3'] } }],
    },
  },
  {
    when: 'a member',
    resource: { ...user, attributes: { userType: 'Member', licences: [e3] } },
    prices,
    verdict: 'clear',
  },
  {
    when: 'a guest without',
    resource: { ...user, attributes: { userType: 'Guest' } },
    prices,
    verdict: 'clear',
  },
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
