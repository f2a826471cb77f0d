import type {
  AddTagsInput,
  Cluster,
  DescribeClusterInput,
  DescribeClusterOutput,
  ListClustersInput,
  ListClustersOutput,
  RemoveTagsInput,
  TerminateJobFlowsInput,
} from '@aws-sdk/client-emr';
import type { Entity } from '../../collection.ts';
import type { Output, RequestContext, ServiceDefinition } from '../../context.ts';
import { instanceHour } from '../../prices/prices.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { listed, pageOf, retag, shelfStore, type Item, type Kind } from '../shelf.ts';

/** A cluster with the machines it runs, which its description does not tell. */
export interface EmrRecord extends Cluster {
  readonly nodes: { readonly type: string; readonly count: number };
}

const refuse = (message: string): AwsError => new AwsError('InvalidRequestException', message, 400);

/** What EMR asks on top of the machine. */
const SURCHARGE = 0.25;

/** Machine and surcharge in one rate: the machines are not simulated in EC2. */
export const emrCluster: Kind<EmrRecord> = {
  name: 'emr.cluster',
  id: (raw) => raw.Id ?? '',
  arn: (_shelf, raw) => raw.ClusterArn ?? '',
  rates: (raw, region) =>
    raw.Status?.State === 'TERMINATED'
      ? []
      : [
          {
            service: 'Amazon Elastic MapReduce',
            productCode: 'ElasticMapReduce',
            usage: `BoxUsage:${raw.nodes.type}`,
            operation: 'EMR-LAUNCH-WITH-EC2',
            unit: 'Hrs',
            price: Number((instanceHour(region, raw.nodes.type) * (1 + SURCHARGE)).toPrecision(6)),
            perHour: raw.nodes.count,
          },
        ],
};

function need(context: RequestContext, id: string | undefined): Entity<Item<EmrRecord>> {
  const found = context
    .store(shelfStore)
    .of(emrCluster)
    .get(id ?? '');
  if (!found) throw refuse(`Cluster id '${id ?? ''}' is not valid.`);
  return found;
}

function listClusters(input: ListClustersInput, context: RequestContext): Output<ListClustersOutput> {
  const states = input.ClusterStates ?? [];
  const all = context
    .store(shelfStore)
    .of(emrCluster)
    .list()
    .filter((e) => states.length === 0 || states.some((s) => s === e.data.raw.Status?.State));
  const page = pageOf(all, input.Marker, undefined, 50, context, refuse);
  return {
    Clusters: page.items.map(({ data: { raw } }) => ({
      Id: raw.Id,
      Name: raw.Name,
      Status: raw.Status,
      ClusterArn: raw.ClusterArn,
      NormalizedInstanceHours: raw.NormalizedInstanceHours,
    })),
    Marker: page.next,
  };
}

function describeCluster(
  input: DescribeClusterInput,
  context: RequestContext,
): Output<DescribeClusterOutput> {
  const { raw, tags } = need(context, input.ClusterId).data;
  const { nodes: _nodes, ...cluster } = raw;
  return { Cluster: { ...cluster, Tags: listed(tags) } };
}

function terminateJobFlows(input: TerminateJobFlowsInput, context: RequestContext): void {
  for (const id of input.JobFlowIds ?? []) {
    const entity = need(context, id);
    const { raw } = entity.data;
    if (raw.TerminationProtected)
      throw new AwsError(
        'ValidationException',
        'Could not shut down one or more job flows since they are termination protected.',
        400,
      );
    if (raw.Status?.State === 'TERMINATED' || raw.Status?.State === 'TERMINATING') continue;
    raw.Status = { ...raw.Status, State: 'TERMINATING' };
    context.store(shelfStore).later(entity, 120, () => {
      raw.Status = { ...raw.Status, State: 'TERMINATED' };
    });
  }
}

function addTags(input: AddTagsInput, context: RequestContext): Record<string, never> {
  retag(need(context, input.ResourceId).data, input.Tags);
  return {};
}

function removeTags(input: RemoveTagsInput, context: RequestContext): Record<string, never> {
  retag(need(context, input.ResourceId).data, [], input.TagKeys);
  return {};
}

/** Amazon EMR. */
export const emr: ServiceDefinition = {
  iamPrefix: 'elasticmapreduce',
  handlers: {
    ListClusters: listClusters,
    DescribeCluster: describeCluster,
    TerminateJobFlows: terminateJobFlows,
    AddTags: addTags,
    RemoveTags: removeTags,
  },
};
