import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-ec2-idle.ts';

const instance = makeResource('aws.ec2.instance', { state: 'running', size: { sku: 'm5.large' } });
const quiet = { 'cpu_utilization.average': 2, 'network_in.sum': 1000, 'network_out.sum': 1000 };

describeRule(rule, [
  {
    when: 'quiet for a week',
    resource: instance,
    metrics: quiet,
    cost: '2.5',
    verdict: 'found',
    monthly: '76.1',
    confidence: 'medium',
    action: { kind: 'operations', operations: [{ operation: 'stop', parameters: {} }] },
    why: /2 % over 7 days/,
    recommended: ['stopped'],
  },
  {
    when: 'just below the limit',
    resource: instance,
    metrics: { 'cpu_utilization.average': 4.99 },
    cost: '1',
    verdict: 'found',
  },
  {
    when: 'exactly at the limit',
    resource: instance,
    metrics: { 'cpu_utilization.average': 5 },
    cost: '1',
    verdict: 'clear',
  },
  {
    when: 'a higher limit is in force',
    resource: instance,
    metrics: { 'cpu_utilization.average': 9 },
    parameters: { cpu: 10 },
    cost: '1',
    verdict: 'found',
  },
  {
    when: 'quiet CPU with much traffic',
    resource: instance,
    metrics: { ...quiet, 'network_out.sum': 50e6 },
    cost: '1',
    verdict: 'found',
    confidence: 'low',
  },
  {
    when: 'the bill does not know it',
    resource: instance,
    metrics: quiet,
    verdict: 'found',
    monthly: null,
    confidence: 'low',
  },
  { when: 'it costs nothing', resource: instance, metrics: quiet, cost: '0', verdict: 'clear' },
  {
    when: 'stopped already',
    resource: { ...instance, state: 'stopped' },
    metrics: quiet,
    cost: '1',
    verdict: 'clear',
  },
  { when: 'never measured', resource: instance, cost: '1', verdict: 'no_metrics', detail: 'cpu_utilization' },
  {
    when: 'measured for too few days',
    resource: instance,
    metrics: { 'cpu_utilization.average': { value: 2, days: 5 } },
    cost: '1',
    verdict: 'too_few_metrics',
  },
  {
    when: 'a day younger than the look-back',
    resource: { ...instance, createdAt: ago(6) },
    metrics: quiet,
    cost: '1',
    verdict: 'too_young',
  },
  {
    when: 'exactly as old as the look-back',
    resource: { ...instance, createdAt: ago(7) },
    metrics: quiet,
    cost: '1',
    verdict: 'found',
  },
  {
    when: 'a group owns it',
    resource: { ...instance, tags: { 'aws:autoscaling:groupName': 'web' } },
    metrics: quiet,
    cost: '1',
    verdict: 'excluded',
  },
  {
    when: 'spot',
    resource: { ...instance, attributes: { InstanceLifecycle: 'spot' } },
    metrics: quiet,
    cost: '1',
    verdict: 'excluded',
    detail: 'spot',
  },
]);
