import type {
  Cluster,
  DescribeClusterRequest,
  DescribeClusterResponse,
  DescribeNodegroupRequest,
  DescribeNodegroupResponse,
  ListClustersRequest,
  ListClustersResponse,
  ListNodegroupsRequest,
  ListNodegroupsResponse,
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  Nodegroup,
  TagResourceRequest,
  UntagResourceRequest,
  UpdateNodegroupConfigRequest,
  UpdateNodegroupConfigResponse,
} from '@aws-sdk/client-eks';
import { SeededRandom } from '../../../random.ts';
import { Collection, type Entity } from '../../collection.ts';
import type { Output, RequestContext, ResourceRef, ServiceDefinition } from '../../context.ts';
import { paginate } from '../../paging.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { defineStore, type StoreOwner, type World } from '../../world.ts';

export interface ClusterRecord {
  readonly cluster: Cluster;
  readonly nodegroups: Map<string, Nodegroup>;
}

/** EKS of one account in one region. */
export class EksStore {
  readonly world: World;
  readonly accountId: string;
  readonly region: string;
  readonly clusters: Collection<ClusterRecord>;

  constructor({ world, account, region }: StoreOwner) {
    this.world = world;
    this.accountId = account.id;
    this.region = region;
    this.clusters = new Collection(() => world.clock.now());
  }
}

/** EKS state per account and region. */
export const eksStore = defineStore('eks', 'region', (owner) => new EksStore(owner));

/** What a cluster needs. */
export interface ClusterSpec {
  readonly name: string;
  readonly version: string;
  readonly vpcId?: string | undefined;
  readonly subnetIds?: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
  readonly createdAt?: number;
}

/** Adds a cluster. It is `CREATING` until ten simulated minutes after its creation. */
export function addCluster(store: EksStore, spec: ClusterSpec): Entity<ClusterRecord> {
  const at = spec.createdAt ?? store.world.clock.now();
  const random = SeededRandom.of(store.world.seed, 'eks', store.accountId, store.region, spec.name);
  const id = random.hex(32).toUpperCase();
  const host = `https://${id}.gr7.${store.region}.eks.amazonaws.com`;
  const cluster: Cluster = {
    name: spec.name,
    arn: `arn:aws:eks:${store.region}:${store.accountId}:cluster/${spec.name}`,
    createdAt: new Date(at),
    version: spec.version,
    roleArn: `arn:aws:iam::${store.accountId}:role/eks-cluster`,
    resourcesVpcConfig: {
      subnetIds: [...(spec.subnetIds ?? [])],
      securityGroupIds: [],
      vpcId: spec.vpcId,
      endpointPublicAccess: true,
      endpointPrivateAccess: true,
      publicAccessCidrs: ['0.0.0.0/0'],
    },
    kubernetesNetworkConfig: { serviceIpv4Cidr: '172.20.0.0/16', ipFamily: 'ipv4' },
    logging: { clusterLogging: [{ types: ['api', 'audit'], enabled: false }] },
    status: 'CREATING',
    platformVersion: 'eks.12',
    tags: { ...spec.tags },
    health: { issues: [] },
    accessConfig: { authenticationMode: 'API_AND_CONFIG_MAP' },
    upgradePolicy: { supportType: 'STANDARD' },
  };
  const entity = store.clusters.add(spec.name, { cluster, nodegroups: new Map() }, at);
  store.clusters.schedule(entity, at + 600_000 * store.world.transitionScale, () => {
    cluster.status = 'ACTIVE';
    cluster.endpoint = host;
    cluster.identity = { oidc: { issuer: `https://oidc.eks.${store.region}.amazonaws.com/id/${id}` } };
    cluster.certificateAuthority = { data: Buffer.from(`certificate of ${spec.name}`).toString('base64') };
  });
  return entity;
}

/** What a group of nodes needs; its instances are EC2's business. */
export interface NodegroupSpec {
  readonly name: string;
  readonly instanceTypes: readonly string[];
  readonly desired: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly capacityType?: 'ON_DEMAND' | 'SPOT';
  readonly diskGb?: number;
  readonly subnetIds?: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
}

