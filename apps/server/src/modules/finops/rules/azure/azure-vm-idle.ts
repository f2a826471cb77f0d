import type { Rule } from '../rule.ts';
import { idleMachine } from '../shared/machines.ts';
import { words } from '../shared/words.ts';
import { unmanageable, VM } from './machines.ts';
import { STOP_MACHINE } from './permissions.ts';

export const rule: Rule = idleMachine({
  id: 'azure-vm-idle',
  provider: 'azure',
  resourceType: VM,
  title: words('Idle virtual machine', 'Máquina virtual ociosa'),
  remedy: words(
    'Deallocate the machine; its disks stay. Start it again to undo.',
    'Desaloque a máquina; os discos permanecem. Inicie-a novamente para desfazer.',
  ),
  permissions: STOP_MACHINE,
  unmanageable,
});
