import { makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-ec2-detailed-monitoring.ts';

const instance = makeResource('aws.ec2.instance', {
  state: 'running',
  attributes: { Monitoring: { State: 'enabled' } },
});

describeRule(rule, [
  {
    when: 'detailed',
    resource: instance,
    verdict: 'found',
    monthly: '2.1',
    action: {
      kind: 'operations',
      operations: [{ operation: 'set-monitoring', parameters: { detailed: false } }],
    },
  },
  { when: 'never more than the bill', resource: instance, cost: '0.01', verdict: 'found', monthly: '0.3044' },
  {
    when: 'exactly what the bill says',
    resource: instance,
    cost: '0.068988174770039',
    verdict: 'found',
    monthly: '2.1',
  },
  {
    when: 'basic',
    resource: { ...instance, attributes: { Monitoring: { State: 'disabled' } } },
    verdict: 'clear',
  },
  { when: 'not told', resource: { ...instance, attributes: {} }, verdict: 'clear' },
  {
    when: 'a group owns it',
    resource: { ...instance, tags: { 'aws:autoscaling:groupName': 'g' } },
    verdict: 'excluded',
  },
  { when: 'stopped', resource: { ...instance, state: 'stopped' }, verdict: 'clear' },
]);
