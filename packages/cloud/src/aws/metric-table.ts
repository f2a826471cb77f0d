import type { MetricDescriptor, Statistic } from '../observations.ts';
import type { ResourceRef } from '../resource.ts';

/** A metric and where CloudWatch keeps it. */
export interface MetricRow extends MetricDescriptor {
  /** Namespace and metric; they differ by the kind of resource where one type has several. */
  readonly place: (ref: ResourceRef) => readonly [namespace: string, metric: string];
  /** Dimensions that name the resource. */
  readonly dimensions: (ref: ResourceRef) => Readonly<Record<string, string>>;
  /**
   * All dimensions the metric has, where a ref does not tell their values: the series are searched for and
   * summed (CloudWatch user guide, "Use search expressions"). Only what sent data in the last two weeks is found.
   */
  readonly search?: readonly string[];
  /** Metrics that are written once a day only. */
  readonly daily?: boolean;
}

type Row = readonly [id: string, metric: string, label: string, unit: string, ...statistics: Statistic[]];

function rows(
  type: string,
  namespace: string | ((ref: ResourceRef) => string),
  dimensions: MetricRow['dimensions'],
  ...table: readonly Row[]
): MetricRow[] {
  return table.map(([id, metric, label, unit, ...statistics]) => ({
    id,
    type,
    label,
    unit,
    statistics,
    place: (ref) => [typeof namespace === 'string' ? namespace : namespace(ref), metric],
    dimensions,
  }));
}

/** Rows whose other dimensions are found by search. */
function searched(
  type: string,
  namespace: string,
  dimensions: MetricRow['dimensions'],
  search: readonly string[],
  ...table: readonly Row[]
): MetricRow[] {
  return rows(type, namespace, dimensions, ...table).map((row) => ({ ...row, search }));
}

const GAUGE = ['average', 'maximum', 'minimum', 'p95', 'p99'] as const;

/** The part of an ARN that CloudWatch takes for load balancers and target groups. */
function afterColon(ref: ResourceRef, prefix: string): string {
  const tail = ref.nativeId.split(':').slice(5).join(':');
  return tail.startsWith(prefix) ? tail.slice(prefix.length) : tail;
}

/** Application, network and gateway load balancers keep their metrics apart; the ARN tells the kind. */
function balancerKind(ref: ResourceRef): 'application' | 'network' | 'gateway' {
  if (ref.nativeId.includes(':loadbalancer/net/')) return 'network';
  return ref.nativeId.includes(':loadbalancer/gwy/') ? 'gateway' : 'application';
}

const BALANCER_SPACES = {
  application: 'AWS/ApplicationELB',
  network: 'AWS/NetworkELB',
  gateway: 'AWS/GatewayELB',
};

/** Network and gateway balancers know flows, not requests. */
const balancerRows: readonly MetricRow[] = rows(
  'aws.elb.load-balancer',
  (ref) => BALANCER_SPACES[balancerKind(ref)],
  (ref) => ({ LoadBalancer: afterColon(ref, 'loadbalancer/') }),
  ['requests', 'RequestCount', 'Requests', 'count', 'sum'],
  ['response_time', 'TargetResponseTime', 'Response time', 'seconds', ...GAUGE],
  ['network_out', 'ProcessedBytes', 'Processed', 'bytes', 'sum'],
  ['server_errors', 'HTTPCode_ELB_5XX_Count', 'Server errors', 'count', 'sum'],
).map((row) =>
  row.id === 'requests'
    ? {
        ...row,
        place: (ref) => {
          const kind = balancerKind(ref);
          return [BALANCER_SPACES[kind], kind === 'application' ? 'RequestCount' : 'NewFlowCount'];
        },
      }
    : row,
);

