import type { Rule } from '../rule.ts';
import { idleMachine } from '../shared/machines.ts';
import { words } from '../shared/words.ts';
import { INSTANCE, unmanageable } from './instances.ts';

export const rule: Rule = idleMachine({
  id: 'aws-ec2-idle',
  provider: 'aws',
  resourceType: INSTANCE,
  title: words('Idle EC2 instance', 'Instância EC2 ociosa'),
  remedy: words(
    'Stop the instance; its disks stay. Start it again to undo.',
    'Pare a instância; os discos permanecem. Inicie-a novamente para desfazer.',
  ),
  permissions: {
    read: ['ec2:DescribeInstances', 'cloudwatch:GetMetricData'],
    apply: ['ec2:StopInstances'],
    undo: ['ec2:StartInstances'],
  },
  unmanageable,
});
