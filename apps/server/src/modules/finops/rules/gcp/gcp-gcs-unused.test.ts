import { makeResource } from '../testing/resource.ts';
import { describeRule, unusedRows } from '../testing/table.ts';
import { rule } from './gcp-gcs-unused.ts';

const resource = makeResource('gcp.storage.bucket', { provider: 'gcp', state: 'active' });

describeRule(rule, [
  ...unusedRows({ resource, metrics: ['requests.sum'], days: 30 }),
  { when: 'failed', resource: { ...resource, state: 'failed' }, verdict: 'clear' },
]);
