import type {
  ChangeTagsForResourceRequest,
  CreateHealthCheckRequest,
  CreateHealthCheckResponse,
  DeleteHealthCheckRequest,
  GetHealthCheckRequest,
  GetHealthCheckResponse,
  HealthCheck,
  HostedZone,
  ListHealthChecksRequest,
  ListHealthChecksResponse,
  ListHostedZonesRequest,
  ListHostedZonesResponse,
  ListResourceRecordSetsRequest,
  ListResourceRecordSetsResponse,
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  ResourceRecordSet,
} from '@aws-sdk/client-route-53';
import type { Entity } from '../../collection.ts';
import type { Output, RequestContext, ServiceDefinition } from '../../context.ts';
import { HOURS_PER_MONTH } from '../../prices/prices.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { listed, pageOf, retag, shelfStore, type Item, type Kind } from '../shelf.ts';

const refuse = (message: string): AwsError => new AwsError('InvalidInput', message, 400);

/** A zone with its records. */
export interface ZoneRecord extends HostedZone {
  readonly records: readonly ResourceRecordSet[];
}

function monthly(usage: string, usd: number) {
  return {
    service: 'Amazon Route 53',
    productCode: 'AmazonRoute53',
    usage,
    operation: '',
    unit: usage === 'HostedZone' ? 'HostedZone' : 'HealthCheck',
    price: usd,
    perHour: 1 / HOURS_PER_MONTH,
  };
}

export const hostedZone: Kind<ZoneRecord> = {
  name: 'route53.hosted-zone',
  id: (raw) => raw.Id ?? '',
  arn: (_shelf, raw) => `arn:aws:route53::${raw.Id}`,
  rates: () => [monthly('HostedZone', 0.5)],
};

export const healthCheck: Kind<HealthCheck> = {
  name: 'route53.health-check',
  id: (raw) => raw.Id ?? '',
  arn: (_shelf, raw) => `arn:aws:route53:::healthcheck/${raw.Id}`,
  rates: () => [monthly('Health-Check-Non-AWS', 0.75)],
};

function need(context: RequestContext, id: string | undefined): Entity<Item<HealthCheck>> {
  const found = context
    .store(shelfStore)
    .of(healthCheck)
    .get(id ?? '');
  if (!found)
    throw new AwsError('NoSuchHealthCheck', `A health check with id ${id ?? ''} does not exist.`, 404);
  return found;
}

function listHealthChecks(
  input: ListHealthChecksRequest,
  context: RequestContext,
): Output<ListHealthChecksResponse> {
  const all = context.store(shelfStore).of(healthCheck).list();
  const page = pageOf(all, input.Marker, input.MaxItems, 100, context, refuse);
  return {
    HealthChecks: page.items.map((e) => ({ ...e.data.raw })),
    Marker: input.Marker ?? '',
    IsTruncated: page.next !== undefined,
    NextMarker: page.next,
    MaxItems: 100,
  };
}

function getHealthCheck(
  input: GetHealthCheckRequest,
  context: RequestContext,
): Output<GetHealthCheckResponse> {
  return { HealthCheck: { ...need(context, input.HealthCheckId).data.raw } };
}

function createHealthCheck(
  input: CreateHealthCheckRequest,
  context: RequestContext,
): Output<CreateHealthCheckResponse> {
  const shelf = context.store(shelfStore);
  const same = shelf
    .of(healthCheck)
    .list()
    .find((e) => e.data.raw.CallerReference === input.CallerReference);
  if (same) return { HealthCheck: { ...same.data.raw }, Location: '' };
  const { random } = shelf;
  const id = `${random.hex(8)}-${random.hex(4)}-${random.hex(4)}-${random.hex(4)}-${random.hex(12)}`;
  const raw: HealthCheck = {
    Id: id,
    CallerReference: input.CallerReference,
    HealthCheckConfig: input.HealthCheckConfig,
    HealthCheckVersion: 1,
  };
  shelf.put(healthCheck, raw);
  context.response.status = 201;
  return { HealthCheck: { ...raw }, Location: `https://route53.amazonaws.com/2013-04-01/healthcheck/${id}` };
}

function deleteHealthCheck(input: DeleteHealthCheckRequest, context: RequestContext): Record<string, never> {
  const entity = need(context, input.HealthCheckId);
  context.store(shelfStore).of(healthCheck).delete(entity.id);
  return {};
}

function listHostedZones(
  input: ListHostedZonesRequest,
  context: RequestContext,
): Output<ListHostedZonesResponse> {
  const all = context.store(shelfStore).of(hostedZone).list();
  const page = pageOf(all, input.Marker, input.MaxItems, 100, context, refuse);
  return {
    HostedZones: page.items.map(({ data }) => {
      const { records, ...raw } = data.raw;
      return { ...raw, ResourceRecordSetCount: records.length };
    }),
    Marker: input.Marker ?? '',
    IsTruncated: page.next !== undefined,
    NextMarker: page.next,
    MaxItems: 100,
  };
}

function listRecords(
  input: ListResourceRecordSetsRequest,
  context: RequestContext,
): Output<ListResourceRecordSetsResponse> {
  const id = (input.HostedZoneId ?? '').replace(/^(\/hostedzone\/)?/, '/hostedzone/');
  const zone = context.store(shelfStore).of(hostedZone).get(id)?.data.raw;
  if (!zone)
    throw new AwsError('NoSuchHostedZone', `No hosted zone found with ID: ${input.HostedZoneId}`, 404);
  const most = Math.min(input.MaxItems ?? 300, context.faults.paging()?.maxItems ?? 300);
  const start = input.StartRecordName
    ? zone.records.findIndex((r) => r.Name === input.StartRecordName && r.Type === input.StartRecordType)
    : 0;
  const from = Math.max(0, start);
  const next = zone.records[from + most];
  return {
    ResourceRecordSets: zone.records.slice(from, from + most),
    IsTruncated: next !== undefined,
    NextRecordName: next?.Name,
    NextRecordType: next?.Type,
    MaxItems: 300,
  };
}

function listTags(
  input: ListTagsForResourceRequest,
  context: RequestContext,
): Output<ListTagsForResourceResponse> {
  const { tags } = need(context, input.ResourceId).data;
  return {
    ResourceTagSet: { ResourceType: 'healthcheck', ResourceId: input.ResourceId, Tags: listed(tags) },
  };
}

function changeTags(input: ChangeTagsForResourceRequest, context: RequestContext): Record<string, never> {
  retag(need(context, input.ResourceId).data, input.AddTags, input.RemoveTagKeys);
  return {};
}

/** Amazon Route 53: health checks, and zones to see who uses them. */
export const route53: ServiceDefinition = {
  iamPrefix: 'route53',
  handlers: {
    ListHealthChecks: listHealthChecks,
    GetHealthCheck: getHealthCheck,
    CreateHealthCheck: createHealthCheck,
    DeleteHealthCheck: deleteHealthCheck,
    ListHostedZones: listHostedZones,
    ListResourceRecordSets: listRecords,
    ListTagsForResource: listTags,
    ChangeTagsForResource: changeTags,
  },
};
