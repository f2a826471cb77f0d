import type { Rule } from '../rule.ts';
import { unattachedDisk } from '../shared/unattached-disk.ts';
import { words } from '../shared/words.ts';
import { DISK } from './machines.ts';
import { REMOVE_DISK } from './permissions.ts';

export const rule: Rule = unattachedDisk({
  id: 'gcp-disk-unattached',
  provider: 'gcp',
  resourceType: DISK,
  title: words('Unattached persistent disk', 'Disco permanente não anexado'),
  permissions: REMOVE_DISK,
  detachedAt: 'lastDetachTimestamp',
});
