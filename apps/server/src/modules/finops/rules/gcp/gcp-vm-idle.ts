import type { Rule } from '../rule.ts';
import { idleMachine } from '../shared/machines.ts';
import { words } from '../shared/words.ts';
import { unmanageable, VM } from './machines.ts';
import { METRICS_READ } from './permissions.ts';

export const rule: Rule = idleMachine({
  id: 'gcp-vm-idle',
  provider: 'gcp',
  resourceType: VM,
  title: words('Idle VM instance', 'Instância de VM ociosa'),
  remedy: words(
    'Stop the machine; its disks stay. Start it again to undo.',
    'Pare a máquina; os discos permanecem. Inicie-a novamente para desfazer.',
  ),
  permissions: {
    read: ['compute.instances.list', METRICS_READ],
    apply: ['compute.instances.stop'],
    undo: ['compute.instances.start'],
  },
  unmanageable,
});
