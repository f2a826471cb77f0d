import type { Rule } from '../rule.ts';
import { minimumAge } from '../shared/parameters.ts';
import { hygiene } from '../shared/saving.ts';
import { CLEAR } from '../shared/verdict.ts';
import { words } from '../shared/words.ts';
import { bare } from './bare.ts';
import { DATABASE } from './databases.ts';
import { reading } from './permissions.ts';

export const rule: Rule = {
  id: 'azure-sql-server-empty',
  provider: 'azure',
  resourceType: 'azure.sql.server',
  needsTypes: [DATABASE, 'azure.sql.elastic_pool'],
  category: 'hygiene',
  title: words('SQL server without databases', 'Servidor SQL sem bancos de dados'),
  criterion: words('Has no database and no elastic pool.', 'Não tem banco de dados nem pool elástico.'),
  remedy: words(
    'Delete it: an open endpoint that nobody needs. Advice.',
    'Exclua-o: um endpoint aberto de que ninguém precisa. Recomendação.',
  ),
  parameters: { days: minimumAge(7, 0, 90) },
  metrics: [],
  lookbackDays: 0,
  saving: 'M0',
  confidence: 'high',
  effort: 'low',
  restart: false,
  undoClass: 'S',
  action: null,
  permissions: reading(
    'Microsoft.Sql/servers/read',
    'Microsoft.Sql/servers/databases/read',
    'Microsoft.Sql/servers/elasticPools/read',
  ),
  examine(server, facts) {
    if (server.state !== 'active' || facts.sources(server, 'part_of').length > 0) return CLEAR;
    return bare(server, facts, {
      why: words('It holds no database and no pool.', 'Não contém banco de dados nem pool.'),
      saving: hygiene(
        words('A server without databases costs nothing.', 'Um servidor sem bancos não custa nada.'),
      ),
      action: null,
    });
  },
};
