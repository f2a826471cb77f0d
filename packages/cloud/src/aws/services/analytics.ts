import type { WorkGroup } from '@aws-sdk/client-athena';
import type * as AthenaSdk from '@aws-sdk/client-athena';
import type { Cluster as EmrCluster, ClusterSummary } from '@aws-sdk/client-emr';
import type * as EmrSdk from '@aws-sdk/client-emr';
import type { StreamDescriptionSummary } from '@aws-sdk/client-kinesis';
import type * as KinesisSdk from '@aws-sdk/client-kinesis';
import type { DomainStatus } from '@aws-sdk/client-opensearch';
import type * as OpensearchSdk from '@aws-sdk/client-opensearch';
import type { Cluster as RedshiftCluster } from '@aws-sdk/client-redshift';
import type * as RedshiftSdk from '@aws-sdk/client-redshift';
import { CloudError, orGone } from '../../errors.ts';
import type { ResourceState } from '../../resource.ts';
import { ATHENA, EMR, KINESIS, OPENSEARCH, REDSHIFT } from '../clients.ts';
import { relations, stateOf, tagMap, toAttributes } from '../../shared/normalise.ts';
import { arn, ec2Arn, type Scope } from '../scope.ts';
import type { ServiceHandle } from '../session.ts';
import { orNoTags } from './lenient.ts';
import { detailedReader, plainReader } from './reader.ts';

const REDSHIFT_STATES: Readonly<Record<string, ResourceState>> = {
  available: 'running',
  'available, prep-for-resize': 'running',
  'available, resize-cleanup': 'running',
  'cancelling-resize': 'updating',
  creating: 'creating',
  deleting: 'deleting',
  'final-snapshot': 'deleting',
  'hardware-failure': 'failed',
  'incompatible-hsm': 'failed',
  'incompatible-network': 'failed',
  'incompatible-parameters': 'failed',
  'incompatible-restore': 'failed',
  modifying: 'updating',
  paused: 'stopped',
  pausing: 'stopping',
  rebooting: 'restarting',
  renaming: 'updating',
  resizing: 'updating',
  resuming: 'starting',
  'rotating-keys': 'updating',
  'storage-full': 'failed',
  'updating-hsm': 'updating',
};

export const warehouses = plainReader<typeof RedshiftSdk, RedshiftCluster>({
  type: { id: 'aws.redshift.cluster', label: 'Redshift cluster', category: 'database', taggable: true },
  service: REDSHIFT,
  call: 'DescribeClusters',
  async page(redshift, scope, Marker) {
    const answer = await redshift.send(
      new redshift.sdk.DescribeClustersCommand({ Marker, MaxRecords: 100 }),
      scope,
    );
    return { items: answer.Clusters ?? [], next: answer.Marker };
  },
  async find(redshift, scope, ref) {
    const input = { ClusterIdentifier: ref.id };
    return (await redshift.send(new redshift.sdk.DescribeClustersCommand(input), scope)).Clusters?.[0];
  },
  facts(scope, raw) {
    const id = raw.ClusterIdentifier ?? '';
    return {
      nativeId: arn(scope, 'redshift', `cluster:${id}`),
      id,
      zone: raw.AvailabilityZone,
      state: stateOf(REDSHIFT_STATES, raw.ClusterStatus),
      stateRaw: raw.ClusterStatus,
      tags: tagMap(raw.Tags),
      createdAt: raw.ClusterCreateTime,
      size: { sku: raw.NodeType, nodes: raw.NumberOfNodes },
      relations: relations(
        ['in_network', raw.VpcId && ec2Arn(scope, 'vpc', raw.VpcId)],
        ...(raw.VpcSecurityGroups ?? []).map(
          (g) =>
            [
              'protected_by',
              g.VpcSecurityGroupId && ec2Arn(scope, 'security-group', g.VpcSecurityGroupId),
            ] as const,
        ),
      ),
      // Keys and pending passwords are of no use to anyone.
      attributes: toAttributes(raw, ['Tags', 'ClusterPublicKey', 'PendingModifiedValues', 'ClusterNodes']),
    };
  },
});

type Search = ServiceHandle<typeof OpensearchSdk>;

/** DescribeDomains takes five names. */
const DOMAINS_PER_CALL = 5;

interface Domain extends DomainStatus {
  readonly TagMap: Record<string, string>;
}

async function domains(search: Search, scope: Scope, names: readonly string[]): Promise<DomainStatus[]> {
  const found: DomainStatus[] = [];
  for (let at = 0; at < names.length; at += DOMAINS_PER_CALL) {
    const DomainNames = names.slice(at, at + DOMAINS_PER_CALL);
    const answer = await search.send(new search.sdk.DescribeDomainsCommand({ DomainNames }), scope);
    found.push(...(answer.DomainStatusList ?? []));
  }
  return found;
}

