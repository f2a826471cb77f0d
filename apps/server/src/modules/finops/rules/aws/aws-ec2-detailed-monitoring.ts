import type { Rule } from '../rule.ts';
import { textAt } from '../shared/attributes.ts';
import { fact } from '../shared/evidence.ts';
import { found, operations, spec } from '../shared/finding.ts';
import { quantityTimes } from '../shared/money.ts';
import { listMonthly } from '../shared/saving.ts';
import { CLEAR, skip } from '../shared/verdict.ts';
import { words } from '../shared/words.ts';
import { LIST_PRICES } from './data/list-prices.ts';
import { INSTANCE } from './instances.ts';

const MONITORING = words('Monitoring', 'Monitoramento');

export const rule: Rule = {
  id: 'aws-ec2-detailed-monitoring',
  provider: 'aws',
  resourceType: INSTANCE,
  category: 'hygiene',
  title: words('Detailed monitoring of an EC2 instance', 'Monitoramento detalhado de uma instância EC2'),
  criterion: words(
    'Detailed monitoring (every minute, charged) is on, and no scaling group owns the instance. Alarms that need it are not read: check them before.',
    'O monitoramento detalhado (a cada minuto, cobrado) está ligado e nenhum grupo de escalonamento é dono da instância. Alarmes que dependem dele não são lidos: verifique antes.',
  ),
  remedy: words(
    'Switch to basic monitoring, every five minutes and free of charge.',
    'Mude para o monitoramento básico, a cada cinco minutos e gratuito.',
  ),
  parameters: {},
  metrics: [],
  lookbackDays: 0,
  saving: 'M3',
  confidence: 'low',
  effort: 'low',
  restart: false,
  undoClass: 'R',
  action: 'operations',
  operations: [{ operation: 'set-monitoring' }],
  permissions: {
    read: ['ec2:DescribeInstances'],
    apply: ['ec2:UnmonitorInstances'],
    undo: ['ec2:MonitorInstances'],
  },
  claims: 'setting',
  examine(instance, facts) {
    if (instance.state !== 'running') return CLEAR;
    if (textAt(instance.attributes, 'Monitoring', 'State') !== 'enabled') return CLEAR;
    // The launch template of the group would turn it on again.
    if (Object.hasOwn(instance.tags, 'aws:autoscaling:groupName'))
      return skip('excluded', 'aws:autoscaling:groupName');
    const { metricMonth, detailedMetrics } = LIST_PRICES;
    const saving = listMonthly(facts, instance, {
      monthly: quantityTimes(metricMonth, detailedMetrics),
      currency: 'USD',
      formula: words(
        `${detailedMetrics} metrics × USD ${metricMonth}`,
        `${detailedMetrics} métricas × USD ${metricMonth}`,
      ),
    });
    return found(saving, {
      why: words(
        'Metrics are taken every minute and charged; every five minutes are free.',
        'As métricas são coletadas a cada minuto e cobradas; a cada cinco minutos são gratuitas.',
      ),
      current: [spec(MONITORING, 'detailed')],
      recommended: [spec(MONITORING, 'basic')],
      evidence: [fact(MONITORING, 'enabled')],
      action: operations({ operation: 'set-monitoring', parameters: { detailed: false } }),
    });
  },
};
