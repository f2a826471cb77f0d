import type { Rule } from '../rule.ts';
import { textAt } from '../shared/attributes.ts';
import { environmentOf } from '../shared/environment.ts';
import { fact } from '../shared/evidence.ts';
import { found, spec } from '../shared/finding.ts';
import { listHours } from '../shared/saving.ts';
import { CLEAR } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { reading } from './permissions.ts';

export const rule: Rule = {
  id: 'azure-aks-tier-nonprod',
  provider: 'azure',
  resourceType: 'azure.aks.cluster',
  category: 'rightsize',
  title: words(
    'AKS uptime guarantee outside of production',
    'Garantia de disponibilidade do AKS fora da produção',
  ),
  criterion: words(
    'Control plane of tier Standard though tagged as another environment than production; Free does the same without guarantee.',
    'Plano de controle da camada Standard, embora etiquetado como ambiente que não é de produção; a Free faz o mesmo sem garantia.',
  ),
  remedy: words('Change the tier to Free. Advice.', 'Mude a camada para Free. Recomendação.'),
  parameters: {},
  metrics: [],
  lookbackDays: 0,
  saving: 'M3',
  confidence: 'high',
  effort: 'low',
  restart: false,
  undoClass: 'R',
  action: null,
  permissions: reading('Microsoft.ContainerService/managedClusters/read'),
  claims: 'setting',
  examine(cluster, facts) {
    if (cluster.state !== 'running' || textAt(cluster.attributes, 'sku', 'tier') !== 'Standard') return CLEAR;
    const environment = environmentOf(cluster);
    if (!environment || environment.production) return CLEAR;
    return found(listHours(facts, cluster, { product: 'cluster', region: cluster.region }), {
      why: local(
        () => `Tier Standard in ${environment.value}.`,
        () => `Camada Standard em ${environment.value}.`,
      ),
      current: [spec(words('Tier', 'Camada'), 'Standard')],
      recommended: [spec(words('Tier', 'Camada'), 'Free')],
      evidence: [fact(words('Environment', 'Ambiente'), environment.value)],
    });
  },
};
