/** Statistic family of a metric: which of its statistics follow from one value per slot. */
export type MetricNature =
  /** A level: averages over time, e.g. CPUUtilization. */
  | 'gauge'
  /** An amount per slot: sums over time, e.g. Requests. */
  | 'count';

export interface MetricInfo {
  readonly name: string;
  readonly unit: string;
  readonly nature: MetricNature;
}

function gauge(name: string, unit: string): MetricInfo {
  return { name, unit, nature: 'gauge' };
}

function count(name: string, unit = 'Count'): MetricInfo {
  return { name, unit, nature: 'count' };
}

/** Metrics of each simulated namespace. Memory is not among EC2's: AWS needs an agent for it. */
export const METRICS: Readonly<Record<string, readonly MetricInfo[]>> = {
  'AWS/EC2': [
    gauge('CPUUtilization', 'Percent'),
    count('NetworkIn', 'Bytes'),
    count('NetworkOut', 'Bytes'),
    count('NetworkPacketsIn'),
    count('NetworkPacketsOut'),
    count('EBSReadBytes', 'Bytes'),
    count('EBSWriteBytes', 'Bytes'),
    count('EBSReadOps'),
    count('EBSWriteOps'),
    gauge('StatusCheckFailed', 'Count'),
    gauge('CPUCreditBalance', 'Count'),
    gauge('CPUSurplusCreditsCharged', 'Count'),
  ],
  CWAgent: [gauge('mem_used_percent', 'Percent')],
  'AWS/EBS': [
    count('VolumeReadBytes', 'Bytes'),
    count('VolumeWriteBytes', 'Bytes'),
    count('VolumeReadOps'),
    count('VolumeWriteOps'),
    count('VolumeIdleTime', 'Seconds'),
    gauge('VolumeQueueLength', 'Count'),
  ],
  'AWS/RDS': [
    gauge('CPUUtilization', 'Percent'),
    gauge('DatabaseConnections', 'Count'),
    gauge('FreeableMemory', 'Bytes'),
    gauge('FreeStorageSpace', 'Bytes'),
    gauge('ReadIOPS', 'Count/Second'),
    gauge('WriteIOPS', 'Count/Second'),
    gauge('ReadLatency', 'Seconds'),
    gauge('WriteLatency', 'Seconds'),
    gauge('NetworkReceiveThroughput', 'Bytes/Second'),
    gauge('NetworkTransmitThroughput', 'Bytes/Second'),
    count('VolumeReadIOPs'),
    count('VolumeWriteIOPs'),
  ],
  'AWS/Lambda': [
    count('Invocations'),
    count('Errors'),
    count('Throttles'),
    gauge('Duration', 'Milliseconds'),
    gauge('ConcurrentExecutions', 'Count'),
  ],
  'AWS/ApplicationELB': [
    count('RequestCount'),
    count('ProcessedBytes', 'Bytes'),
    gauge('ActiveConnectionCount', 'Count'),
    count('NewConnectionCount'),
    gauge('TargetResponseTime', 'Seconds'),
    count('HTTPCode_Target_5XX_Count'),
  ],
  'AWS/NetworkELB': [
    count('NewFlowCount'),
    count('ProcessedBytes', 'Bytes'),
    gauge('ActiveFlowCount', 'Count'),
  ],
  'AWS/NATGateway': [
    count('BytesOutToDestination', 'Bytes'),
    count('BytesInFromSource', 'Bytes'),
    gauge('ActiveConnectionCount', 'Count'),
  ],
  'AWS/S3': [gauge('BucketSizeBytes', 'Bytes'), gauge('NumberOfObjects', 'Count'), count('AllRequests')],
  'AWS/ELB': [count('RequestCount'), count('EstimatedProcessedBytes', 'Bytes')],
  'AWS/Redshift': [gauge('CPUUtilization', 'Percent'), gauge('DatabaseConnections', 'Count')],
  'AWS/DocDB': [gauge('CPUUtilization', 'Percent'), gauge('DatabaseConnections', 'Count')],
  'AWS/ES': [gauge('CPUUtilization', 'Percent'), count('SearchRate'), count('IndexingRate')],
  'AWS/Kinesis': [
    count('IncomingRecords'),
    count('IncomingBytes', 'Bytes'),
    count('GetRecords.Bytes', 'Bytes'),
  ],
  'AWS/ElasticMapReduce': [gauge('IsIdle', 'None'), gauge('AppsRunning', 'Count')],
  'AWS/ECS': [gauge('CPUUtilization', 'Percent'), gauge('MemoryUtilization', 'Percent')],
  'AWS/SageMaker': [count('Invocations')],
  'AWS/WorkSpaces': [gauge('UserConnected', 'Count')],
  'AWS/FSx': [count('DataReadBytes', 'Bytes'), count('DataWriteBytes', 'Bytes')],
  'AWS/ECR': [count('RepositoryPullCount')],
  'AWS/PrivateLinkEndpoints': [count('BytesProcessed', 'Bytes')],
  'AWS/VPN': [count('TunnelDataIn', 'Bytes'), count('TunnelDataOut', 'Bytes')],
  'AWS/TransitGateway': [count('BytesIn', 'Bytes'), count('BytesOut', 'Bytes')],
  'AWS/EC2CapacityReservations': [gauge('UsedInstanceCount', 'Count')],
  'AWS/DynamoDB': [
    count('ConsumedReadCapacityUnits'),
    count('ConsumedWriteCapacityUnits'),
    count('ThrottledRequests'),
  ],
  'AWS/ElastiCache': [
    gauge('CPUUtilization', 'Percent'),
    gauge('EngineCPUUtilization', 'Percent'),
    gauge('CurrConnections', 'Count'),
    gauge('DatabaseMemoryUsagePercentage', 'Percent'),
    gauge('FreeableMemory', 'Bytes'),
    count('CacheHits'),
    count('CacheMisses'),
  ],
  'AWS/Logs': [count('IncomingBytes', 'Bytes'), count('IncomingLogEvents')],
};

/** A metric by namespace and name; undefined when it is not simulated. */
export function findMetric(namespace: string, name: string): MetricInfo | undefined {
  return Object.hasOwn(METRICS, namespace) ? METRICS[namespace]?.find((m) => m.name === name) : undefined;
}
