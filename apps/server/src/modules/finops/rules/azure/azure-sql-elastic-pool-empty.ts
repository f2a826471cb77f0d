import type { Rule } from '../rule.ts';
import { operations } from '../shared/finding.ts';
import { minimumAge } from '../shared/parameters.ts';
import { CLEAR } from '../shared/verdict.ts';
import { words } from '../shared/words.ts';
import { bare } from './bare.ts';
import { DATABASE } from './databases.ts';
import { removing } from './permissions.ts';

export const rule: Rule = {
  id: 'azure-sql-elastic-pool-empty',
  provider: 'azure',
  resourceType: 'azure.sql.elastic_pool',
  needsTypes: [DATABASE],
  category: 'orphan',
  title: words('Elastic pool without databases', 'Pool elástico sem bancos de dados'),
  criterion: words('No database belongs to it.', 'Nenhum banco de dados pertence a ele.'),
  remedy: words(
    'Delete it. Undo makes it again from its configuration.',
    'Exclua-o. Desfazer o recria a partir da configuração.',
  ),
  parameters: { days: minimumAge(0, 0, 90) },
  metrics: [],
  lookbackDays: 0,
  saving: 'M1',
  confidence: 'high',
  effort: 'low',
  restart: false,
  undoClass: 'S',
  action: 'operations',
  operations: [{ operation: 'delete' }],
  permissions: removing('Microsoft.Sql/servers/elasticPools', 'Microsoft.Sql/servers/databases/read'),
  examine(pool, facts) {
    if (pool.state !== 'active' || facts.sources(pool, 'member_of').length > 0) return CLEAR;
    return bare(pool, facts, {
      why: words('No database belongs to it.', 'Nenhum banco de dados pertence a ele.'),
      action: operations('delete'),
    });
  },
};
