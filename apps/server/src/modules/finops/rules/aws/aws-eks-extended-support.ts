import { times } from '@cloudatlas/cloud/decimal';
import type { Rule } from '../rule.ts';
import { textAt } from '../shared/attributes.ts';
import { fact } from '../shared/evidence.ts';
import { found, spec } from '../shared/finding.ts';
import { compareAmounts, difference, monthOfHours, smaller } from '../shared/money.ts';
import { actualMonthly, listMonthly } from '../shared/saving.ts';
import { CLEAR } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { LIST_PRICES } from './data/list-prices.ts';
import { clusterSupportEnd } from './data/support-dates.ts';

/** Share of the surcharge that must show in the bill. */
const NOTICEABLE = '0.05';

export const rule: Rule = {
  id: 'aws-eks-extended-support',
  provider: 'aws',
  resourceType: 'aws.eks.cluster',
  category: 'modernize',
  title: words('EKS cluster past standard support', 'Cluster EKS fora do suporte padrão'),
  criterion: words(
    'Its Kubernetes version is past the end of standard support, so the control plane costs six times as much.',
    'A versão do Kubernetes passou do fim do suporte padrão, então o plano de controle custa seis vezes mais.',
  ),
  remedy: words(
    'Upgrade minor version by minor version, nodes after the control plane. It cannot be taken back.',
    'Atualize uma versão secundária por vez, os nós depois do plano de controle. Não pode ser desfeito.',
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
  permissions: {
    read: ['eks:DescribeCluster'],
    apply: ['eks:UpdateClusterVersion', 'eks:UpdateNodegroupVersion'],
    undo: [],
  },
  claims: 'setting',
  examine(cluster, facts) {
    const version = textAt(cluster.attributes, 'version') ?? cluster.size?.sku;
    if (cluster.state !== 'running' || version === undefined) return CLEAR;
    const end = clusterSupportEnd(version);
    if (!end || end.getTime() > facts.now.getTime()) return CLEAR;
    // Such clusters are upgraded by AWS at that date instead of being charged.
    if (textAt(cluster.attributes, 'upgradePolicy', 'supportType') === 'STANDARD') return CLEAR;
    const { clusterHour, extendedClusterHour } = LIST_PRICES;
    const actual = actualMonthly(facts, cluster);
    const surcharge = monthOfHours(extendedClusterHour);
    const beyond = actual ? difference(actual.monthly, monthOfHours(clusterHour)) : surcharge;
    // The bill knows the cluster and shows no more than the plain price: the surcharge is not paid.
    if (compareAmounts(beyond, times(surcharge, NOTICEABLE)) < 0) return CLEAR;
    const saving = listMonthly(facts, cluster, {
      monthly: smaller(beyond, surcharge),
      currency: 'USD',
      formula: words(
        `USD ${extendedClusterHour} more an hour × 730.5 hours`,
        `USD ${extendedClusterHour} a mais por hora × 730,5 horas`,
      ),
    });
    return found(saving, {
      why: local(
        (f) => `Standard support of Kubernetes ${version} ended on ${f.date(end)}.`,
        (f) => `O suporte padrão do Kubernetes ${version} terminou em ${f.date(end)}.`,
      ),
      current: [spec(words('Version', 'Versão'), version)],
      evidence: [fact(words('End of standard support', 'Fim do suporte padrão'), end.toISOString())],
    });
  },
};
