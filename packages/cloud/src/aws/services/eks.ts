import type { Cluster } from '@aws-sdk/client-eks';
import { orGone } from '../../errors.ts';
import type { Resource, ResourceState } from '../../resource.ts';
import { EKS } from '../clients.ts';
import { relations, resource, stateOf, toAttributes } from '../../shared/normalise.ts';
import { clusterMonthly } from '../price-table.ts';
import { arn, ec2Arn, type Scope, type TypeReader } from '../scope.ts';
import { described } from './lenient.ts';

/** Lists give names only; details of this many are asked for at once. */
const DETAILS_AT_ONCE = 4;

const CLUSTER_STATES: Readonly<Record<string, ResourceState>> = {
  CREATING: 'creating',
  ACTIVE: 'running',
  DELETING: 'deleting',
  FAILED: 'failed',
  UPDATING: 'updating',
  PENDING: 'creating',
};

const CLUSTER = {
  id: 'aws.eks.cluster',
  label: 'EKS cluster',
  category: 'container',
  taggable: true,
} as const;

function clusterResource(scope: Scope, raw: Cluster): Resource {
  const name = raw.name ?? '';
  return resource({
    type: CLUSTER.id,
    nativeId: raw.arn ?? arn(scope, 'eks', `cluster/${name}`),
    id: name,
    region: scope.region,
    state: stateOf(CLUSTER_STATES, raw.status),
    stateRaw: raw.status,
    tags: raw.tags ?? {},
    createdAt: raw.createdAt,
    size: { sku: raw.version },
    relations: relations(
      ['uses', raw.roleArn],
      ['in_network', raw.resourcesVpcConfig?.vpcId && ec2Arn(scope, 'vpc', raw.resourcesVpcConfig.vpcId)],
      ...(raw.resourcesVpcConfig?.subnetIds ?? []).map(
        (s) => ['in_subnet', ec2Arn(scope, 'subnet', s)] as const,
      ),
    ),
    attributes: toAttributes(raw, ['tags']),
    monthly: clusterMonthly(scope.region),
  });
}

async function readCluster(scope: Scope, name: string): Promise<Resource | undefined> {
  const eks = await scope.session.open(EKS, scope.region);
  const answer = await orGone(eks.send(new eks.sdk.DescribeClusterCommand({ name }), scope));
  return answer?.cluster && clusterResource(scope, answer.cluster);
}

export const clusters: TypeReader = {
  type: CLUSTER,
  async *list(scope) {
    const eks = await scope.session.open(EKS, scope.region);
    const found = eks.pages('ListClusters', async (nextToken) => {
      const answer = await eks.send(new eks.sdk.ListClustersCommand({ nextToken, maxResults: 100 }), scope);
      return { items: answer.clusters ?? [], next: answer.nextToken };
    });
    yield* described(found, DETAILS_AT_ONCE, (name) => readCluster(scope, name));
  },
  inspect: (scope, ref) => readCluster(scope, ref.id),
};
