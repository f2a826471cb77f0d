import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './azure-sql-elastic-pool-empty.ts';

const pool = makeResource('azure.sql.elastic_pool', { provider: 'azure', size: { sku: 'StandardPool' } });
const database = makeResource('azure.sql.database', { id: 'db-1' });

describeRule(rule, [
  {
    when: 'no database',
    resource: pool,
    cost: '7',
    verdict: 'found',
    monthly: '213.08',
    action: { kind: 'operations', operations: [{ operation: 'delete', parameters: {} }] },
  },
  {
    when: 'one database',
    resource: pool,
    others: [database],
    edges: ['db-1 member_of r-1'],
    verdict: 'clear',
  },
  {
    when: 'a wait is wanted',
    resource: { ...pool, createdAt: ago(0.5) },
    parameters: { days: 1 },
    verdict: 'too_young',
  },
  { when: 'being changed', resource: { ...pool, state: 'updating' }, verdict: 'clear' },
]);
