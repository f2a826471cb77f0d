import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-ec2-burstable-misuse.ts';

// A t3.large earns 2 × 30 % × 1,440 = 864 credits a day.
const instance = makeResource('aws.ec2.instance', {
  state: 'running',
  size: { sku: 't3.large', cpus: 2, memoryGiB: 8 },
});
const prices = {
  'compute t3.large linux': '0.0832',
  'compute t3.medium linux': '0.0416',
  'compute m6a.large linux': '0.0864',
  'compute m6i.large linux': '0.096',
};
const calm = { 'cpu_utilization.maximum': 10, 'cpu_utilization.average': 3 };

describeRule(rule, [
  {
    when: 'credits always full',
    resource: instance,
    prices,
    cost: '2',
    metrics: { ...calm, 'cpu_credit_balance.minimum': 864 },
    verdict: 'found',
    monthly: '30.44',
    recommended: ['t3.medium', '2', '4 GiB'],
  },
  {
    when: 'exactly 95 % of the full balance',
    resource: instance,
    prices,
    cost: '2',
    metrics: { ...calm, 'cpu_credit_balance.minimum': 864 * 0.95 },
    verdict: 'found',
  },
  {
    when: 'credits were used once',
    resource: instance,
    prices,
    cost: '2',
    metrics: { ...calm, 'cpu_credit_balance.minimum': 800 },
    verdict: 'clear',
  },
  {
    when: 'surplus credits cost more than a steady type',
    resource: instance,
    prices,
    cost: '3',
    // One vCPU-hour of surplus each hour: 0.0832 + 0.05 an hour.
    metrics: { 'cpu_surplus_credits_charged.sum': 60 },
    verdict: 'found',
    recommended: ['m6a.large', '2', '8 GiB'],
    why: /0\.1332/,
  },
  {
    when: 'few surplus credits: staying is cheaper',
    resource: instance,
    prices,
    cost: '3',
    metrics: { 'cpu_surplus_credits_charged.sum': 1, 'cpu_credit_balance.minimum': 0 },
    verdict: 'clear',
  },
  {
    when: 'credits never measured',
    resource: instance,
    prices,
    cost: '2',
    metrics: calm,
    verdict: 'no_metrics',
    detail: 'cpu_credit_balance',
  },
  {
    when: 'not burstable',
    resource: { ...instance, size: { sku: 'm5.large' } },
    prices,
    cost: '2',
    verdict: 'clear',
  },
  {
    when: 'too young',
    resource: { ...instance, createdAt: ago(3) },
    prices,
    cost: '2',
    metrics: calm,
    verdict: 'too_young',
  },
  {
    when: 'the bill does not know it',
    resource: instance,
    prices,
    metrics: { ...calm, 'cpu_credit_balance.minimum': 864 },
    verdict: 'no_cost',
  },
]);
