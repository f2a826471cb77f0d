import type { Rule } from '../rule.ts';
import { environmentOf } from '../shared/environment.ts';
import { daily } from '../shared/evidence.ts';
import { found, LABEL, operations, sizeSpec, stateSpec } from '../shared/finding.ts';
import { measured } from '../shared/measure.ts';
import { lookback, parameter } from '../shared/parameters.ts';
import { wholeCost } from '../shared/saving.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { METRICS_READ } from './permissions.ts';

export const rule: Rule = {
  id: 'azure-aks-idle',
  provider: 'azure',
  resourceType: 'azure.aks.cluster',
  category: 'idle',
  title: words('Idle AKS cluster', 'Cluster AKS ocioso'),
  criterion: words(
    'CPU of the nodes at most 10 % in every hour of 14 days. Clusters tagged as production are left out.',
    'CPU dos nós de no máximo 10 % em todas as horas de 14 dias. Clusters etiquetados como produção ficam de fora.',
  ),
  remedy: words(
    'Stop the cluster: nodes and control plane end, the configuration stays. Undo starts it.',
    'Pare o cluster: nós e plano de controle terminam, a configuração permanece. Desfazer o inicia.',
  ),
  parameters: {
    days: lookback(14, 7, 30),
    cpu: parameter('CPU at most', 'CPU no máximo', 'percent', [10, 1, 30]),
  },
  metrics: [{ metric: 'cpu_utilization', statistic: 'maximum' }],
  lookbackDays: 30,
  saving: 'M1',
  confidence: 'medium',
  effort: 'low',
  restart: true,
  undoClass: 'R',
  action: 'operations',
  operations: [{ operation: 'stop' }],
  permissions: {
    read: ['Microsoft.ContainerService/managedClusters/read', METRICS_READ],
    apply: ['Microsoft.ContainerService/managedClusters/stop/action'],
    undo: ['Microsoft.ContainerService/managedClusters/start/action'],
  },
  examine(cluster, facts) {
    if (cluster.state !== 'running') return CLEAR;
    if (environmentOf(cluster)?.production === true) return skip('excluded', 'production');
    const days = facts.parameter('days');
    const cpu = measured(facts, cluster, 'cpu_utilization', 'maximum', days);
    if (isSkip(cpu)) return cpu;
    const limit = facts.parameter('cpu');
    if (cpu.maximum > limit) return CLEAR;
    return found(wholeCost(facts, cluster), {
      why: local(
        (f) => `The nodes’ CPU never passed ${f.pct(cpu.maximum)} in ${f.days(days)}.`,
        (f) => `A CPU dos nós nunca passou de ${f.pct(cpu.maximum)} em ${f.days(days)}.`,
      ),
      current: [...sizeSpec(cluster), stateSpec('running')],
      recommended: [stateSpec('stopped')],
      evidence: [daily(LABEL.cpu, cpu, 'maximum', limit)],
      action: operations('stop'),
    });
  },
};
