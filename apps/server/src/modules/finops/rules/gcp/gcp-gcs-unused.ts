import type { Rule } from '../rule.ts';
import { unusedStorage } from '../shared/unused-storage.ts';
import { words } from '../shared/words.ts';
import { METRICS_READ, reading } from './permissions.ts';

export const rule: Rule = unusedStorage({
  id: 'gcp-gcs-unused',
  provider: 'gcp',
  resourceType: 'gcp.storage.bucket',
  title: words('Unused bucket', 'Bucket sem uso'),
  permissions: reading('storage.buckets.list', METRICS_READ),
});
