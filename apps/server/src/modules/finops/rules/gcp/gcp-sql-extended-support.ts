import type { Rule } from '../rule.ts';
import { textAt } from '../shared/attributes.ts';
import { fact } from '../shared/evidence.ts';
import { found, spec } from '../shared/finding.ts';
import { hygiene } from '../shared/saving.ts';
import { CLEAR } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { extendedSupportStart, SUPPORT_AS_OF } from './data/support-dates.ts';
import { SQL } from './databases.ts';
import { reading } from './permissions.ts';

export const rule: Rule = {
  id: 'gcp-sql-extended-support',
  provider: 'gcp',
  resourceType: SQL,
  category: 'modernize',
  title: words('Cloud SQL instance in extended support', 'Instância do Cloud SQL em suporte estendido'),
  criterion: words(
    `The database version is in paid extended support, by Google’s calendar of ${SUPPORT_AS_OF}.`,
    `A versão do banco está em suporte estendido pago, pelo calendário do Google de ${SUPPORT_AS_OF}.`,
  ),
  remedy: words(
    'Upgrade the major version after a test on a clone. It cannot be taken back.',
    'Atualize a versão principal depois de testar em um clone. Não pode ser desfeito.',
  ),
  parameters: {},
  metrics: [],
  lookbackDays: 0,
  saving: 'M0',
  confidence: 'high',
  effort: 'high',
  restart: true,
  undoClass: 'N',
  action: null,
  permissions: reading('cloudsql.instances.list'),
  claims: 'setting',
  examine(database, facts) {
    const version = textAt(database.attributes, 'databaseVersion');
    if (database.state !== 'running' || version === undefined) return CLEAR;
    const start = extendedSupportStart(version);
    if (!start || start.getTime() > facts.now.getTime()) return CLEAR;
    const surcharge = words(
      'Each vCPU-hour carries a surcharge that rises with the years of extended support.',
      'Cada vCPU-hora tem um acréscimo que sobe com os anos de suporte estendido.',
    );
    return found(hygiene(surcharge), {
      why: local(
        (f) => `Extended support of ${version} began on ${f.date(start)}.`,
        (f) => `O suporte estendido de ${version} começou em ${f.date(start)}.`,
      ),
      current: [spec(words('Version', 'Versão'), version)],
      evidence: [
        fact(words('Start of extended support', 'Início do suporte estendido'), start.toISOString()),
      ],
    });
  },
};
