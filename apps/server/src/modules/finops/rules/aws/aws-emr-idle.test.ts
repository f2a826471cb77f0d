import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-emr-idle.ts';

const cluster = makeResource('aws.emr.cluster', {
  state: 'running',
  attributes: { Status: { State: 'WAITING' } },
});

describeRule(rule, [
  {
    when: 'idle for a day',
    resource: cluster,
    metrics: { 'idle.minimum': 1 },
    cost: '40',
    verdict: 'found',
    monthly: '1217.6',
    action: null,
  },
  // Hour 166 is Sunday 22:00, within the last day before Monday.
  {
    when: 'busy for an hour',
    resource: cluster,
    metrics: { 'idle.minimum': { value: (h) => (h === 166 ? 0 : 1) } },
    cost: '40',
    verdict: 'clear',
  },
  {
    when: 'busy before the look-back',
    resource: cluster,
    metrics: { 'idle.minimum': { value: (h) => (h === 10 ? 0 : 1) } },
    cost: '40',
    verdict: 'found',
  },
  {
    when: 'at work',
    resource: { ...cluster, attributes: { Status: { State: 'RUNNING' } } },
    metrics: { 'idle.minimum': 1 },
    cost: '40',
    verdict: 'clear',
  },
  { when: 'never measured', resource: cluster, cost: '40', verdict: 'no_metrics' },
  {
    when: 'exactly a day old',
    resource: { ...cluster, createdAt: ago(1) },
    metrics: { 'idle.minimum': 1 },
    cost: '40',
    verdict: 'found',
  },
  {
    when: 'younger',
    resource: { ...cluster, createdAt: ago(0.9) },
    metrics: { 'idle.minimum': 1 },
    cost: '40',
    verdict: 'too_young',
  },
  {
    when: 'the bill does not know it',
    resource: cluster,
    metrics: { 'idle.minimum': 1 },
    verdict: 'found',
    monthly: null,
  },
]);
