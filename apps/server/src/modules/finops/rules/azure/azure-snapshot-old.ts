import type { Rule } from '../rule.ts';
import { oldSnapshot } from '../shared/old-snapshot.ts';
import { DELETE_SNAPSHOT } from './permissions.ts';
import { SNAPSHOT } from './snapshots.ts';

export const rule: Rule = oldSnapshot({
  id: 'azure-snapshot-old',
  provider: 'azure',
  resourceType: SNAPSHOT,
  permissions: DELETE_SNAPSHOT,
});
