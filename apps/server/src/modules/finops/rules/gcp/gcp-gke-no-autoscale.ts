import type { Rule } from '../rule.ts';
import { flagAt, numberAt, objectsAt, textAt } from '../shared/attributes.ts';
import { fact } from '../shared/evidence.ts';
import { found, LABEL, spec } from '../shared/finding.ts';
import { parameter } from '../shared/parameters.ts';
import { hygiene } from '../shared/saving.ts';
import { CLEAR } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { reading } from './permissions.ts';

export const rule: Rule = {
  id: 'gcp-gke-no-autoscale',
  provider: 'gcp',
  resourceType: 'gcp.gke.cluster',
  category: 'rightsize',
  title: words('GKE cluster without autoscaling', 'Cluster GKE sem escalonamento automático'),
  criterion: words(
    'A node pool of two or more nodes a zone without autoscaler.',
    'Um pool de dois ou mais nós por zona sem autoscaler.',
  ),
  remedy: words(
    'Switch the autoscaler on with sensible bounds. Advice.',
    'Ative o autoscaler com limites adequados. Recomendação.',
  ),
  parameters: { nodes: parameter('Nodes at least', 'Nós, no mínimo', 'nodes', [2, 1, 100]) },
  metrics: [],
  lookbackDays: 0,
  saving: 'M0',
  confidence: 'low',
  effort: 'low',
  restart: false,
  undoClass: 'R',
  action: null,
  permissions: reading('container.clusters.list'),
  claims: 'setting',
  examine(cluster, facts) {
    if (cluster.state !== 'running' || flagAt(cluster.attributes, 'autopilot', 'enabled')) return CLEAR;
    const fixed = objectsAt(cluster.attributes, 'nodePools').filter(
      (pool) =>
        !flagAt(pool, 'autoscaling', 'enabled') &&
        (numberAt(pool, 'initialNodeCount') ?? 0) >= facts.parameter('nodes'),
    );
    if (fixed.length === 0) return CLEAR;
    const names = fixed.map((pool) => textAt(pool, 'name') ?? '?').join(', ');
    return found(hygiene(words('What it saves depends on the load.', 'O que economiza depende da carga.')), {
      why: local(
        () => `Pools of a fixed number of nodes: ${names}.`,
        () => `Pools com número fixo de nós: ${names}.`,
      ),
      current: [spec(LABEL.nodes, cluster.size?.nodes ?? 0)],
      evidence: [fact(words('Pools', 'Pools de nós'), names)],
    });
  },
};
