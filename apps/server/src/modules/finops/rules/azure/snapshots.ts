import type { RuleResource } from '../rule.ts';
import { textAt } from '../shared/attributes.ts';

export const SNAPSHOT = 'azure.compute.snapshot';

/** Id of the disk it was taken of, as resources are named here; undefined for an import. */
export function sourceOf(snapshot: RuleResource): string | undefined {
  return textAt(snapshot.attributes, 'creationData', 'sourceResourceId')?.toLowerCase();
}
