import type {
  Cluster,
  ClustersMessage,
  CreateTagsMessage,
  DeleteTagsMessage,
  DescribeClustersMessage,
  PauseClusterMessage,
  PauseClusterResult,
  ResumeClusterMessage,
  ResumeClusterResult,
} from '@aws-sdk/client-redshift';
import type { Entity } from '../../collection.ts';
import type { Output, RequestContext, ServiceDefinition } from '../../context.ts';
import { regional } from '../../prices/regions.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { listed, pageOf, retag, shelfStore, type Item, type Kind } from '../shelf.ts';

const refuse = (message: string): AwsError => new AwsError('InvalidParameterValue', message, 400);

/** On demand, USD per node and hour. */
const NODES: Readonly<Record<string, number>> = {
  'dc2.large': 0.25,
  'dc2.8xlarge': 4.8,
  'ra3.large': 0.543,
  'ra3.xlplus': 1.086,
  'ra3.4xlarge': 3.26,
  'ra3.16xlarge': 13.04,
};

/** A paused cluster is charged for storage, which is not simulated. */
export const warehouse: Kind<Cluster> = {
  name: 'redshift.cluster',
  id: (raw) => raw.ClusterIdentifier ?? '',
  arn: (shelf, raw) => shelf.arn('redshift', `cluster:${raw.ClusterIdentifier}`),
  rates: (raw, region) =>
    raw.ClusterStatus === 'paused'
      ? []
      : [
          {
            service: 'Amazon Redshift',
            productCode: 'AmazonRedshift',
            usage: `Node:${raw.NodeType}`,
            operation: 'RunComputeNode:0001',
            unit: 'Hrs',
            price: regional(region, 'database', NODES[raw.NodeType ?? ''] ?? 1.086),
            perHour: raw.NumberOfNodes ?? 1,
          },
        ],
};

function need(context: RequestContext, id: string | undefined): Entity<Item<Cluster>> {
  const found = context
    .store(shelfStore)
    .of(warehouse)
    .get(id ?? '');
  if (!found) throw new AwsError('ClusterNotFoundFault', `Cluster ${id ?? ''} not found.`);
  return found;
}

const view = ({ data }: Entity<Item<Cluster>>): Cluster => ({ ...data.raw, Tags: listed(data.tags) });

function describeClusters(input: DescribeClustersMessage, context: RequestContext): Output<ClustersMessage> {
  const all = input.ClusterIdentifier
    ? [need(context, input.ClusterIdentifier)]
    : context.store(shelfStore).of(warehouse).list();
  const page = pageOf(all, input.Marker, input.MaxRecords, 100, context, refuse);
  return { Clusters: page.items.map(view), Marker: page.next };
}

function move(
  context: RequestContext,
  id: string | undefined,
  from: string,
  over: string,
  to: string,
): Cluster {
  const entity = need(context, id);
  const { raw } = entity.data;
  if (raw.ClusterStatus !== from)
    throw new AwsError(
      'InvalidClusterStateFault',
      `The cluster ${entity.id} is ${raw.ClusterStatus}, not ${from}.`,
    );
  raw.ClusterStatus = over;
  raw.ClusterAvailabilityStatus = 'Modifying';
  context.store(shelfStore).later(entity, 300, () => {
    raw.ClusterStatus = to;
    raw.ClusterAvailabilityStatus = to === 'paused' ? 'Paused' : 'Available';
  });
  return view(entity);
}

function pauseCluster(input: PauseClusterMessage, context: RequestContext): Output<PauseClusterResult> {
  return { Cluster: move(context, input.ClusterIdentifier, 'available', 'pausing', 'paused') };
}

function resumeCluster(input: ResumeClusterMessage, context: RequestContext): Output<ResumeClusterResult> {
  return { Cluster: move(context, input.ClusterIdentifier, 'paused', 'resuming', 'available') };
}

const idOf = (arn: string | undefined): string => (arn ?? '').split(':cluster:')[1] ?? '';

function createTags(input: CreateTagsMessage, context: RequestContext): void {
  retag(need(context, idOf(input.ResourceName)).data, input.Tags);
}

function deleteTags(input: DeleteTagsMessage, context: RequestContext): void {
  retag(need(context, idOf(input.ResourceName)).data, [], input.TagKeys);
}

/** Amazon Redshift: clusters, pausing, tags. */
export const redshift: ServiceDefinition = {
  iamPrefix: 'redshift',
  handlers: {
    DescribeClusters: describeClusters,
    PauseCluster: pauseCluster,
    ResumeCluster: resumeCluster,
    CreateTags: createTags,
    DeleteTags: deleteTags,
  },
};