/** What can be read, by resource type (CloudWatch user guide, "AWS services that publish metrics"). */
export const METRICS: readonly MetricRow[] = [
  ...rows(
    'aws.ec2.instance',
    'AWS/EC2',
    (ref) => ({ InstanceId: ref.id }),
    ['cpu_utilization', 'CPUUtilization', 'CPU', 'percent', ...GAUGE],
    ['network_in', 'NetworkIn', 'Network in', 'bytes', 'sum', 'average', 'maximum'],
    ['network_out', 'NetworkOut', 'Network out', 'bytes', 'sum', 'average', 'maximum'],
    ['disk_read', 'EBSReadBytes', 'Disk read', 'bytes', 'sum', 'average', 'maximum'],
    ['disk_write', 'EBSWriteBytes', 'Disk written', 'bytes', 'sum', 'average', 'maximum'],
    ['cpu_credit_balance', 'CPUCreditBalance', 'CPU credits', 'count', 'average', 'minimum', 'maximum'],
    [
      'cpu_surplus_credits_charged',
      'CPUSurplusCreditsCharged',
      'CPU credits charged',
      'count',
      'average',
      'sum',
      'maximum',
    ],
    ['status_check_failed', 'StatusCheckFailed', 'Failed status checks', 'count', 'maximum', 'sum'],
  ),
  ...rows(
    'aws.ec2.volume',
    'AWS/EBS',
    (ref) => ({ VolumeId: ref.id }),
    ['read_operations', 'VolumeReadOps', 'Read operations', 'count', 'sum', 'average'],
    ['write_operations', 'VolumeWriteOps', 'Write operations', 'count', 'sum', 'average'],
    ['disk_read', 'VolumeReadBytes', 'Read', 'bytes', 'sum', 'average'],
    ['disk_write', 'VolumeWriteBytes', 'Written', 'bytes', 'sum', 'average'],
    ['idle_time', 'VolumeIdleTime', 'Idle time', 'seconds', 'sum', 'average'],
  ),
  ...rows(
    'aws.ec2.nat-gateway',
    'AWS/NATGateway',
    (ref) => ({ NatGatewayId: ref.id }),
    ['network_out', 'BytesOutToDestination', 'To the internet', 'bytes', 'sum', 'maximum'],
    ['network_in', 'BytesInFromDestination', 'From the internet', 'bytes', 'sum', 'maximum'],
    ['connections', 'ActiveConnectionCount', 'Connections', 'count', 'maximum', 'average'],
  ),
  ...rows('aws.ec2.instance', 'CWAgent', (ref) => ({ InstanceId: ref.id }), [
    'memory_utilization',
    'mem_used_percent',
    'Memory (CloudWatch agent)',
    'percent',
    ...GAUGE,
  ]),
  ...searched(
    'aws.ec2.vpc-endpoint',
    'AWS/PrivateLinkEndpoints',
    (ref) => ({ 'VPC Endpoint Id': ref.id }),
    ['Endpoint Type', 'Service Name', 'VPC Endpoint Id', 'VPC Id'],
    ['network_bytes', 'BytesProcessed', 'Processed', 'bytes', 'sum'],
  ),
  ...rows(
    'aws.ec2.vpn-connection',
    'AWS/VPN',
    (ref) => ({ VpnId: ref.id }),
    ['network_in', 'TunnelDataIn', 'Received', 'bytes', 'sum'],
    ['network_out', 'TunnelDataOut', 'Sent', 'bytes', 'sum'],
  ),
  ...searched(
    'aws.ec2.transit-gateway-attachment',
    'AWS/TransitGateway',
    (ref) => ({ TransitGatewayAttachment: ref.id }),
    ['TransitGateway', 'TransitGatewayAttachment'],
    ['network_in', 'BytesIn', 'Received', 'bytes', 'sum'],
    ['network_out', 'BytesOut', 'Sent', 'bytes', 'sum'],
  ),
  ...rows(
    'aws.ec2.capacity-reservation',
    'AWS/EC2CapacityReservations',
    (ref) => ({ CapacityReservationId: ref.id }),
    ['used_instances', 'UsedInstanceCount', 'Used', 'count', 'average', 'maximum', 'minimum'],
  ),
  ...rows(
    'aws.autoscaling.group',
    'AWS/EC2',
    (ref) => ({ AutoScalingGroupName: ref.id }),
    ['cpu_utilization', 'CPUUtilization', 'CPU', 'percent', ...GAUGE],
    ['network_in', 'NetworkIn', 'Network in', 'bytes', 'sum', 'average', 'maximum'],
    ['network_out', 'NetworkOut', 'Network out', 'bytes', 'sum', 'average', 'maximum'],
  ),
  ...balancerRows,
  ...rows(
    'aws.elb.classic-load-balancer',
    'AWS/ELB',
    (ref) => ({ LoadBalancerName: ref.id }),
    ['requests', 'RequestCount', 'Requests', 'count', 'sum'],
    ['network_out', 'EstimatedProcessedBytes', 'Processed (estimate)', 'bytes', 'sum'],
  ),
  ...rows(
    'aws.rds.instance',
    'AWS/RDS',
    (ref) => ({ DBInstanceIdentifier: ref.id }),
    ['cpu_utilization', 'CPUUtilization', 'CPU', 'percent', ...GAUGE],
    ['connections', 'DatabaseConnections', 'Connections', 'count', 'average', 'maximum', 'sum'],
    ['free_storage', 'FreeStorageSpace', 'Free storage', 'bytes', 'minimum', 'average'],
    ['free_memory', 'FreeableMemory', 'Free memory', 'bytes', 'minimum', 'average'],
    ['read_iops', 'ReadIOPS', 'Reads', 'count/second', 'average', 'maximum'],
    ['write_iops', 'WriteIOPS', 'Writes', 'count/second', 'average', 'maximum'],
  ),
  ...rows(
    'aws.rds.cluster',
    'AWS/RDS',
    (ref) => ({ DBClusterIdentifier: ref.id }),
    ['cpu_utilization', 'CPUUtilization', 'CPU', 'percent', ...GAUGE],
    ['connections', 'DatabaseConnections', 'Connections', 'count', 'average', 'maximum', 'sum'],
    ['read_io', 'VolumeReadIOPs', 'Billed reads', 'count', 'sum', 'average'],
    ['write_io', 'VolumeWriteIOPs', 'Billed writes', 'count', 'sum', 'average'],
  ),
  ...rows(
    'aws.rds.cluster',
    'AWS/DocDB',
    (ref) => ({ DBClusterIdentifier: ref.id }),
    [
      'docdb_connections',
      'DatabaseConnections',
      'Connections (DocumentDB)',
      'count',
      'average',
      'maximum',
      'sum',
    ],
    ['docdb_cpu_utilization', 'CPUUtilization', 'CPU (DocumentDB)', 'percent', ...GAUGE],
  ),
  ...rows(
    'aws.lambda.function',
    'AWS/Lambda',
    (ref) => ({ FunctionName: ref.id }),
    ['invocations', 'Invocations', 'Calls', 'count', 'sum'],
    ['errors', 'Errors', 'Errors', 'count', 'sum'],
    ['duration', 'Duration', 'Duration', 'milliseconds', ...GAUGE, 'sum'],
    ['throttles', 'Throttles', 'Throttled calls', 'count', 'sum'],
  ),
  ...rows(
    'aws.dynamodb.table',
    'AWS/DynamoDB',
    (ref) => ({ TableName: ref.id }),
    ['read_units', 'ConsumedReadCapacityUnits', 'Read units', 'count', 'sum', 'average'],
    ['write_units', 'ConsumedWriteCapacityUnits', 'Write units', 'count', 'sum', 'average'],
  ),
  ...rows(
    'aws.elasticache.cluster',
    'AWS/ElastiCache',
    (ref) => ({ CacheClusterId: ref.id }),
    ['cpu_utilization', 'CPUUtilization', 'CPU', 'percent', ...GAUGE],
    ['connections', 'CurrConnections', 'Connections', 'count', 'average', 'maximum'],
    ['free_memory', 'FreeableMemory', 'Free memory', 'bytes', 'minimum', 'average'],
    ['memory_utilization', 'DatabaseMemoryUsagePercentage', 'Memory', 'percent', ...GAUGE],
    ['cache_hits', 'CacheHits', 'Hits', 'count', 'sum'],
    ['cache_misses', 'CacheMisses', 'Misses', 'count', 'sum'],
  ),
  ...rows(
    'aws.redshift.cluster',
    'AWS/Redshift',
    (ref) => ({ ClusterIdentifier: ref.id }),
    ['cpu_utilization', 'CPUUtilization', 'CPU', 'percent', ...GAUGE],
    ['connections', 'DatabaseConnections', 'Connections', 'count', 'average', 'maximum', 'sum'],
  ),
  ...rows(
    'aws.opensearch.domain',
    'AWS/ES',
    (ref) => ({ DomainName: ref.id, ClientId: ref.nativeId.split(':')[4] ?? '' }),
    ['cpu_utilization', 'CPUUtilization', 'CPU', 'percent', ...GAUGE],
    ['searches', 'SearchRate', 'Searches', 'count', 'sum', 'average'],
    ['indexing', 'IndexingRate', 'Indexing', 'count', 'sum', 'average'],
  ),
  ...rows(
    'aws.kinesis.stream',
    'AWS/Kinesis',
    (ref) => ({ StreamName: ref.id }),
    ['incoming_records', 'IncomingRecords', 'Records', 'count', 'sum'],
    ['incoming_bytes', 'IncomingBytes', 'Written', 'bytes', 'sum', 'maximum'],
    ['read_bytes', 'GetRecords.Bytes', 'Read', 'bytes', 'sum', 'maximum'],
  ),
  ...rows(
    'aws.emr.cluster',
    'AWS/ElasticMapReduce',
    (ref) => ({ JobFlowId: ref.id }),
    ['idle', 'IsIdle', 'Idle', 'count', 'average', 'minimum'],
    ['running_steps', 'AppsRunning', 'Running applications', 'count', 'average', 'maximum'],
  ),
  ...rows(
    'aws.ecs.service',
    'AWS/ECS',
    (ref) => {
      const [ClusterName = '', ServiceName = ''] = ref.id.split('/');
      return { ClusterName, ServiceName };
    },
    ['cpu_utilization', 'CPUUtilization', 'CPU', 'percent', ...GAUGE],
    ['memory_utilization', 'MemoryUtilization', 'Memory', 'percent', ...GAUGE],
  ),
  ...searched(
    'aws.sagemaker.endpoint',
    'AWS/SageMaker',
    (ref) => ({ EndpointName: ref.id }),
    ['EndpointName', 'VariantName'],
    ['invocations', 'Invocations', 'Calls', 'count', 'sum'],
  ),
  ...rows('aws.workspaces.workspace', 'AWS/WorkSpaces', (ref) => ({ WorkspaceId: ref.id }), [
    'user_connected',
    'UserConnected',
    'Connected',
    'count',
    'maximum',
    'average',
  ]),
  ...rows(
    'aws.fsx.file-system',
    'AWS/FSx',
    (ref) => ({ FileSystemId: ref.id }),
    ['disk_read', 'DataReadBytes', 'Read', 'bytes', 'sum'],
    ['disk_write', 'DataWriteBytes', 'Written', 'bytes', 'sum'],
  ),
  ...rows('aws.ecr.repository', 'AWS/ECR', (ref) => ({ RepositoryName: ref.id }), [
    'pulls',
    'RepositoryPullCount',
    'Pulls',
    'count',
    'sum',
  ]),
  ...rows('aws.logs.log-group', 'AWS/Logs', (ref) => ({ LogGroupName: ref.id }), [
    'incoming_bytes',
    'IncomingBytes',
    'Written',
    'bytes',
    'sum',
  ]),
  ...rows('aws.s3.bucket', 'AWS/S3', (ref) => ({ BucketName: ref.id, StorageType: 'StandardStorage' }), [
    'stored_bytes',
    'BucketSizeBytes',
    'Stored (Standard)',
    'bytes',
    'average',
  ]).map((row) => ({ ...row, daily: true })),
  ...rows('aws.s3.bucket', 'AWS/S3', (ref) => ({ BucketName: ref.id, StorageType: 'AllStorageTypes' }), [
    'objects',
    'NumberOfObjects',
    'Objects',
    'count',
    'average',
  ]).map((row) => ({ ...row, daily: true })),
  // Only buckets with a request metric of this name send it.
  ...rows('aws.s3.bucket', 'AWS/S3', (ref) => ({ BucketName: ref.id, FilterId: 'EntireBucket' }), [
    'requests',
    'AllRequests',
    'Requests',
    'count',
    'sum',
  ]),
];