/** Adds an active group of nodes to a cluster. */
export function addNodegroup(
  store: EksStore,
  { data: { cluster, nodegroups }, createdAt }: Entity<ClusterRecord>,
  spec: NodegroupSpec,
): Nodegroup {
  const random = SeededRandom.of(
    store.world.seed,
    'nodegroup',
    store.accountId,
    cluster.name ?? '',
    spec.name,
  );
  const uuid = `${random.hex(8)}-${random.hex(4)}-${random.hex(4)}-${random.hex(4)}-${random.hex(12)}`;
  const group: Nodegroup = {
    nodegroupName: spec.name,
    nodegroupArn: `arn:aws:eks:${store.region}:${store.accountId}:nodegroup/${cluster.name}/${spec.name}/${uuid}`,
    clusterName: cluster.name,
    version: cluster.version,
    releaseVersion: `${cluster.version}.1-20261015`,
    createdAt: new Date(createdAt + 900_000),
    modifiedAt: new Date(createdAt + 900_000),
    status: 'ACTIVE',
    capacityType: spec.capacityType ?? 'ON_DEMAND',
    scalingConfig: { minSize: spec.minimum, maxSize: spec.maximum, desiredSize: spec.desired },
    instanceTypes: [...spec.instanceTypes],
    subnets: [...(spec.subnetIds ?? [])],
    amiType: 'AL2023_x86_64_STANDARD',
    nodeRole: `arn:aws:iam::${store.accountId}:role/eks-node`,
    labels: {},
    diskSize: spec.diskGb ?? 20,
    health: { issues: [] },
    resources: { autoScalingGroups: [{ name: `eks-${spec.name}-${uuid}` }] },
    updateConfig: { maxUnavailable: 1 },
    tags: { ...spec.tags },
  };
  nodegroups.set(spec.name, group);
  return group;
}

function needCluster(context: RequestContext, name: string | undefined): Entity<ClusterRecord> {
  const entity = context.store(eksStore).clusters.get(name ?? '');
  if (!entity)
    throw new AwsError('ResourceNotFoundException', `No cluster found for name: ${name ?? ''}.`, 404, {
      fields: { clusterName: name },
    });
  return entity;
}

interface PagedInput {
  readonly maxResults?: number | undefined;
  readonly nextToken?: string | undefined;
}

function page(
  names: readonly string[],
  input: PagedInput,
  context: RequestContext,
): { items: readonly string[]; nextToken: string | undefined } {
  const { nextToken: token, maxResults: limit, ...parameters } = input;
  if (limit !== undefined && (limit < 1 || limit > 100))
    throw new AwsError('InvalidParameterException', 'maxResults needs to be 1-100.', 400);
  return paginate(
    names,
    {
      token,
      limit,
      defaultLimit: 100,
      parameters,
      keyOf: (n) => n,
      invalidToken: () => new AwsError('InvalidParameterException', 'The nextToken is not valid', 400),
    },
    context,
  );
}

function listClusters(input: ListClustersRequest, context: RequestContext): Output<ListClustersResponse> {
  const { items, nextToken } = page(
    context
      .store(eksStore)
      .clusters.list()
      .map((e) => e.id)
      .sort(),
    input,
    context,
  );
  return { clusters: [...items], nextToken };
}

function describeCluster(
  input: DescribeClusterRequest,
  context: RequestContext,
): Output<DescribeClusterResponse> {
  return { cluster: { ...needCluster(context, input.name).data.cluster } };
}

function listNodegroups(
  input: ListNodegroupsRequest,
  context: RequestContext,
): Output<ListNodegroupsResponse> {
  const { items, nextToken } = page(
    [...needCluster(context, input.clusterName).data.nodegroups.keys()].sort(),
    input,
    context,
  );
  return { nodegroups: [...items], nextToken };
}

