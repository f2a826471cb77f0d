import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-ecs-overprovisioned.ts';

const service = makeResource('aws.ecs.service', {
  attributes: { launchType: 'FARGATE', TaskDefinition: { cpu: '1024', memory: '4096' } },
});
const metrics = (mean: number, peak: number, memory: number) => ({
  'cpu_utilization.average': mean,
  'cpu_utilization.maximum': peak,
  'memory_utilization.maximum': memory,
});

describeRule(rule, [
  {
    when: 'a quarter carries it',
    resource: service,
    metrics: metrics(3, 15, 20),
    cost: '3',
    verdict: 'found',
    recommended: ['256', '1024 MiB'],
    action: {
      kind: 'operations',
      operations: [{ operation: 'resize', parameters: { cpu: '256', memoryMb: 1024 } }],
    },
    // 0.05826 → 0.014565 an hour
    monthly: '68.49',
  },
  {
    when: 'the peak exactly fills the smaller size',
    resource: service,
    metrics: metrics(3, 20, 20),
    cost: '3',
    verdict: 'found',
    recommended: ['256', '1024 MiB'],
  },
  {
    when: 'the peak needs half',
    resource: service,
    metrics: metrics(3, 21, 20),
    cost: '3',
    verdict: 'found',
    recommended: ['512', '1024 MiB'],
  },
  {
    when: 'mean exactly at the limit',
    resource: service,
    metrics: metrics(10, 15, 20),
    cost: '3',
    verdict: 'clear',
  },
  {
    when: 'memory needs the size',
    resource: service,
    metrics: metrics(3, 70, 79),
    cost: '3',
    verdict: 'clear',
  },
  {
    when: 'on machines of one’s own',
    resource: { ...service, attributes: { launchType: 'EC2' } },
    metrics: metrics(1, 1, 1),
    cost: '3',
    verdict: 'clear',
  },
  {
    when: 'no size',
    resource: { ...service, attributes: { launchType: 'FARGATE' } },
    metrics: metrics(1, 1, 1),
    cost: '3',
    verdict: 'unknown_size',
  },
  {
    when: 'memory never measured',
    resource: service,
    metrics: { 'cpu_utilization.average': 1, 'cpu_utilization.maximum': 1 },
    cost: '3',
    verdict: 'no_metrics',
    detail: 'memory_utilization',
  },
  { when: 'the bill does not know it', resource: service, metrics: metrics(3, 15, 20), verdict: 'no_cost' },
  {
    when: 'too young',
    resource: { ...service, createdAt: ago(13) },
    metrics: metrics(3, 15, 20),
    cost: '3',
    verdict: 'too_young',
  },
]);
