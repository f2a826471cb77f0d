import type { ServiceDescriptor } from '../../resource.ts';
import type { ServiceReader, TypeReader } from '../scope.ts';
import { images, instances, keyPairs } from './ec2-instances.ts';
import { addresses, natGateways, networkInterfaces, securityGroups, subnets, vpcs } from './ec2-network.ts';
import { emrClusters, searchDomains, streams, warehouses, workGroups } from './analytics.ts';
import { imageStores, nodegroups, taskServices } from './containers.ts';
import {
  capacityReservations,
  dedicatedHosts,
  launchTemplates,
  transitAttachments,
  vpnConnections,
} from './ec2-capacity.ts';
import { vpcEndpoints } from './ec2-endpoints.ts';
import { databaseClusters } from './rds-clusters.ts';
import { healthChecks } from './route53.ts';
import { classicBalancers, scalingGroups } from './scaling.ts';
import { keys, secrets, trails } from './security.ts';
import { desktops, fileSystems, modelEndpoints, notebooks } from './workplace.ts';
import { internetGateways, routeTables } from './ec2-routing.ts';
import { snapshots, volumes } from './ec2-storage.ts';
import { loadBalancers, targetGroups } from './elb.ts';
import { tables } from './dynamodb.ts';
import { clusters } from './eks.ts';
import { caches, replicationGroups } from './elasticache.ts';
import { logGroups } from './logs.ts';
import { databases, databaseSnapshots } from './rds.ts';
import { functions } from './lambda.ts';
import { buckets } from './s3.ts';

/** Everything that is listed, by service. */
export const SERVICES: readonly ServiceReader[] = [
  {
    id: 'ec2',
    label: 'EC2',
    scope: 'regional',
    readers: [
      instances,
      volumes,
      snapshots,
      images,
      addresses,
      vpcs,
      subnets,
      securityGroups,
      natGateways,
      internetGateways,
      routeTables,
      networkInterfaces,
      keyPairs,
      vpcEndpoints,
      launchTemplates,
      capacityReservations,
      dedicatedHosts,
      vpnConnections,
      transitAttachments,
    ],
  },
  {
    id: 'elb',
    label: 'Elastic Load Balancing',
    scope: 'regional',
    readers: [loadBalancers, targetGroups, classicBalancers],
  },
  { id: 'autoscaling', label: 'Auto Scaling', scope: 'regional', readers: [scalingGroups] },
  { id: 's3', label: 'S3', scope: 'global', readers: [buckets] },
  { id: 'rds', label: 'RDS', scope: 'regional', readers: [databases, databaseSnapshots, databaseClusters] },
  { id: 'lambda', label: 'Lambda', scope: 'regional', readers: [functions] },
  { id: 'logs', label: 'CloudWatch Logs', scope: 'regional', readers: [logGroups] },
  { id: 'eks', label: 'EKS', scope: 'regional', readers: [clusters, nodegroups] },
  // Services that most accounts use in few regions are read together: each group is one unit of work per region.
  { id: 'containers', label: 'ECS and ECR', scope: 'regional', readers: [taskServices, imageStores] },
  {
    id: 'analytics',
    label: 'Redshift, OpenSearch, Kinesis, EMR, Athena',
    scope: 'regional',
    readers: [warehouses, searchDomains, streams, emrClusters, workGroups],
  },
  {
    id: 'workplace',
    label: 'SageMaker, WorkSpaces, FSx',
    scope: 'regional',
    readers: [modelEndpoints, notebooks, desktops, fileSystems],
  },
  {
    id: 'security',
    label: 'Secrets Manager, KMS, CloudTrail',
    scope: 'regional',
    readers: [secrets, keys, trails],
  },
  { id: 'route53', label: 'Route 53', scope: 'global', readers: [healthChecks] },
  { id: 'dynamodb', label: 'DynamoDB', scope: 'regional', readers: [tables] },
  { id: 'elasticache', label: 'ElastiCache', scope: 'regional', readers: [caches, replicationGroups] },
];

export const SERVICE_DESCRIPTORS: readonly ServiceDescriptor[] = SERVICES.map(
  ({ id, label, scope, readers }) => ({
    id,
    label,
    scope,
    resourceTypes: readers.map((r) => r.type),
  }),
);

const READERS: ReadonlyMap<string, TypeReader> = new Map(
  SERVICES.flatMap((s) => s.readers.map((r) => [r.type.id, r] as const)),
);

/** The reader of a resource type; undefined for a type that is not ours. */
export function readerOf(type: string): TypeReader | undefined {
  return READERS.get(type);
}
