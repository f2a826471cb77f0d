import type {
  AddTagsRequest,
  ClusterConfig,
  DescribeDomainsRequest,
  DescribeDomainsResponse,
  DomainStatus,
  ListDomainNamesResponse,
  ListTagsRequest,
  ListTagsResponse,
  RemoveTagsRequest,
  UpdateDomainConfigRequest,
  UpdateDomainConfigResponse,
} from '@aws-sdk/client-opensearch';
import type { Entity } from '../../collection.ts';
import type { Output, RequestContext, ServiceDefinition } from '../../context.ts';
import { HOURS_PER_MONTH, instanceHour } from '../../prices/prices.ts';
import { regional } from '../../prices/regions.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { listed, retag, shelfStore, type Item, type Kind, type Rate } from '../shelf.ts';

/** OpenSearch asks about a third more than EC2 for the same machine. */
const SURCHARGE = 1.3;

function nodes(type: string | undefined, count: number, region: string): Rate[] {
  const name = type ?? 'r6g.large.search';
  if (count === 0) return [];
  return [
    {
      service: 'Amazon OpenSearch Service',
      productCode: 'AmazonES',
      usage: `ESInstance:${name.replace('.search', '')}`,
      operation: 'ESDomain',
      unit: 'Hrs',
      price: Number((instanceHour(region, name.replace('.search', '')) * SURCHARGE).toPrecision(6)),
      perHour: count,
    },
  ];
}

export const searchDomain: Kind<DomainStatus> = {
  name: 'opensearch.domain',
  id: (raw) => raw.DomainName ?? '',
  arn: (_shelf, raw) => raw.ARN ?? '',
  rates(raw, region) {
    const config: ClusterConfig = raw.ClusterConfig ?? {};
    const count = config.InstanceCount ?? 1;
    return [
      ...nodes(config.InstanceType, count, region),
      ...(config.DedicatedMasterEnabled
        ? nodes(config.DedicatedMasterType, config.DedicatedMasterCount ?? 3, region)
        : []),
      {
        service: 'Amazon OpenSearch Service',
        productCode: 'AmazonES',
        usage: 'ES:GP3-Storage',
        operation: 'ESDomain',
        unit: 'GB-Mo',
        price: regional(region, 'block-storage', 0.122),
        perHour: ((raw.EBSOptions?.VolumeSize ?? 0) * count) / HOURS_PER_MONTH,
      },
    ];
  },
};

function need(context: RequestContext, name: string | undefined): Entity<Item<DomainStatus>> {
  const found = context
    .store(shelfStore)
    .of(searchDomain)
    .get(name ?? '');
  if (!found) throw new AwsError('ResourceNotFoundException', `Domain not found: ${name ?? ''}`, 409);
  return found;
}

function listDomainNames(_input: unknown, context: RequestContext): Output<ListDomainNamesResponse> {
  return {
    DomainNames: context
      .store(shelfStore)
      .of(searchDomain)
      .list()
      .map((e) => ({ DomainName: e.id, EngineType: 'OpenSearch' as const })),
  };
}

/** Those that exist; unknown names are left out. */
function describeDomains(
  input: DescribeDomainsRequest,
  context: RequestContext,
): Output<DescribeDomainsResponse> {
  const names = input.DomainNames ?? [];
  if (names.length > 5) throw new AwsError('ValidationException', 'At most 5 domain names', 400);
  const items = context.store(shelfStore).of(searchDomain);
  return {
    DomainStatusList: names.flatMap((name) => items.get(name)?.data.raw ?? []).map((d) => ({ ...d })),
  };
}

const nameOf = (arn: string | undefined): string => (arn ?? '').split(':domain/')[1] ?? '';

function listTags(input: ListTagsRequest, context: RequestContext): Output<ListTagsResponse> {
  return { TagList: listed(need(context, nameOf(input.ARN)).data.tags) };
}

function addTags(input: AddTagsRequest, context: RequestContext): void {
  retag(need(context, nameOf(input.ARN)).data, input.TagList);
}

function removeTags(input: RemoveTagsRequest, context: RequestContext): void {
  retag(need(context, nameOf(input.ARN)).data, [], input.TagKeys);
}

/** Changes nodes by a new set of them: `Processing` while it moves. */
function updateDomainConfig(
  input: UpdateDomainConfigRequest,
  context: RequestContext,
): Output<UpdateDomainConfigResponse> {
  const entity = need(context, input.DomainName);
  const { raw } = entity.data;
  if (raw.Processing) throw new AwsError('ResourceAlreadyExistsException', 'A change is in progress', 409);
  const wanted = Object.fromEntries(
    Object.entries(input.ClusterConfig ?? {}).filter(([, value]) => value !== undefined),
  );
  const config: ClusterConfig = { ...raw.ClusterConfig, ...wanted };
  raw.ClusterConfig = config;
  raw.Processing = true;
  context.store(shelfStore).later(entity, 1800, () => {
    raw.Processing = false;
  });
  const now = new Date(context.now);
  return {
    DomainConfig: {
      ClusterConfig: { Options: config, Status: { CreationDate: now, UpdateDate: now, State: 'Processing' } },
    },
  };
}

/** Amazon OpenSearch Service. */
export const opensearch: ServiceDefinition = {
  iamPrefix: 'es',
  handlers: {
    ListDomainNames: listDomainNames,
    DescribeDomains: describeDomains,
    ListTags: listTags,
    AddTags: addTags,
    RemoveTags: removeTags,
    UpdateDomainConfig: updateDomainConfig,
  },
};