function describeNodegroup(
  input: DescribeNodegroupRequest,
  context: RequestContext,
): Output<DescribeNodegroupResponse> {
  const group = needCluster(context, input.clusterName).data.nodegroups.get(input.nodegroupName ?? '');
  if (!group)
    throw new AwsError(
      'ResourceNotFoundException',
      `No node group found for name: ${input.nodegroupName ?? ''}.`,
      404,
    );
  return { nodegroup: { ...group } };
}

const NODEGROUP_SECONDS = 120;

/** Sets the sizes of a group; its instances are EC2's business and do not follow here. */
function updateNodegroupConfig(
  input: UpdateNodegroupConfigRequest,
  context: RequestContext,
): Output<UpdateNodegroupConfigResponse> {
  const entity = needCluster(context, input.clusterName);
  const group = entity.data.nodegroups.get(input.nodegroupName ?? '');
  if (!group)
    throw new AwsError(
      'ResourceNotFoundException',
      `No node group found for name: ${input.nodegroupName ?? ''}.`,
      404,
    );
  const { minSize = 0, maxSize = 0, desiredSize = 0 } = { ...group.scalingConfig, ...input.scalingConfig };
  if (minSize > maxSize || desiredSize < minSize || desiredSize > maxSize)
    throw new AwsError(
      'InvalidParameterException',
      'desired capacity must be between minimum and maximum',
      400,
    );
  group.scalingConfig = { minSize, maxSize, desiredSize };
  group.status = 'UPDATING';
  const store = context.store(eksStore);
  store.clusters.schedule(entity, context.world.after(NODEGROUP_SECONDS), () => {
    group.status = 'ACTIVE';
  });
  return { update: { id: context.requestId, status: 'InProgress', type: 'ConfigUpdate' } };
}

/** Tags of a cluster or group by ARN, as the SDK shape holds them. */
function tagsOf(context: RequestContext, arn: string | undefined): Record<string, string> {
  const [, kind, name, group] = /:(cluster|nodegroup)\/([^/]+)(?:\/([^/]+))?/.exec(arn ?? '') ?? [];
  const { cluster, nodegroups } = needCluster(context, name).data;
  const owner = kind === 'nodegroup' ? nodegroups.get(group ?? '') : cluster;
  if (!owner) throw new AwsError('NotFoundException', `${arn ?? ''} was not found`, 404);
  return (owner.tags ??= {});
}

function tagResource(input: TagResourceRequest, context: RequestContext): Record<string, never> {
  Object.assign(tagsOf(context, input.resourceArn), input.tags);
  return {};
}

function untagResource(input: UntagResourceRequest, context: RequestContext): Record<string, never> {
  const tags = tagsOf(context, input.resourceArn);
  for (const key of input.tagKeys ?? []) delete tags[key];
  return {};
}

function listTagsForResource(
  input: ListTagsForResourceRequest,
  context: RequestContext,
): Output<ListTagsForResourceResponse> {
  const [, kind, name, group] =
    /:(cluster|nodegroup)\/([^/]+)(?:\/([^/]+))?/.exec(input.resourceArn ?? '') ?? [];
  const { cluster, nodegroups } = needCluster(context, name).data;
  return { tags: { ...(kind === 'nodegroup' ? nodegroups.get(group ?? '')?.tags : cluster.tags) } };
}

function resources(
  _operation: string,
  input: Readonly<Record<string, unknown>>,
  context: RequestContext,
): ResourceRef[] {
  const name = input['name'] ?? input['clusterName'];
  return typeof name === 'string'
    ? [{ arn: `arn:aws:eks:${context.region}:${context.account.id}:cluster/${name}` }]
    : [];
}

/** Amazon Elastic Kubernetes Service: clusters, sizes of node groups, tags. */
export const eks: ServiceDefinition = {
  iamPrefix: 'eks',
  resources,
  handlers: {
    ListClusters: listClusters,
    DescribeCluster: describeCluster,
    ListNodegroups: listNodegroups,
    DescribeNodegroup: describeNodegroup,
    UpdateNodegroupConfig: updateNodegroupConfig,
    ListTagsForResource: listTagsForResource,
    TagResource: tagResource,
    UntagResource: untagResource,
  },
};
