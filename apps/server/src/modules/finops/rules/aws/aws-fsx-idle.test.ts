import { makeResource } from '../testing/resource.ts';
import { describeRule, unusedRows } from '../testing/table.ts';
import { rule } from './aws-fsx-idle.ts';

const system = makeResource('aws.fsx.file-system', { state: 'running' });
const none = { 'disk_read.sum': 0, 'disk_write.sum': 0 };

describeRule(rule, [
  ...unusedRows({ resource: system, metrics: ['disk_read.sum', 'disk_write.sum'], days: 30 }),
  {
    when: 'money',
    resource: system,
    metrics: none,
    cost: '7',
    verdict: 'found',
    monthly: '213.08',
    action: null,
  },
  { when: 'the bill does not know it', resource: system, metrics: none, verdict: 'found', monthly: null },
  { when: 'failed', resource: { ...system, state: 'failed' }, metrics: none, verdict: 'clear' },
]);
