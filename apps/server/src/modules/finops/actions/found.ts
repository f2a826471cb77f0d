import type { Resource, ResourceState, SizeSpec } from '@cloudatlas/cloud/resource';
import type { Fingerprint } from '../tables.ts';

/** What must not have changed between the scan that found something and the action that follows. */
export function foundOf(resource: {
  readonly state: ResourceState;
  readonly size?: SizeSpec | null | undefined;
  readonly relations: Resource['relations'];
}): Fingerprint {
  return {
    state: resource.state,
    size: resource.size ?? null,
    attachments: resource.relations
      .filter(({ kind }) => kind === 'attached_to')
      .map(({ targetNativeId }) => targetNativeId)
      .toSorted(),
  };
}

/** What differs, as a text for a person, e.g. `state running → stopped`; null when nothing does. */
export function differenceOf(found: Fingerprint, now: Fingerprint): string | null {
  const parts: string[] = [];
  if (found.state !== now.state) parts.push(`state ${found.state} → ${now.state}`);
  const members = ['sku', 'cpus', 'memoryGiB', 'storageGiB', 'iops', 'throughputMiBs', 'nodes'] as const;
  for (const member of members) {
    const [before, after] = [found.size?.[member], now.size?.[member]];
    if (before !== after) parts.push(`${member} ${before ?? 'none'} → ${after ?? 'none'}`);
  }
  if (found.attachments.join(' ') !== now.attachments.join(' '))
    parts.push(`attached to ${listed(found.attachments)} → ${listed(now.attachments)}`);
  return parts.length === 0 ? null : parts.join(', ');
}

function listed(ids: readonly string[]): string {
  return ids.length === 0 ? 'nothing' : ids.join(', ');
}
