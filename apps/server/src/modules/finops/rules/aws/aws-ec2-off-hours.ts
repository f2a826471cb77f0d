import type { Rule } from '../rule.ts';
import { offHoursMachine } from '../shared/machines.ts';
import { words } from '../shared/words.ts';
import { zoneOf } from './data/region-zones.ts';
import { INSTANCE, unmanageable } from './instances.ts';

export const rule: Rule = offHoursMachine({
  id: 'aws-ec2-off-hours',
  provider: 'aws',
  resourceType: INSTANCE,
  title: words('EC2 instance idle outside of working hours', 'Instância EC2 ociosa fora do expediente'),
  remedy: words(
    'Start and stop it by a schedule. Undo removes the schedule.',
    'Ligue e desligue por um agendamento. Desfazer remove o agendamento.',
  ),
  permissions: {
    read: ['ec2:DescribeInstances', 'cloudwatch:GetMetricData'],
    apply: ['ec2:StartInstances', 'ec2:StopInstances'],
    undo: ['ec2:StartInstances'],
  },
  unmanageable,
  zoneOf,
});
