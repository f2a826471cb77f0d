import type { Rule } from '../rule.ts';
import { numberAt } from '../shared/attributes.ts';
import { found, operations, spec } from '../shared/finding.ts';
import { parameter } from '../shared/parameters.ts';
import { hygiene } from '../shared/saving.ts';
import { CLEAR, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';

const GIB = 1024 ** 3;
const LIMIT = words('Largest scan of a query', 'Maior leitura de uma consulta');

export const rule: Rule = {
  id: 'aws-athena-no-scan-cap',
  provider: 'aws',
  resourceType: 'aws.athena.work-group',
  category: 'hygiene',
  title: words('Athena work group without a scan limit', 'Grupo de trabalho Athena sem limite de leitura'),
  criterion: words(
    'A work group, other than the one every region comes with, without a limit of bytes a query: one query without a filter may read, and cost, everything there is.',
    'Um grupo de trabalho, fora o que toda região já tem, sem limite de bytes por consulta: uma consulta sem filtro pode ler, e custar, tudo o que existe.',
  ),
  remedy: words(
    'Set a limit; larger queries are ended. Undo takes the limit away.',
    'Defina um limite; consultas maiores são encerradas. Desfazer remove o limite.',
  ),
  parameters: { gib: parameter('Limit to set', 'Limite a definir', 'GiB', [1024, 1, 1_048_576]) },
  metrics: [],
  lookbackDays: 0,
  saving: 'M0',
  confidence: 'high',
  effort: 'low',
  restart: false,
  undoClass: 'R',
  action: 'operations',
  operations: [{ operation: 'set-scan-limit' }],
  permissions: {
    read: ['athena:ListWorkGroups', 'athena:GetWorkGroup'],
    apply: ['athena:UpdateWorkGroup'],
    undo: ['athena:UpdateWorkGroup'],
  },
  claims: 'setting',
  examine(group, facts) {
    if (group.state !== 'active') return CLEAR;
    // Every region has this one, used or not, and whether it is used is not told.
    if (group.id === 'primary') return skip('excluded', 'primary');
    if ((numberAt(group.attributes, 'Configuration', 'BytesScannedCutoffPerQuery') ?? 0) > 0) return CLEAR;
    const bytes = Math.round(facts.parameter('gib') * GIB);
    const saving = hygiene(
      words(
        'It costs only when such a query runs, so no amount is claimed.',
        'Só custa quando uma consulta assim roda, por isso nenhum valor é declarado.',
      ),
    );
    return found(saving, {
      why: local(
        (f) => `Queries may read without limit; ${f.bytes(bytes)} would end runaway ones.`,
        (f) => `Consultas podem ler sem limite; ${f.bytes(bytes)} encerraria as descontroladas.`,
      ),
      current: [spec(LIMIT, '∞')],
      recommended: [spec(LIMIT, `${facts.parameter('gib')} GiB`)],
      action: operations({ operation: 'set-scan-limit', parameters: { bytes } }),
    });
  },
};
