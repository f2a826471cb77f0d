import type { Rule } from '../rule.ts';
import { numberAt, textAt } from '../shared/attributes.ts';
import { environmentOf } from '../shared/environment.ts';
import { found, spec } from '../shared/finding.ts';
import { hygiene } from '../shared/saving.ts';
import { CLEAR } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';

const CAPACITY = words('Capacity', 'Capacidade');

export const rule: Rule = {
  id: 'aws-eks-no-spot',
  provider: 'aws',
  resourceType: 'aws.eks.nodegroup',
  category: 'commitment',
  title: words(
    'Non-production node group without spot machines',
    'Grupo de nós que não é de produção sem máquinas spot',
  ),
  criterion: words(
    'A node group on demand with nodes, whose environment tag is not one of production.',
    'Grupo de nós sob demanda com nós ativos, cuja etiqueta de ambiente não é de produção.',
  ),
  remedy: words(
    'Add a node group of spot machines and move workloads that bear interruption; spot machines cost 60–70 % less.',
    'Adicione um grupo de nós com máquinas spot e mova cargas que suportam interrupção; máquinas spot custam 60–70 % menos.',
  ),
  parameters: {},
  metrics: [],
  lookbackDays: 0,
  saving: 'M0',
  confidence: 'low',
  effort: 'medium',
  restart: true,
  undoClass: 'N',
  action: null,
  permissions: { read: ['eks:DescribeNodegroup'], apply: ['eks:CreateNodegroup'], undo: [] },
  examine(group) {
    const nodes = numberAt(group.attributes, 'scalingConfig', 'desiredSize') ?? 0;
    if (group.state !== 'running' || nodes === 0) return CLEAR;
    if (textAt(group.attributes, 'capacityType') === 'SPOT') return CLEAR;
    const environment = environmentOf(group);
    if (!environment || environment.production) return CLEAR;
    const saving = hygiene(
      words(
        'Spot prices move and the share that bears interruption is not known, so no amount is claimed.',
        'Os preços spot variam e a parcela que suporta interrupção não é conhecida, por isso nenhum valor é declarado.',
      ),
    );
    return found(saving, {
      why: local(
        (f) => `${f.count(nodes, 'node', 'nodes')} on demand in the environment “${environment.value}”.`,
        (f) => `${f.count(nodes, 'nó', 'nós')} sob demanda no ambiente “${environment.value}”.`,
      ),
      current: [spec(CAPACITY, 'ON_DEMAND')],
      recommended: [spec(CAPACITY, 'SPOT')],
    });
  },
};
