import { sum, times } from '@cloudatlas/cloud/decimal';
import type { Rule } from '../rule.ts';
import { ageDays } from '../shared/ages.ts';
import { flagAt, numberAt, objectsAt, textAt } from '../shared/attributes.ts';
import { environmentOf } from '../shared/environment.ts';
import { daily } from '../shared/evidence.ts';
import { found, LABEL, operations, spec } from '../shared/finding.ts';
import { measured } from '../shared/measure.ts';
import { lookback, parameter } from '../shared/parameters.ts';
import { priceRatio } from '../shared/saving.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { METRICS_READ, updating } from './permissions.ts';

export const rule: Rule = {
  id: 'gcp-gke-idle-cluster',
  provider: 'gcp',
  resourceType: 'gcp.gke.cluster',
  category: 'idle',
  title: words('Idle GKE cluster', 'Cluster GKE ocioso'),
  criterion: words(
    'CPU of the nodes at most 10 % in every hour of 14 days. Clusters labelled as production are left out.',
    'CPU dos nós de no máximo 10 % em todas as horas de 14 dias. Clusters etiquetados como produção ficam de fora.',
  ),
  remedy: words(
    'Set its node pools to 0 nodes; the control plane stays and is billed. Undo gives them their nodes back. Advice where an autoscaler rules a pool.',
    'Reduza os pools a 0 nós; o plano de controle permanece e é cobrado. Desfazer devolve os nós. Recomendação onde um autoscaler governa um pool.',
  ),
  parameters: {
    days: lookback(14, 7, 30),
    cpu: parameter('CPU at most', 'CPU no máximo', 'percent', [10, 1, 30]),
  },
  metrics: [{ metric: 'cpu_utilization', statistic: 'maximum' }],
  lookbackDays: 30,
  saving: 'M2',
  confidence: 'medium',
  effort: 'low',
  restart: true,
  undoClass: 'R',
  action: 'operations',
  operations: [{ operation: 'scale' }],
  permissions: updating('container.clusters', METRICS_READ),
  examine(cluster, facts) {
    const nodes = cluster.size?.nodes ?? 0;
    if (cluster.state !== 'running' || nodes === 0) return CLEAR;
    if (flagAt(cluster.attributes, 'autopilot', 'enabled')) return skip('excluded', 'autopilot');
    if (environmentOf(cluster)?.production === true) return skip('excluded', 'production');
    const days = facts.parameter('days');
    if (ageDays(cluster, facts.now) < days) return skip('too_young', `${days} days`);
    const cpu = measured(facts, cluster, 'cpu_utilization', 'maximum', days);
    if (isSkip(cpu)) return cpu;
    const limit = facts.parameter('cpu');
    if (cpu.maximum > limit) return CLEAR;
    const pools = objectsAt(cluster.attributes, 'nodePools');
    const types = new Set(pools.map((pool) => textAt(pool, 'config', 'machineType')));
    const [sku] = types;
    // Nodes are told for all pools together, so their price is known only where they are of one type.
    if (sku === undefined || types.size > 1) return skip('unknown_size', 'node pools');
    const { region } = cluster;
    const node = facts.price({ product: 'compute', region, sku });
    const plane = facts.price({ product: 'cluster', region });
    if (!node || !plane) return skip('no_price', 'cluster');
    const now = sum([plane.price.amount, times(node.price.amount, nodes)]);
    const scaled = pools.some((pool) => flagAt(pool, 'autoscaling', 'enabled'));
    const steps = pools
      .filter((pool) => (numberAt(pool, 'initialNodeCount') ?? 0) > 0)
      .map((pool) => ({
        operation: 'scale',
        parameters: { pool: textAt(pool, 'name') ?? '', nodes: 0 },
      }));
    return found(priceRatio(facts, cluster, { now, next: plane.price.amount }), {
      why: local(
        (f) => `The nodes’ CPU never passed ${f.pct(cpu.maximum)} in ${f.days(days)}.`,
        (f) => `A CPU dos nós nunca passou de ${f.pct(cpu.maximum)} em ${f.days(days)}.`,
      ),
      current: [spec(LABEL.nodes, nodes)],
      recommended: [spec(LABEL.nodes, 0)],
      evidence: [daily(LABEL.cpu, cpu, 'maximum', limit)],
      action: scaled || steps.length === 0 ? null : operations(...steps),
    });
  },
};
