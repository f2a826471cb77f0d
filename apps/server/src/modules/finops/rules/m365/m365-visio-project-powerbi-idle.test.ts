import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './m365-visio-project-powerbi-idle.ts';

const e3 = {
  skuId: 'sku-e3',
  skuPartNumber: 'SPE_E3',
  name: 'Microsoft 365 E3',
  servicePlans: ['EXCHANGE_S_ENTERPRISE', 'TEAMS1'],
};
const addOn = { skuId: 'sku-add', skuPartNumber: 'VISIOCLIENT', name: 'Add-on' };
const user = makeResource('m365.users.user', {
  provider: 'm365',
  region: 'global',
  state: 'active',
  attributes: { userType: 'Member', licences: [e3, addOn], usage: { activity: { exchange: '', teams: '' } } },
});
const prices = { 'licence VISIOCLIENT': '15', 'licence SPE_E3': '36' };

describeRule(rule, [
  {
    when: 'no activity',
    resource: user,
    prices,
    verdict: 'found',
    monthly: '15',
    action: {
      kind: 'operations',
      operations: [{ operation: 'remove-licenses', parameters: { skuIds: ['sku-add'] } }],
    },
  },
  {
    when: 'exactly 90 days ago',
    resource: {
      ...user,
      attributes: { ...user.attributes, usage: { activity: { teams: ago(90).toISOString() } } },
    },
    prices,
    verdict: 'found',
  },
  {
    when: 'lately',
    resource: {
      ...user,
      attributes: { ...user.attributes, usage: { activity: { teams: ago(89).toISOString() } } },
    },
    prices,
    verdict: 'clear',
  },
  {
    when: 'lately in mail',
    resource: {
      ...user,
      attributes: { ...user.attributes, usage: { activity: { exchange: ago(1).toISOString(), teams: '' } } },
    },
    prices,
    verdict: 'clear',
  },
  {
    when: 'no such licence',
    resource: { ...user, attributes: { licences: [e3] } },
    prices,
    verdict: 'clear',
  },
  {
    when: 'no reports',
    resource: { ...user, attributes: { licences: [addOn] } },
    prices,
    verdict: 'no_metrics',
  },
  {
    when: 'no activity report',
    resource: { ...user, attributes: { licences: [addOn], usage: {} } },
    prices,
    verdict: 'no_metrics',
    detail: 'activity report',
  },
  { when: 'a new user', resource: { ...user, createdAt: ago(10) }, prices, verdict: 'too_young' },
  { when: 'no price', resource: user, verdict: 'no_price' },
]);
