import type { Facts, RuleResource } from '../rule.ts';
import { DATABASE } from './databases.ts';

/** Resource type of database clusters: Aurora, DocumentDB, Neptune. */
export const CLUSTER = 'aws.rds.cluster';

/** Machines of a cluster; their cost is billed apart from its storage. */
export function machinesOf(cluster: RuleResource, facts: Facts): RuleResource[] {
  const seen = new Map<string, RuleResource>();
  for (const r of [...facts.targets(cluster, 'uses'), ...facts.sources(cluster, 'member_of')])
    if (r.type === DATABASE) seen.set(r.nativeId, r);
  return [...seen.values()];
}