async function withDomainTags(search: Search, scope: Scope, raw: DomainStatus): Promise<Domain> {
  const read = search.send(new search.sdk.ListTagsCommand({ ARN: raw.ARN }), scope);
  return { ...raw, TagMap: await orNoTags(read.then((answer) => tagMap(answer.TagList))) };
}

function domainState(raw: DomainStatus): ResourceState {
  if (raw.Deleted) return 'deleting';
  if (raw.Created === false) return 'creating';
  return raw.Processing || raw.UpgradeProcessing ? 'updating' : 'running';
}

export const searchDomains = detailedReader<typeof OpensearchSdk, DomainStatus, Domain>({
  type: { id: 'aws.opensearch.domain', label: 'OpenSearch domain', category: 'database', taggable: true },
  service: OPENSEARCH,
  call: 'ListDomainNames',
  async page(search, scope) {
    // The list has no pages; it gives names only.
    const answer = await search.send(new search.sdk.ListDomainNamesCommand({}), scope);
    const names = (answer.DomainNames ?? []).flatMap((d) => d.DomainName ?? []);
    return { items: await domains(search, scope, names), next: undefined };
  },
  detail: withDomainTags,
  async find(search, scope, ref) {
    const [raw] = await domains(search, scope, [ref.id]);
    return raw && withDomainTags(search, scope, raw);
  },
  facts(scope, raw) {
    const id = raw.DomainName ?? '';
    const config = raw.ClusterConfig;
    return {
      nativeId: raw.ARN ?? arn(scope, 'es', `domain/${id}`),
      id,
      state: domainState(raw),
      tags: raw.TagMap,
      size: {
        sku: config?.InstanceType,
        nodes: config?.InstanceCount,
        storageGiB: raw.EBSOptions?.VolumeSize && raw.EBSOptions.VolumeSize * (config?.InstanceCount ?? 1),
      },
      relations: relations(
        ['in_network', raw.VPCOptions?.VPCId && ec2Arn(scope, 'vpc', raw.VPCOptions.VPCId)],
        ...(raw.VPCOptions?.SecurityGroupIds ?? []).map(
          (g) => ['protected_by', ec2Arn(scope, 'security-group', g)] as const,
        ),
      ),
      attributes: toAttributes(raw, ['TagMap', 'AccessPolicies', 'ChangeProgressDetails']),
    };
  },
});

const STREAM_STATES: Readonly<Record<string, ResourceState>> = {
  ACTIVE: 'active',
  CREATING: 'creating',
  DELETING: 'deleting',
  UPDATING: 'updating',
};

interface Stream extends StreamDescriptionSummary {
  readonly TagMap: Record<string, string>;
}

async function readStream(
  kinesis: ServiceHandle<typeof KinesisSdk>,
  scope: Scope,
  StreamName: string,
): Promise<Stream | undefined> {
  const answer = await orGone(
    kinesis.send(new kinesis.sdk.DescribeStreamSummaryCommand({ StreamName }), scope),
  );
  const raw = answer?.StreamDescriptionSummary;
  if (!raw) return undefined;
  const read = kinesis.send(new kinesis.sdk.ListTagsForStreamCommand({ StreamName }), scope);
  return { ...raw, TagMap: await orNoTags(read.then((tags) => tagMap(tags.Tags))) };
}

export const streams = detailedReader<typeof KinesisSdk, string, Stream>({
  type: { id: 'aws.kinesis.stream', label: 'Kinesis stream', category: 'other', taggable: true },
  service: KINESIS,
  call: 'ListStreams',
  async page(kinesis, scope, NextToken) {
    const answer = await kinesis.send(new kinesis.sdk.ListStreamsCommand({ NextToken, Limit: 1000 }), scope);
    return { items: answer.StreamNames ?? [], next: answer.NextToken };
  },
  detail: readStream,
  find: (kinesis, scope, ref) => readStream(kinesis, scope, ref.id),
  facts(scope, raw) {
    const id = raw.StreamName ?? '';
    return {
      nativeId: raw.StreamARN ?? arn(scope, 'kinesis', `stream/${id}`),
      id,
      state: stateOf(STREAM_STATES, raw.StreamStatus),
      stateRaw: raw.StreamStatus,
      tags: raw.TagMap,
      createdAt: raw.StreamCreationTimestamp,
      size: { sku: raw.StreamModeDetails?.StreamMode, nodes: raw.OpenShardCount },
      attributes: toAttributes(raw, ['TagMap']),
    };
  },
});

