import type { Rule } from '../rule.ts';
import { environmentOf } from '../shared/environment.ts';
import { fact } from '../shared/evidence.ts';
import { found, operations, spec } from '../shared/finding.ts';
import { priceRatio } from '../shared/saving.ts';
import { CLEAR, isSkip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { DATABASE, databaseMonthly, databaseSpec, isClusterMember, MODIFY_DATABASE } from './databases.ts';

const STANDBY = words('Standby', 'Réplica em espera');

export const rule: Rule = {
  id: 'aws-rds-multi-az-nonprod',
  provider: 'aws',
  resourceType: DATABASE,
  category: 'rightsize',
  title: words('Standby of a non-production database', 'Réplica em espera de um banco que não é de produção'),
  criterion: words(
    'Runs in two zones, and its environment tag is not one of production.',
    'Roda em duas zonas, e a etiqueta de ambiente não é de produção.',
  ),
  remedy: words(
    'Switch the standby off. Undo switches it on; the database stays up.',
    'Desligue a réplica em espera. Desfazer a liga de novo; o banco continua no ar.',
  ),
  parameters: {},
  metrics: [],
  lookbackDays: 0,
  saving: 'M2',
  confidence: 'high',
  effort: 'low',
  restart: false,
  undoClass: 'R',
  action: 'operations',
  operations: [{ operation: 'modify' }],
  permissions: MODIFY_DATABASE,
  examine(database, facts) {
    const now = databaseSpec(database);
    if (isSkip(now)) return now;
    if (database.state !== 'running' || !now.multiZone || isClusterMember(database)) return CLEAR;
    const environment = environmentOf(database);
    if (!environment || environment.production) return CLEAR;
    const [priceNow, priceNext] = [
      databaseMonthly(facts, database.region, now),
      databaseMonthly(facts, database.region, { ...now, multiZone: false }),
    ];
    if (typeof priceNow !== 'string') return priceNow;
    if (typeof priceNext !== 'string') return priceNext;
    return found(priceRatio(facts, database, { now: priceNow, next: priceNext }), {
      why: local(
        () => `It has a standby in another zone, and its environment is “${environment.value}”.`,
        () => `Tem uma réplica em outra zona, e o ambiente é “${environment.value}”.`,
      ),
      current: [spec(STANDBY, 'yes')],
      recommended: [spec(STANDBY, 'no')],
      evidence: [fact(words('Environment', 'Ambiente'), environment.value)],
      action: operations({ operation: 'modify', parameters: { multiZone: false, immediately: true } }),
    });
  },
};
