import { idleMachineRows } from '../testing/machine-rows.ts';
import { makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-ec2-idle.ts';

const instance = makeResource('aws.ec2.instance', { state: 'running', size: { sku: 'm5.large' } });
const metrics = { 'cpu_utilization.average': 2 };

describeRule(rule, [
  ...idleMachineRows(instance),
  {
    when: 'a group owns it',
    resource: { ...instance, tags: { 'aws:autoscaling:groupName': 'web' } },
    metrics,
    cost: '1',
    verdict: 'excluded',
  },
  {
    when: 'spot',
    resource: { ...instance, attributes: { InstanceLifecycle: 'spot' } },
    metrics,
    cost: '1',
    verdict: 'excluded',
    detail: 'spot',
  },
]);
