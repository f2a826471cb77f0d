import { makeResource } from '../testing/resource.ts';
import { describeRule, unusedRows } from '../testing/table.ts';
import { rule } from './gcp-functions-idle.ts';

const resource = makeResource('gcp.functions.function', { provider: 'gcp', state: 'active' });

describeRule(rule, [
  ...unusedRows({ resource, metrics: ['invocations.sum'], days: 30 }),
  { when: 'failed', resource: { ...resource, state: 'failed' }, verdict: 'clear' },
]);
