import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-ec2-dedicated-host-idle.ts';

const host = makeResource('aws.ec2.dedicated-host', {
  state: 'available',
  stateSince: ago(9),
  attributes: { Instances: [] },
});

describeRule(rule, [
  {
    when: 'empty for nine days',
    resource: host,
    cost: '100',
    verdict: 'found',
    monthly: '3044',
    confidence: 'high',
    why: /for 9 days/,
    action: null,
  },
  {
    when: 'empty for exactly seven days',
    resource: { ...host, stateSince: ago(7) },
    cost: '100',
    verdict: 'found',
  },
  {
    when: 'empty since yesterday',
    resource: { ...host, stateSince: ago(1) },
    cost: '100',
    verdict: 'too_young',
  },
  {
    when: 'empty when first met',
    resource: { ...host, stateSince: null, attributes: { AllocationTime: ago(20).toISOString() } },
    cost: '100',
    verdict: 'found',
    confidence: 'medium',
    why: /allocated 20 days ago/,
  },
  {
    when: 'allocated today',
    resource: { ...host, stateSince: null, attributes: { AllocationTime: ago(0).toISOString() } },
    cost: '100',
    verdict: 'too_young',
  },
  {
    when: 'with an instance',
    resource: { ...host, attributes: { Instances: [{ InstanceId: 'i-1' }] } },
    cost: '100',
    verdict: 'clear',
  },
  { when: 'the bill does not know it', resource: host, verdict: 'found', monthly: null },
]);
