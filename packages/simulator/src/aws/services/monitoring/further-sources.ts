import { ec2Store } from '../ec2/store.ts';
import { classicBalancer } from '../further/classic-elb.ts';
import { emrCluster } from '../further/emr.ts';
import { fileSystem } from '../further/fsx.ts';
import { imageStore } from '../further/ecr.ts';
import { stream } from '../further/kinesis.ts';
import { searchDomain } from '../further/opensearch.ts';
import { warehouse } from '../further/redshift.ts';
import { endpoint } from '../further/sagemaker.ts';
import { scalingGroup } from '../further/autoscaling.ts';
import { taskService } from '../further/ecs.ts';
import { desktop } from '../further/workspaces.ts';
import { rdsStore } from '../rds/store.ts';
import { s3Store } from '../s3/store.ts';
import { shelfStore, type Kind } from '../shelf.ts';
import { since, source, type Maker, type MetricSource } from './sources.ts';

/** How a source is found by its dimensions. */
interface Lookup {
  readonly namespace: string;
  /** All dimensions of the metric, the ones that name the resource first. */
  readonly dimensions: readonly string[];
  /** So many of the dimensions are needed to find it; the others follow from the resource. */
  readonly naming: number;
  find(maker: Maker, values: readonly string[]): MetricSource | undefined;
}

/** Sources of things on the shelf; ids are those their profiles are set under. */
function shelved<T>(
  namespace: string,
  dimension: string,
  kind: Kind<T>,
  more: { readonly dimensions?: readonly string[]; readonly size?: (raw: T) => number } = {},
): Lookup {
  const dimensions = [dimension, ...(more.dimensions ?? [])];
  return {
    namespace,
    dimensions,
    naming: 1,
    find(maker, [id = '']) {
      const entity = maker.account.store(shelfStore, maker.region).of(kind).get(id);
      if (!entity) return undefined;
      // Without rates it is off: no data, no zeros.
      const size = more.size?.(entity.data.raw) ?? 1;
      return source(maker, namespace, [[dimension, id]], id, since(entity.createdAt), { size });
    },
  };
}

/** Endpoints, links and reservations of EC2 by id. */
function ofEc2(
  namespace: string,
  dimensions: readonly string[],
  pick: 'vpcEndpoints' | 'vpnConnections' | 'transitAttachments' | 'capacityReservations',
): Lookup {
  return {
    namespace,
    dimensions,
    naming: 1,
    find(maker, [id = '']) {
      const entity = maker.account.store(ec2Store, maker.region)[pick].get(id);
      if (!entity) return undefined;
      const { TotalInstanceCount: total = 0, AvailableInstanceCount: free = 0 } = entity.data as {
        TotalInstanceCount?: number;
        AvailableInstanceCount?: number;
      };
      const more = { size: total - free };
      return source(maker, namespace, [[dimensions[0] ?? '', id]], id, since(entity.createdAt), more);
    },
  };
}

function cluster(namespace: 'AWS/RDS' | 'AWS/DocDB'): Lookup {
  return {
    namespace,
    dimensions: ['DBClusterIdentifier'],
    naming: 1,
    find(maker, [id = '']) {
      const entity = maker.account.store(rdsStore, maker.region).clusters.get(id);
      const isDocument = entity?.data.cluster.Engine === 'docdb';
      if (!entity || isDocument !== (namespace === 'AWS/DocDB')) return undefined;
      return source(maker, namespace, [['DBClusterIdentifier', id]], id, since(entity.createdAt), {
        size: 8,
      });
    },
  };
}

