import type { Rule } from '../rule.ts';
import { objectsAt, textAt } from '../shared/attributes.ts';
import { environmentOf } from '../shared/environment.ts';
import { fact } from '../shared/evidence.ts';
import { found, LABEL, spec } from '../shared/finding.ts';
import { hygiene } from '../shared/saving.ts';
import { CLEAR } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { reading } from './permissions.ts';

export const rule: Rule = {
  id: 'azure-aks-spot',
  provider: 'azure',
  resourceType: 'azure.aks.cluster',
  category: 'rightsize',
  title: words(
    'AKS cluster outside of production without spot nodes',
    'Cluster AKS fora da produção sem nós spot',
  ),
  criterion: words(
    'Tagged as another environment than production, with no spot pool.',
    'Etiquetado como ambiente que não é de produção, sem pool spot.',
  ),
  remedy: words(
    'Add a spot pool for what may be interrupted. Advice.',
    'Adicione um pool spot para o que pode ser interrompido. Recomendação.',
  ),
  parameters: {},
  metrics: [],
  lookbackDays: 0,
  saving: 'M0',
  confidence: 'low',
  effort: 'low',
  restart: false,
  undoClass: 'R',
  action: null,
  permissions: reading('Microsoft.ContainerService/managedClusters/read'),
  claims: 'setting',
  examine(cluster) {
    if (cluster.state !== 'running') return CLEAR;
    const environment = environmentOf(cluster);
    if (!environment || environment.production) return CLEAR;
    const pools = objectsAt(cluster.attributes, 'agentPoolProfiles');
    if (pools.length === 0 || pools.some((pool) => textAt(pool, 'scaleSetPriority') === 'Spot')) return CLEAR;
    return found(hygiene(words('Spot nodes cost up to 90 % less.', 'Nós spot custam até 90 % menos.')), {
      why: local(
        () => `None of its pools is spot, in ${environment.value}.`,
        () => `Nenhum dos pools é spot, em ${environment.value}.`,
      ),
      current: [spec(LABEL.nodes, cluster.size?.nodes ?? 0)],
      evidence: [fact(words('Environment', 'Ambiente'), environment.value)],
    });
  },
};
