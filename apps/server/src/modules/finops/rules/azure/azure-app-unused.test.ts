import { makeResource } from '../testing/resource.ts';
import { describeRule, unusedRows } from '../testing/table.ts';
import { rule } from './azure-app-unused.ts';

const site = makeResource('azure.web.site', { provider: 'azure', state: 'running' });

describeRule(rule, [
  ...unusedRows({ resource: site, metrics: ['requests.sum'], days: 30 }),
  {
    when: 'claims no money',
    resource: site,
    metrics: { 'requests.sum': 0 },
    verdict: 'found',
    monthly: null,
    action: { kind: 'operations', operations: [{ operation: 'stop', parameters: {} }] },
  },
  { when: 'stopped', resource: { ...site, state: 'stopped' }, verdict: 'clear' },
]);
