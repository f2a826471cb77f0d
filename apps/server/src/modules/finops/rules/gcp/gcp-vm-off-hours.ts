import type { Rule } from '../rule.ts';
import { offHoursMachine } from '../shared/machines.ts';
import { words } from '../shared/words.ts';
import { zoneOf } from './data/region-zones.ts';
import { unmanageable, VM } from './machines.ts';
import { METRICS_READ } from './permissions.ts';

export const rule: Rule = offHoursMachine({
  id: 'gcp-vm-off-hours',
  provider: 'gcp',
  resourceType: VM,
  title: words('VM instance idle outside of working hours', 'Instância de VM ociosa fora do expediente'),
  remedy: words(
    'Start and stop it by a schedule. Undo removes the schedule.',
    'Ligue e pare por um agendamento. Desfazer remove o agendamento.',
  ),
  permissions: {
    read: ['compute.instances.list', METRICS_READ],
    apply: ['compute.instances.start', 'compute.instances.stop'],
    undo: ['compute.instances.start'],
  },
  unmanageable,
  zoneOf,
});