const LOOKUPS: readonly Lookup[] = [
  shelved('AWS/EC2', 'AutoScalingGroupName', scalingGroup, { size: (g) => g.DesiredCapacity ?? 1 }),
  shelved('AWS/ELB', 'LoadBalancerName', classicBalancer),
  shelved('AWS/Redshift', 'ClusterIdentifier', warehouse, { size: (c) => c.NumberOfNodes ?? 1 }),
  shelved('AWS/ES', 'DomainName', searchDomain, { dimensions: ['ClientId'] }),
  shelved('AWS/Kinesis', 'StreamName', stream),
  shelved('AWS/ElasticMapReduce', 'JobFlowId', emrCluster),
  shelved('AWS/SageMaker', 'EndpointName', endpoint, { dimensions: ['VariantName'] }),
  shelved('AWS/WorkSpaces', 'WorkspaceId', desktop),
  shelved('AWS/FSx', 'FileSystemId', fileSystem),
  shelved('AWS/ECR', 'RepositoryName', imageStore),
  {
    namespace: 'AWS/ECS',
    dimensions: ['ClusterName', 'ServiceName'],
    naming: 2,
    find(maker, [clusterName = '', name = '']) {
      const shelf = maker.account.store(shelfStore, maker.region);
      const entity = shelf.of(taskService).get(shelf.arn('ecs', `service/${clusterName}/${name}`));
      const dimensions = [
        ['ClusterName', clusterName],
        ['ServiceName', name],
      ] as const;
      return (
        entity && source(maker, 'AWS/ECS', dimensions, `${clusterName}/${name}`, since(entity.createdAt))
      );
    },
  },
  ofEc2(
    'AWS/PrivateLinkEndpoints',
    ['VPC Endpoint Id', 'Endpoint Type', 'Service Name', 'VPC Id'],
    'vpcEndpoints',
  ),
  ofEc2('AWS/VPN', ['VpnId'], 'vpnConnections'),
  ofEc2('AWS/TransitGateway', ['TransitGatewayAttachment', 'TransitGateway'], 'transitAttachments'),
  ofEc2('AWS/EC2CapacityReservations', ['CapacityReservationId'], 'capacityReservations'),
  cluster('AWS/RDS'),
  cluster('AWS/DocDB'),
  {
    namespace: 'AWS/S3',
    dimensions: ['BucketName', 'FilterId'],
    naming: 2,
    // Only buckets of scenarios with traffic have a request metric.
    find(maker, [name = '', filter]) {
      const bucket = maker.account.store(s3Store, 'aws-global').buckets.get(name);
      if (!bucket?.bulk || bucket.region !== maker.region || filter !== 'EntireBucket') return undefined;
      const size = bucket.bulk.putsPerHour + bucket.bulk.getsPerHour;
      return source(maker, 'AWS/S3', [['BucketName', name]], name, since(bucket.createdAt), { size });
    },
  },
];

function valuesOf(lookup: Lookup, dimensions: ReadonlyMap<string, string>): readonly string[] | undefined {
  const values = lookup.dimensions.slice(0, lookup.naming).map((name) => dimensions.get(name));
  return values.every((v) => v !== undefined) ? values : undefined;
}

/** The source of a metric with exactly the given dimensions; undefined when none has them. */
export function furtherSource(
  maker: Maker,
  namespace: string,
  dimensions: ReadonlyMap<string, string>,
): MetricSource | undefined {
  for (const lookup of LOOKUPS) {
    const fits =
      lookup.namespace === namespace &&
      dimensions.size === lookup.dimensions.length &&
      lookup.dimensions.every((name) => dimensions.has(name));
    const values = fits ? valuesOf(lookup, dimensions) : undefined;
    const found = values && lookup.find(maker, values);
    if (found) return found;
  }
  return undefined;
}

/** The source a search finds: the schema names all dimensions, the values some of them. */
export function searchedSource(
  maker: Maker,
  namespace: string,
  schema: readonly string[],
  dimensions: ReadonlyMap<string, string>,
): MetricSource | undefined {
  const wanted = [...schema].sort().join();
  for (const lookup of LOOKUPS) {
    if (lookup.namespace !== namespace || [...lookup.dimensions].sort().join() !== wanted) continue;
    const values = valuesOf(lookup, dimensions);
    const found = values && lookup.find(maker, values);
    if (found) return found;
  }
  return undefined;
}
