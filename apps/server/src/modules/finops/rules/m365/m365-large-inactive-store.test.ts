import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './m365-large-inactive-store.ts';

const GIB = 1024 ** 3;
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
    usage: {
      mailbox: {
        recipientType: 'Shared',
        storageBytes: 71 * GIB,
        lastActivityDate: ago(120).toISOString().slice(0, 10),
      },
    },
  },
});
const prices = { 'licence SPE_E3': '36', 'licence FLOW_FREE': '0' };

describeRule(rule, [
  { when: 'large and at rest', resource: user, prices, verdict: 'found', monthly: '36', action: null },
  {
    when: 'never active',
    resource: {
      ...user,
      attributes: {
        ...user.attributes,
        usage: { mailbox: { recipientType: 'User', storageBytes: 71 * GIB } },
      },
    },
    prices,
    verdict: 'found',
  },
  {
    when: 'exactly 50 GB',
    resource: {
      ...user,
      attributes: {
        ...user.attributes,
        usage: { mailbox: { recipientType: 'User', storageBytes: 50 * GIB } },
      },
    },
    prices,
    verdict: 'clear',
  },
  {
    when: 'active lately',
    resource: {
      ...user,
      attributes: {
        ...user.attributes,
        usage: {
          mailbox: { recipientType: 'User', storageBytes: 71 * GIB, lastActivityDate: ago(10).toISOString() },
        },
      },
    },
    prices,
    verdict: 'clear',
  },
  {
    when: 'no mailbox report',
    resource: { ...user, attributes: { licences: [e3], usage: {} } },
    prices,
    verdict: 'no_metrics',
    detail: 'mailbox report',
  },
  {
    when: 'no reports',
    resource: { ...user, attributes: { licences: [e3] } },
    prices,
    verdict: 'no_metrics',
  },
  { when: 'a new user', resource: { ...user, createdAt: ago(10) }, prices, verdict: 'too_young' },
  { when: 'no price', resource: user, verdict: 'no_price' },
]);
