import type { HealthCheck } from '@aws-sdk/client-route-53';
import type * as Route53Sdk from '@aws-sdk/client-route-53';
import { orGone } from '../../errors.ts';
import { GLOBAL_REGION, type Resource } from '../../resource.ts';
import { ROUTE53 } from '../clients.ts';
import { resource, tagMap, toAttributes } from '../../shared/normalise.ts';
import type { Scope, TypeReader } from '../scope.ts';
import type { ServiceHandle } from '../session.ts';
import { described, orUnreadable, orNoTags } from './lenient.ts';

type Route53 = ServiceHandle<typeof Route53Sdk>;

const HEALTH_CHECK = {
  id: 'aws.route53.health-check',
  label: 'Route 53 health check',
  category: 'network',
  taggable: true,
} as const;

/** Zones whose records are read to find who uses a health check; in larger accounts the use stays unknown. */
const MAX_ZONES = 200;
const DETAILS_AT_ONCE = 2;

/** Names of zones, at most so many; undefined when there are more. */
async function zoneIds(route53: Route53, scope: Scope): Promise<string[] | undefined> {
  const ids: string[] = [];
  const found = route53.pages('ListHostedZones', async (Marker) => {
    const answer = await route53.send(new route53.sdk.ListHostedZonesCommand({ Marker }), scope);
    return { items: answer.HostedZones ?? [], next: answer.IsTruncated ? answer.NextMarker : undefined };
  });
  for await (const items of found) {
    ids.push(...items.flatMap((z) => z.Id ?? []));
    if (ids.length > MAX_ZONES) return undefined;
  }
  return ids;
}

function allChecks(route53: Route53, scope: Scope): AsyncGenerator<readonly HealthCheck[]> {
  return route53.pages('ListHealthChecks', async (Marker) => {
    const answer = await route53.send(new route53.sdk.ListHealthChecksCommand({ Marker }), scope);
    return { items: answer.HealthChecks ?? [], next: answer.IsTruncated ? answer.NextMarker : undefined };
  });
}

/** Number of records and checks by the health check they name; null where zones may not be read or are too many. */
async function usage(route53: Route53, scope: Scope): Promise<Map<string, number> | null> {
  const ids = await orUnreadable(zoneIds(route53, scope));
  if (!ids) return null;
  const uses = new Map<string, number>();
  const count = (id: string): void => void uses.set(id, (uses.get(id) ?? 0) + 1);
  // A calculated check relies on others.
  for await (const items of allChecks(route53, scope))
    for (const raw of items) raw.HealthCheckConfig?.ChildHealthChecks?.forEach(count);
  for (const HostedZoneId of ids) {
    // A page goes on from a record's name, type and set, which here are carried as one token.
    const found = route53.pages('ListResourceRecordSets', async (token) => {
      const start = (token === undefined ? {} : JSON.parse(token)) as Record<string, never>;
      const answer = await route53.send(
        new route53.sdk.ListResourceRecordSetsCommand({ HostedZoneId, ...start }),
        scope,
      );
      const next = {
        StartRecordName: answer.NextRecordName,
        StartRecordType: answer.NextRecordType,
        StartRecordIdentifier: answer.NextRecordIdentifier,
      };
      return {
        items: answer.ResourceRecordSets ?? [],
        next: answer.IsTruncated ? JSON.stringify(next) : undefined,
      };
    });
    const records = await orUnreadable(
      (async () => {
        const all = [];
        for await (const items of found) all.push(...items);
        return all;
      })(),
    );
    if (!records) return null;
    for (const { HealthCheckId: id } of records) if (id) count(id);
  }
  return uses;
}

function shape(raw: HealthCheck, uses: Map<string, number> | null, tags: Record<string, string>): Resource {
  const id = raw.Id ?? '';
  const used = uses && (uses.get(id) ?? 0);
  const config = raw.HealthCheckConfig;
  return resource({
    type: HEALTH_CHECK.id,
    nativeId: `arn:aws:route53:::healthcheck/${id}`,
    id,
    region: GLOBAL_REGION,
    name: tags['Name'] ?? config?.FullyQualifiedDomainName ?? config?.IPAddress,
    // A check that a service made is used without a record.
    state: used === 0 && raw.LinkedService === undefined ? 'available' : 'in_use',
    tags,
    size: { sku: config?.Type },
    attributes: { ...toAttributes(raw, ['CloudWatchAlarmConfiguration']), UsedBy: used },
  });
}

function tagsOf(route53: Route53, scope: Scope, ResourceId: string): Promise<Record<string, string>> {
  const input = { ResourceType: 'healthcheck', ResourceId } as const;
  const read = route53.send(new route53.sdk.ListTagsForResourceCommand(input), scope);
  return orNoTags(read.then((answer) => tagMap(answer.ResourceTagSet?.Tags)));
}

/** Health checks, and how many records rely on each. */
export const healthChecks: TypeReader = {
  type: HEALTH_CHECK,
  async *list(scope) {
    const route53 = await scope.session.open(ROUTE53);
    // Zones are only read in accounts that have health checks, and once.
    let uses: Promise<Map<string, number> | null> | undefined;
    yield* described(allChecks(route53, scope), DETAILS_AT_ONCE, async (raw) => {
      uses ??= usage(route53, scope);
      return shape(raw, await uses, await tagsOf(route53, scope, raw.Id ?? ''));
    });
  },
  async inspect(scope, ref) {
    const route53 = await scope.session.open(ROUTE53);
    const input = { HealthCheckId: ref.id };
    const answer = await orGone(route53.send(new route53.sdk.GetHealthCheckCommand(input), scope));
    if (!answer?.HealthCheck) return undefined;
    return shape(answer.HealthCheck, await usage(route53, scope), await tagsOf(route53, scope, ref.id));
  },
};
