import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './m365-never-signed-in.ts';

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
    signInActivity: { lastSignInDateTime: null, lastSuccessfulSignInDateTime: null },
  },
});
const prices = { 'licence SPE_E3': '36', 'licence FLOW_FREE': '0' };

describeRule(rule, [
  {
    when: 'never',
    resource: user,
    prices,
    verdict: 'found',
    monthly: '36',
    action: {
      kind: 'operations',
      operations: [{ operation: 'remove-licenses', parameters: { skuIds: ['sku-e3'] } }],
    },
  },
  { when: 'exactly 30 days old', resource: { ...user, createdAt: ago(30) }, prices, verdict: 'found' },
  {
    when: 'younger',
    resource: { ...user, createdAt: ago(29) },
    prices,
    verdict: 'too_young',
    detail: '30 days',
  },
  {
    when: 'once by an app',
    resource: {
      ...user,
      attributes: {
        ...user.attributes,
        signInActivity: {
          lastSignInDateTime: null,
          lastNonInteractiveSignInDateTime: ago(200).toISOString(),
        },
      },
    },
    prices,
    verdict: 'clear',
  },
  {
    when: 'sign-ins are not told',
    resource: { ...user, attributes: { licences: [e3] } },
    prices,
    verdict: 'missing_permission',
    detail: 'AuditLog.Read.All',
  },
  { when: 'blocked: another rule’s', resource: { ...user, state: 'stopped' }, prices, verdict: 'clear' },
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
