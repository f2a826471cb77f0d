import type { Rule } from '../rule.ts';
import { unattachedDisk } from '../shared/unattached-disk.ts';
import { words } from '../shared/words.ts';
import { DISK } from './machines.ts';

export const rule: Rule = unattachedDisk({
  id: 'azure-disk-unattached',
  provider: 'azure',
  resourceType: DISK,
  title: words('Unattached managed disk', 'Disco gerenciado não anexado'),
  permissions: {
    read: ['Microsoft.Compute/disks/read'],
    apply: ['Microsoft.Compute/snapshots/write', 'Microsoft.Compute/disks/delete'],
    undo: ['Microsoft.Compute/disks/write'],
  },
  detachedAt: 'lastOwnershipUpdateTime',
});
