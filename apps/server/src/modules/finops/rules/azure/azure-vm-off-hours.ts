import type { Rule } from '../rule.ts';
import { offHoursMachine } from '../shared/machines.ts';
import { words } from '../shared/words.ts';
import { zoneOf } from './data/region-zones.ts';
import { unmanageable, VM } from './machines.ts';
import { METRICS_READ } from './permissions.ts';

export const rule: Rule = offHoursMachine({
  id: 'azure-vm-off-hours',
  provider: 'azure',
  resourceType: VM,
  title: words('Machine idle outside of working hours', 'Máquina ociosa fora do expediente'),
  remedy: words(
    'Start and deallocate it by a schedule. Undo removes the schedule.',
    'Ligue e desaloque por um agendamento. Desfazer remove o agendamento.',
  ),
  permissions: {
    read: ['Microsoft.Compute/virtualMachines/read', METRICS_READ],
    apply: [
      'Microsoft.Compute/virtualMachines/start/action',
      'Microsoft.Compute/virtualMachines/deallocate/action',
    ],
    undo: ['Microsoft.Compute/virtualMachines/start/action'],
  },
  unmanageable,
  zoneOf,
});
