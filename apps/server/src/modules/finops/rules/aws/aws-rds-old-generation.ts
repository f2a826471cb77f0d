import type { Rule } from '../rule.ts';
import { found, operations } from '../shared/finding.ts';
import { compareAmounts } from '../shared/money.ts';
import { priceRatio } from '../shared/saving.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { familyOf, splitType, typesOf } from './data/instance-families.ts';
import {
  classPrice,
  classShape,
  DATABASE,
  databaseMonthly,
  databaseSpec,
  isClusterMember,
  MODIFY_DATABASE,
} from './databases.ts';
import { shapeSpec } from './sizing.ts';

/** Engines that run on arm64 classes. */
const ARM_ENGINES = ['mysql', 'mariadb', 'postgres'];

export const rule: Rule = {
  id: 'aws-rds-old-generation',
  provider: 'aws',
  resourceType: DATABASE,
  category: 'modernize',
  title: words('RDS database on an older class', 'Banco de dados RDS em classe antiga'),
  criterion: words(
    'A newer class, or the arm64 class where the engine runs on it, has the same vCPU and memory and costs less in the region.',
    'Uma classe mais nova, ou a classe arm64 quando o mecanismo a suporta, tem a mesma vCPU e memória e custa menos na região.',
  ),
  remedy: words(
    'Change the class; the database is away for some minutes. Old engine versions may not offer the class.',
    'Altere a classe; o banco fica fora por alguns minutos. Versões antigas do mecanismo podem não oferecer a classe.',
  ),
  parameters: {},
  metrics: [],
  lookbackDays: 0,
  saving: 'M2',
  confidence: 'medium',
  effort: 'medium',
  restart: true,
  undoClass: 'R',
  action: 'operations',
  operations: [{ operation: 'modify' }],
  permissions: MODIFY_DATABASE,
  examine(database, facts) {
    if (database.state !== 'running') return CLEAR;
    if (isClusterMember(database)) return skip('excluded', 'member of a cluster');
    const now = databaseSpec(database);
    if (isSkip(now)) return now;
    const family = familyOf(now.databaseClass);
    if (!family) return skip('unknown_size', now.databaseClass);
    const [, size] = splitType(now.databaseClass);
    const arm = ARM_ENGINES.includes(now.engine) && family.arm !== undefined ? [family.arm] : [];
    const candidates = [...family.newer, ...arm]
      .filter((name) => typesOf(name).includes(`${name}.${size}`))
      .map((name) => ({ ...now, databaseClass: `db.${name}.${size}` }));
    if (candidates.length === 0) return CLEAR;
    const current = facts.price(classPrice(database.region, now));
    if (!current) return skip('no_price', now.databaseClass);
    const priced = candidates.flatMap((next) => {
      const quote = facts.price(classPrice(database.region, next));
      return quote ? [{ next, amount: quote.price.amount }] : [];
    });
    if (priced.length === 0) return skip('no_price', candidates[0]?.databaseClass);
    const best = priced.reduce((a, b) => (compareAmounts(b.amount, a.amount) < 0 ? b : a));
    if (compareAmounts(best.amount, current.price.amount) >= 0) return CLEAR;
    const [priceNow, priceNext] = [
      databaseMonthly(facts, database.region, now),
      databaseMonthly(facts, database.region, best.next),
    ];
    if (typeof priceNow !== 'string') return priceNow;
    if (typeof priceNext !== 'string') return priceNext;
    const [shapeNow, shapeNext] = [classShape(now.databaseClass), classShape(best.next.databaseClass)];
    return found(priceRatio(facts, database, { now: priceNow, next: priceNext }), {
      why: local(
        (f) =>
          `${best.next.databaseClass} is no smaller than ${now.databaseClass} and costs ${f.exact(best.amount)} instead of ${f.exact(current.price.amount)} an hour.`,
        (f) =>
          `${best.next.databaseClass} não é menor que ${now.databaseClass} e custa ${f.exact(best.amount)} em vez de ${f.exact(current.price.amount)} por hora.`,
      ),
      current: shapeNow ? shapeSpec(shapeNow) : [],
      recommended: shapeNext ? shapeSpec(shapeNext) : [],
      action: operations({
        operation: 'modify',
        parameters: { instanceClass: best.next.databaseClass, immediately: true },
      }),
    });
  },
};
