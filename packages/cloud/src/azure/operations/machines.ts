import type { AzureOperation } from '../scope.ts';
import { toggle, VM } from './model.ts';

// What the last operation left as failed may be started, deallocated and resized all the same; that mends it.
export const machines: readonly AzureOperation[] = [
  toggle(
    {
      type: VM,
      id: 'start',
      label: 'Start',
      states: ['stopped', 'failed'],
      confirm: 'none',
      undo: 'stop',
      actions: ['Microsoft.Compute/virtualMachines/start/action'],
    },
    'compute',
    'running',
    (c, { group, names }, o) => c.virtualMachines.beginStart(group, names[0] ?? '', o),
  ),
  {
    // Stopped in the machine is still billed: stopping here always gives the hardware back.
    ...toggle(
      {
        type: VM,
        id: 'stop',
        label: 'Stop (deallocate)',
        states: ['running', 'stopped', 'failed'],
        undo: 'start',
        actions: ['Microsoft.Compute/virtualMachines/deallocate/action'],
      },
      'compute',
      'stopped',
      (c, { group, names }, o) => c.virtualMachines.beginDeallocate(group, names[0] ?? '', o),
    ),
    evidence: (seen) => (seen?.state === 'stopped' && seen.stateRaw === 'deallocated' ? 'yes' : 'no'),
  },
  {
    ...toggle(
      {
        type: VM,
        id: 'restart',
        label: 'Restart',
        states: ['running'],
        actions: ['Microsoft.Compute/virtualMachines/restart/action'],
      },
      'compute',
      'running',
      (c, { group, names }, o) => c.virtualMachines.beginRestart(group, names[0] ?? '', o),
    ),
    repeatable: true,
    evidence: () => 'unknown',
  },
];
