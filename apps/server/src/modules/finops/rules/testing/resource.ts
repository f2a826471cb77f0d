import type { RuleResource } from '../rule.ts';

/** The instant at which table tests look: a Monday, 00:00 UTC. */
export const NOW = new Date('2026-03-02T00:00:00Z');

/** So many days before {@link NOW}. */
export function ago(days: number): Date {
  return new Date(NOW.getTime() - days * 86_400_000);
}

/** A resource of a type: old enough for every rule unless told otherwise. */
export function makeResource(type: string, given: Partial<RuleResource> = {}): RuleResource {
  const id = given.id ?? 'r-1';
  return {
    type,
    id,
    nativeId: `arn:test:${id}`,
    region: 'us-east-1',
    resourceId: `00000000-0000-7000-8000-${id}`,
    accountId: '00000000-0000-7000-8000-000000000001',
    provider: 'aws',
    name: id,
    state: 'active',
    stateSince: null,
    createdAt: ago(400),
    firstSeenAt: ago(300),
    tags: {},
    size: null,
    attributes: {},
    ...given,
  };
}
