import { makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './m365-shared-mailbox-licensed.ts';

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
    usage: { mailbox: { recipientType: 'Shared', storageBytes: 9 * GIB } },
  },
});
const prices = { 'licence SPE_E3': '36', 'licence FLOW_FREE': '0' };

describeRule(rule, [
  {
    when: 'a small shared one',
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
    when: 'a room',
    resource: {
      ...user,
      attributes: { ...user.attributes, usage: { mailbox: { recipientType: 'Room', storageBytes: GIB } } },
    },
    prices,
    verdict: 'found',
  },
  {
    when: 'exactly 50',
    resource: {
      ...user,
      attributes: {
        ...user.attributes,
        usage: { mailbox: { recipientType: 'Shared', storageBytes: 50 * GIB } },
      },
    },
    prices,
    verdict: 'found',
  },
  {
    when: 'above',
    resource: {
      ...user,
      attributes: {
        ...user.attributes,
        usage: { mailbox: { recipientType: 'Shared', storageBytes: 50 * GIB + 1 } },
      },
    },
    prices,
    verdict: 'clear',
  },
  {
    when: 'with archive',
    resource: {
      ...user,
      attributes: {
        ...user.attributes,
        usage: { mailbox: { recipientType: 'Shared', storageBytes: GIB, hasArchive: true } },
      },
    },
    prices,
    verdict: 'clear',
  },
  {
    when: 'of a person',
    resource: {
      ...user,
      attributes: { ...user.attributes, usage: { mailbox: { recipientType: 'User', storageBytes: GIB } } },
    },
    prices,
    verdict: 'clear',
  },
  {
    when: 'no report',
    resource: { ...user, attributes: { licences: [e3] } },
    prices,
    verdict: 'no_metrics',
    detail: 'usage reports',
  },
  { when: 'no licence', resource: { ...user, attributes: {} }, prices, verdict: 'clear' },
  { when: 'no price', resource: user, verdict: 'no_price' },
]);
