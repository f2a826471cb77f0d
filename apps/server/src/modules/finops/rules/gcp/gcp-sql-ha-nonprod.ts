import type { Rule } from '../rule.ts';
import { environmentOf } from '../shared/environment.ts';
import { fact } from '../shared/evidence.ts';
import { found, operations, spec } from '../shared/finding.ts';
import { priceRatio } from '../shared/saving.ts';
import { CLEAR, isSkip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { availabilityOf, databasePrice, SQL } from './databases.ts';
import { updating } from './permissions.ts';

const AVAILABILITY = words('Availability', 'Disponibilidade');

export const rule: Rule = {
  id: 'gcp-sql-ha-nonprod',
  provider: 'gcp',
  resourceType: SQL,
  category: 'rightsize',
  title: words(
    'Standby of a non-production Cloud SQL instance',
    'Réplica em espera de um Cloud SQL fora de produção',
  ),
  criterion: words(
    'Availability is regional, and the environment label is not one of production.',
    'A disponibilidade é regional, e a etiqueta de ambiente não é de produção.',
  ),
  remedy: words(
    'Make it zonal: the instance restarts. Undo makes it regional again.',
    'Torne-a zonal: a instância reinicia. Desfazer a torna regional de novo.',
  ),
  parameters: {},
  metrics: [],
  lookbackDays: 0,
  saving: 'M2',
  confidence: 'high',
  effort: 'low',
  restart: true,
  undoClass: 'R',
  action: 'operations',
  operations: [{ operation: 'set-availability' }],
  permissions: updating('cloudsql.instances'),
  examine(database, facts) {
    if (database.state !== 'running' || availabilityOf(database) !== 'REGIONAL') return CLEAR;
    const environment = environmentOf(database);
    if (!environment || environment.production) return CLEAR;
    const now = databasePrice(database, facts);
    if (isSkip(now)) return now;
    const then = databasePrice(database, facts, { availability: 'ZONAL' });
    if (isSkip(then)) return then;
    return found(priceRatio(facts, database, { now: now.total, next: then.total }), {
      why: local(
        () => `It has a standby in another zone, and its environment is “${environment.value}”.`,
        () => `Tem uma réplica em outra zona, e o ambiente é “${environment.value}”.`,
      ),
      current: [spec(AVAILABILITY, 'REGIONAL')],
      recommended: [spec(AVAILABILITY, 'ZONAL')],
      evidence: [fact(words('Environment', 'Ambiente'), environment.value)],
      action: operations({ operation: 'set-availability', parameters: { availability: 'ZONAL' } }),
    });
  },
};
