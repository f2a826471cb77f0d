import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-eip-idle.ts';

const address = makeResource('aws.ec2.address', {
  id: 'eip-1',
  state: 'available',
  createdAt: null,
  attributes: { PublicIp: '203.0.113.7' },
});
const used = { ...address, state: 'in_use' as const };
const prices = { ip_address: '0.005' };
const on = (state: 'running' | 'stopped', days: number | null) => ({
  prices,
  others: [
    makeResource('aws.ec2.instance', {
      id: 'i-1',
      name: 'erp',
      state,
      stateSince: days === null ? null : ago(days),
    }),
  ],
  edges: ['eip-1 attached_to i-1'],
});

describeRule(rule, [
  {
    when: 'associated with nothing',
    resource: address,
    prices,
    verdict: 'found',
    monthly: '3.6525',
    confidence: 'high',
    action: { kind: 'quarantine_delete', operations: [] },
    why: /203\.0\.113\.7 is associated with nothing/,
  },
  {
    when: 'since today: nothing more is asked for by default',
    resource: { ...address, stateSince: ago(0) },
    prices,
    verdict: 'found',
  },
  {
    when: 'exactly as long as wanted',
    resource: { ...address, stateSince: ago(7) },
    prices,
    parameters: { days: 7 },
    verdict: 'found',
  },
  {
    when: 'not as long as wanted',
    resource: { ...address, stateSince: ago(6.9) },
    prices,
    parameters: { days: 7 },
    verdict: 'too_young',
  },
  {
    when: 'the bill shows less',
    resource: address,
    prices,
    cost: '0.06',
    verdict: 'found',
    monthly: '1.8264',
  },
  { when: 'no price', resource: address, verdict: 'no_price' },
  { when: 'on a running instance', resource: used, ...on('running', 30), verdict: 'clear' },
  {
    when: 'on a stopped instance',
    resource: used,
    ...on('stopped', 8),
    verdict: 'found',
    confidence: 'medium',
    action: { kind: 'quarantine_delete', operations: [{ operation: 'disassociate', parameters: {} }] },
  },
  {
    when: 'on an instance stopped for exactly seven days',
    resource: used,
    ...on('stopped', 7),
    verdict: 'too_young',
  },
  {
    when: 'on an instance stopped nobody knows since when',
    resource: used,
    ...on('stopped', null),
    verdict: 'wrong_state',
  },
  { when: 'on an interface', resource: used, prices, verdict: 'clear' },
]);
