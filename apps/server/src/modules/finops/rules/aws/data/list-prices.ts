/*
 * List prices (USD, us-east-1) of things the price queries of the contract do not cover. Written
 * down from the public price pages; used for M3 only, and never beyond what the bill shows.
 */

/** Date of this table, YYYY-MM-DD. */
export const LIST_PRICES_AS_OF = '2025-06-30';

export const LIST_PRICES = {
  /** A custom or detailed metric, each month. */
  metricMonth: '0.30',
  /** Metrics that detailed monitoring of an instance adds. */
  detailedMetrics: 7,
  /** A vCPU of a burstable machine above its credits, each hour (Linux). */
  surplusCpuHour: '0.05',
  /** A secret, each month. */
  secretMonth: '0.40',
  /** A customer managed key, each month. */
  keyMonth: '1.00',
  /** A health check of an endpoint outside the provider, each month. */
  healthCheckMonth: '0.75',
  /** A health check of an endpoint inside the provider, each month. */
  healthCheckInsideMonth: '0.50',
  /** GiB of container images, each month. */
  imageGibMonth: '0.10',
  /** A shard of a provisioned stream, each hour. */
  shardHour: '0.015',
  /** A vCPU of a database past standard support, each hour; the third year costs double. */
  extendedSupportCpuHour: '0.100',
  /** A Kubernetes control plane within standard support, each hour. */
  clusterHour: '0.10',
  /** A Kubernetes control plane past standard support over one within, each hour. */
  extendedClusterHour: '0.50',
  /** GiB-second of provisioned concurrency, x86. */
  provisionedGibSecond: '0.0000041667',
  /** GiB a month kept in the archive tier of snapshots. */
  snapshotArchiveGib: '0.0125',
  /** A million I/O requests of Aurora, standard storage. */
  auroraMillionIo: '0.20',
  /** What Aurora I/O-optimised asks of standard: machines and storage. */
  auroraOptimisedMachines: '1.3',
  auroraOptimisedStorage: '2.25',
  /** A read and a write unit of a provisioned table, each hour. */
  tableReadUnitHour: '0.00013',
  tableWriteUnitHour: '0.00065',
  /** A million reads and writes of a table on demand. */
  tableMillionReads: '0.125',
  tableMillionWrites: '0.625',
  /** A vCPU and a GiB of a serverless container task, each hour, x86. */
  taskCpuHour: '0.04048',
  taskGibHour: '0.004445',
  /** GiB a month by storage class of objects. */
  objectStandardGib: '0.023',
  objectInfrequentGib: '0.0125',
  /** Watching 1,000 objects for automatic tiering, each month. */
  objectWatchThousand: '0.0025',
} as const;
