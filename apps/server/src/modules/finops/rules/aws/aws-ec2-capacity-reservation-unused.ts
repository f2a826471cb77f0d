import type { Rule } from '../rule.ts';
import { numberAt } from '../shared/attributes.ts';
import { lookback } from '../shared/parameters.ts';
import { unused } from '../shared/unused.ts';
import { CLEAR, skip } from '../shared/verdict.ts';
import { words } from '../shared/words.ts';

export const rule: Rule = {
  id: 'aws-ec2-capacity-reservation-unused',
  provider: 'aws',
  resourceType: 'aws.ec2.capacity-reservation',
  category: 'idle',
  title: words('Unused capacity reservation', 'Reserva de capacidade sem uso'),
  criterion: words(
    'No instance used it in 7 days. Reserved capacity is paid for as if machines ran.',
    'Nenhuma instância a usou em 7 dias. A capacidade reservada é paga como se houvesse máquinas em execução.',
  ),
  remedy: words(
    'Cancel the reservation. Capacity may be sold out when it is wanted again.',
    'Cancele a reserva. A capacidade pode estar esgotada quando for necessária de novo.',
  ),
  parameters: { days: lookback(7, 3, 30) },
  metrics: [{ metric: 'used_instances', statistic: 'maximum' }],
  lookbackDays: 30,
  saving: 'M1',
  confidence: 'high',
  effort: 'low',
  restart: false,
  undoClass: 'S',
  action: null,
  permissions: {
    read: ['ec2:DescribeCapacityReservations', 'cloudwatch:GetMetricData'],
    apply: ['ec2:CancelCapacityReservation'],
    undo: ['ec2:CreateCapacityReservation'],
  },
  examine(reservation, facts) {
    if (reservation.state !== 'active') return CLEAR;
    const total = numberAt(reservation.attributes, 'TotalInstanceCount');
    const free = numberAt(reservation.attributes, 'AvailableInstanceCount');
    if (total === undefined || free === undefined) return skip('unknown_size');
    if (free < total) return CLEAR;
    return unused(reservation, facts, {
      gauges: [['used_instances', words('Instances in it', 'Instâncias nela'), 1]],
      nothing: words('instances in it', 'instâncias nela'),
      action: null,
      becomes: 'deleted',
    });
  },
};
