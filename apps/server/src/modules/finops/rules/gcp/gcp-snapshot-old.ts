import type { Rule } from '../rule.ts';
import { oldSnapshot } from '../shared/old-snapshot.ts';
import { setAside } from './permissions.ts';

export const rule: Rule = oldSnapshot({
  id: 'gcp-snapshot-old',
  provider: 'gcp',
  resourceType: 'gcp.compute.snapshot',
  permissions: setAside('compute.snapshots'),
});