const EMR_STATES: Readonly<Record<string, ResourceState>> = {
  STARTING: 'creating',
  BOOTSTRAPPING: 'creating',
  RUNNING: 'running',
  WAITING: 'running',
  TERMINATING: 'deleting',
  TERMINATED: 'deleted',
  TERMINATED_WITH_ERRORS: 'deleted',
};

async function readEmr(
  emr: ServiceHandle<typeof EmrSdk>,
  scope: Scope,
  ClusterId: string,
): Promise<EmrCluster | undefined> {
  try {
    return (await emr.send(new emr.sdk.DescribeClusterCommand({ ClusterId }), scope)).Cluster;
  } catch (error) {
    // EMR says of an unknown id that it is not valid.
    if (error instanceof CloudError && error.problem.providerCode === 'InvalidRequestException')
      return undefined;
    throw error;
  }
}

/** Clusters that exist; EMR lists terminated ones for two months, and these are left out. */
export const emrClusters = detailedReader<typeof EmrSdk, ClusterSummary, EmrCluster>({
  type: { id: 'aws.emr.cluster', label: 'EMR cluster', category: 'compute', taggable: true },
  service: EMR,
  call: 'ListClusters',
  async page(emr, scope, Marker) {
    const ClusterStates = ['STARTING', 'BOOTSTRAPPING', 'RUNNING', 'WAITING', 'TERMINATING'] as const;
    const input = { Marker, ClusterStates: [...ClusterStates] };
    const answer = await emr.send(new emr.sdk.ListClustersCommand(input), scope);
    return { items: answer.Clusters ?? [], next: answer.Marker };
  },
  detail: (emr, scope, item) => readEmr(emr, scope, item.Id ?? ''),
  find: (emr, scope, ref) => readEmr(emr, scope, ref.id),
  facts(scope, raw) {
    const id = raw.Id ?? '';
    return {
      nativeId: raw.ClusterArn ?? arn(scope, 'elasticmapreduce', `cluster/${id}`),
      id,
      name: raw.Name,
      zone: raw.Ec2InstanceAttributes?.Ec2AvailabilityZone,
      state: stateOf(EMR_STATES, raw.Status?.State),
      stateRaw: raw.Status?.State,
      tags: tagMap(raw.Tags),
      createdAt: raw.Status?.Timeline?.CreationDateTime,
      size: { sku: raw.ReleaseLabel },
      // Job settings may hold secrets.
      attributes: toAttributes(raw, ['Tags', 'Configurations', 'KerberosAttributes']),
    };
  },
});

interface Group extends WorkGroup {
  readonly TagMap: Record<string, string>;
}

async function readGroup(
  athena: ServiceHandle<typeof AthenaSdk>,
  scope: Scope,
  name: string,
): Promise<Group | undefined> {
  try {
    const answer = await athena.send(new athena.sdk.GetWorkGroupCommand({ WorkGroup: name }), scope);
    if (!answer.WorkGroup) return undefined;
    const ResourceARN = arn(scope, 'athena', `workgroup/${name}`);
    const read = athena.send(new athena.sdk.ListTagsForResourceCommand({ ResourceARN }), scope);
    return { ...answer.WorkGroup, TagMap: await orNoTags(read.then((tags) => tagMap(tags.Tags))) };
  } catch (error) {
    if (error instanceof CloudError && /not found/i.test(error.message)) return undefined;
    throw error;
  }
}

/** Groups of queries. Each account has `primary` in each region; where it is alone it is left out. */
export const workGroups = detailedReader<typeof AthenaSdk, string, Group>({
  type: { id: 'aws.athena.work-group', label: 'Athena work group', category: 'other', taggable: true },
  service: ATHENA,
  call: 'ListWorkGroups',
  async page(athena, scope, NextToken) {
    const answer = await athena.send(
      new athena.sdk.ListWorkGroupsCommand({ NextToken, MaxResults: 50 }),
      scope,
    );
    const items = (answer.WorkGroups ?? []).flatMap((g) => g.Name ?? []);
    // Where only the group is that every account has from the start, Athena is hardly used.
    const untouched = NextToken === undefined && items.length === 1 && items[0] === 'primary';
    return { items: untouched ? [] : items, next: answer.NextToken };
  },
  detail: readGroup,
  find: (athena, scope, ref) => readGroup(athena, scope, ref.id),
  facts(scope, raw) {
    const id = raw.Name ?? '';
    return {
      nativeId: arn(scope, 'athena', `workgroup/${id}`),
      id,
      state: raw.State === 'DISABLED' ? 'stopped' : 'active',
      stateRaw: raw.State,
      tags: raw.TagMap,
      createdAt: raw.CreationTime,
      attributes: toAttributes(raw, ['TagMap']),
    };
  },
});
