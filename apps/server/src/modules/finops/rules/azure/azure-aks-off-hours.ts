import type { Rule } from '../rule.ts';
import { OFF_HOURS_PARAMETERS, offHours } from '../shared/off-hours.ts';
import { CLEAR } from '../shared/verdict.ts';
import { words } from '../shared/words.ts';
import { zoneOf } from './data/region-zones.ts';
import { METRICS_READ } from './permissions.ts';

export const rule: Rule = {
  id: 'azure-aks-off-hours',
  provider: 'azure',
  resourceType: 'azure.aks.cluster',
  category: 'schedule',
  title: words('AKS cluster idle outside of working hours', 'Cluster AKS ocioso fora do expediente'),
  criterion: words(
    'Over 14 days, at least 40 hours of the week lie outside of the hours in which the nodes’ CPU is above 5 %. Clusters tagged as production are left out unless wanted.',
    'Em 14 dias, pelo menos 40 horas da semana ficam fora do período em que a CPU dos nós passa de 5 %. Clusters etiquetados como produção ficam de fora, a menos que se queira.',
  ),
  remedy: words(
    'Start and stop it by a schedule. Undo removes the schedule.',
    'Ligue e desligue por um agendamento. Desfazer remove o agendamento.',
  ),
  parameters: OFF_HOURS_PARAMETERS,
  metrics: [{ metric: 'cpu_utilization', statistic: 'average' }],
  lookbackDays: 30,
  saving: 'M4',
  confidence: 'medium',
  effort: 'low',
  restart: true,
  undoClass: 'R',
  action: 'schedule',
  permissions: {
    read: ['Microsoft.ContainerService/managedClusters/read', METRICS_READ],
    apply: [
      'Microsoft.ContainerService/managedClusters/stop/action',
      'Microsoft.ContainerService/managedClusters/start/action',
    ],
    undo: ['Microsoft.ContainerService/managedClusters/start/action'],
  },
  examine(cluster, facts) {
    if (cluster.state !== 'running') return CLEAR;
    return offHours(cluster, facts, zoneOf(cluster.region), []);
  },
};
