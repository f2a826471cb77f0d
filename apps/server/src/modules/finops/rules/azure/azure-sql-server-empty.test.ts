import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './azure-sql-server-empty.ts';

const server = makeResource('azure.sql.server', { provider: 'azure' });
const database = makeResource('azure.sql.database', { id: 'db-1' });

describeRule(rule, [
  { when: 'nothing in it', resource: server, verdict: 'found', monthly: null, action: null },
  { when: 'a database', resource: server, others: [database], edges: ['db-1 part_of r-1'], verdict: 'clear' },
  { when: 'young', resource: { ...server, createdAt: ago(6) }, verdict: 'too_young' },
]);
