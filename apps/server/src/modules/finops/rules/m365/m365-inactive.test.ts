import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './m365-inactive.ts';

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
    signInActivity: { lastSignInDateTime: ago(95).toISOString() },
  },
});
const prices = { 'licence SPE_E3': '36', 'licence FLOW_FREE': '0' };

describeRule(rule, [
  {
    when: '95 days ago',
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
  {
    when: 'exactly 90',
    resource: {
      ...user,
      attributes: { ...user.attributes, signInActivity: { lastSignInDateTime: ago(90).toISOString() } },
    },
    prices,
    verdict: 'found',
  },
  {
    when: 'less',
    resource: {
      ...user,
      attributes: { ...user.attributes, signInActivity: { lastSignInDateTime: ago(89).toISOString() } },
    },
    prices,
    verdict: 'clear',
  },
  {
    when: '70 when 30 are wanted',
    resource: {
      ...user,
      attributes: { ...user.attributes, signInActivity: { lastSignInDateTime: ago(70).toISOString() } },
    },
    parameters: { days: 30 },
    prices,
    verdict: 'found',
    confidence: 'medium',
  },
  {
    when: '40 when 30 are wanted',
    resource: {
      ...user,
      attributes: { ...user.attributes, signInActivity: { lastSignInDateTime: ago(40).toISOString() } },
    },
    parameters: { days: 30 },
    prices,
    verdict: 'found',
    confidence: 'low',
  },
  {
    when: 'a newer sign-in of another kind',
    resource: {
      ...user,
      attributes: {
        ...user.attributes,
        signInActivity: {
          lastSignInDateTime: ago(95).toISOString(),
          lastNonInteractiveSignInDateTime: ago(3).toISOString(),
        },
      },
    },
    prices,
    verdict: 'clear',
  },
  {
    when: 'never: another rule’s',
    resource: { ...user, attributes: { licences: [e3], signInActivity: {} } },
    prices,
    verdict: 'clear',
  },
  {
    when: 'sign-ins are not told',
    resource: { ...user, attributes: { licences: [e3] } },
    prices,
    verdict: 'missing_permission',
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
  {
    when: 'a shared mailbox: another rule’s',
    resource: {
      ...user,
      attributes: { ...user.attributes, usage: { mailbox: { recipientType: 'Shared' } } },
    },
    prices,
    verdict: 'clear',
  },
]);
