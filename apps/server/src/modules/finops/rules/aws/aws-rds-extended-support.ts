import type { Rule } from '../rule.ts';
import { textAt } from '../shared/attributes.ts';
import { fact } from '../shared/evidence.ts';
import { found, LABEL, spec } from '../shared/finding.ts';
import { monthOfHours } from '../shared/money.ts';
import { listMonthly } from '../shared/saving.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { LIST_PRICES } from './data/list-prices.ts';
import { engineSupportEnd, majorOf } from './data/support-dates.ts';
import { classShape, DATABASE, databaseSpec } from './databases.ts';

export const rule: Rule = {
  id: 'aws-rds-extended-support',
  provider: 'aws',
  resourceType: DATABASE,
  category: 'modernize',
  title: words('Database past standard support', 'Banco de dados fora do suporte padrão'),
  criterion: words(
    'The engine’s major version is past the end of standard support, so each vCPU-hour costs more.',
    'A versão principal do mecanismo passou do fim do suporte padrão, então cada vCPU-hora custa mais.',
  ),
  remedy: words(
    'Upgrade the major version after a test on a copy. It cannot be taken back.',
    'Atualize a versão principal depois de testar em uma cópia. Não pode ser desfeito.',
  ),
  parameters: {},
  metrics: [],
  lookbackDays: 0,
  saving: 'M3',
  confidence: 'high',
  effort: 'high',
  restart: true,
  undoClass: 'N',
  action: null,
  permissions: { read: ['rds:DescribeDBInstances'], apply: ['rds:ModifyDBInstance'], undo: [] },
  claims: 'setting',
  examine(database, facts) {
    if (database.state !== 'running') return CLEAR;
    const now = databaseSpec(database);
    if (isSkip(now)) return now;
    // Such databases are upgraded by AWS at that date instead of being charged.
    if (textAt(database.attributes, 'EngineLifecycleSupport')?.endsWith('-disabled')) return CLEAR;
    const version = textAt(database.attributes, 'EngineVersion');
    if (version === undefined) return CLEAR;
    const end = engineSupportEnd(now.engine, version);
    if (!end || end.getTime() > facts.now.getTime()) return CLEAR;
    const cpus = database.size?.cpus ?? classShape(now.databaseClass)?.cpus;
    if (cpus === undefined) return skip('unknown_size', now.databaseClass);
    const machines = cpus * (now.multiZone ? 2 : 1);
    const { extendedSupportCpuHour } = LIST_PRICES;
    const saving = listMonthly(facts, database, {
      monthly: monthOfHours(extendedSupportCpuHour, machines),
      currency: 'USD',
      formula: words(
        `${machines} vCPU × USD ${extendedSupportCpuHour} an hour × 730.5 hours`,
        `${machines} vCPU × USD ${extendedSupportCpuHour} por hora × 730,5 horas`,
      ),
    });
    return found(saving, {
      why: local(
        (f) =>
          `Standard support of ${now.engine} ${majorOf(now.engine, version)} ended on ${f.date(end)}; this one runs ${version}.`,
        (f) =>
          `O suporte padrão de ${now.engine} ${majorOf(now.engine, version)} terminou em ${f.date(end)}; este roda ${version}.`,
      ),
      current: [spec(LABEL.engine, `${now.engine} ${version}`)],
      evidence: [fact(words('End of standard support', 'Fim do suporte padrão'), end.toISOString())],
    });
  },
};
