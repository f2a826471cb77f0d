import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-cloudtrail-duplicates.ts';

const trail = (id: string, more: Record<string, string | boolean> = {}, days = 100) =>
  makeResource('aws.cloudtrail.trail', {
    id,
    state: 'running',
    createdAt: ago(days),
    attributes: { ManagementEvents: 'All', IsMultiRegionTrail: true, ...more },
  });
const second = trail('b', {}, 50);

describeRule(rule, [
  {
    when: 'an older one covers the same',
    resource: second,
    others: [trail('a')],
    cost: '0.8',
    verdict: 'found',
    monthly: '24.352',
    why: /The trail a writes/,
    action: { kind: 'operations', operations: [{ operation: 'stop', parameters: {} }] },
  },
  { when: 'the older one itself', resource: trail('a'), others: [second], cost: '0.8', verdict: 'clear' },
  {
    when: 'as old: the id decides',
    resource: trail('b'),
    others: [trail('a')],
    cost: '0.8',
    verdict: 'found',
  },
  {
    when: 'that of the organization is kept, though younger',
    resource: trail('a'),
    others: [trail('org', { IsOrganizationTrail: true }, 10)],
    cost: '0.8',
    verdict: 'found',
  },
  { when: 'alone', resource: second, cost: '0.8', verdict: 'clear' },
  {
    when: 'the other is of another region only',
    resource: second,
    others: [{ ...trail('a', { IsMultiRegionTrail: false }), region: 'eu-west-1' }],
    cost: '0.8',
    verdict: 'clear',
  },
  {
    when: 'the other does not log',
    resource: second,
    others: [{ ...trail('a'), state: 'stopped' }],
    cost: '0.8',
    verdict: 'clear',
  },
  {
    when: 'only data events',
    resource: trail('b', { ManagementEvents: 'None' }, 50),
    others: [trail('a')],
    cost: '0.8',
    verdict: 'clear',
  },
  {
    when: 'data events as well: advice',
    resource: trail('b', { HasDataEvents: true }, 50),
    others: [trail('a')],
    cost: '0.8',
    verdict: 'found',
    action: null,
  },
  {
    when: 'the bill does not know it',
    resource: second,
    others: [trail('a')],
    verdict: 'found',
    monthly: null,
  },
]);
