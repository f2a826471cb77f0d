import type { RuleResource } from '../rule.ts';
import { textAt } from '../shared/attributes.ts';

/** Resource type of cache clusters and of nodes of replication groups. */
export const CACHE = 'aws.elasticache.cluster';

/** Whether it is a node of a replication group: that is changed and deleted as a whole. */
export function inReplicationGroup(cache: RuleResource): boolean {
  return textAt(cache.attributes, 'ReplicationGroupId') !== undefined;
}

/** Engines whose data can be kept in a snapshot. */
export function hasSnapshots(cache: RuleResource): boolean {
  return textAt(cache.attributes, 'Engine') !== 'memcached';
}
