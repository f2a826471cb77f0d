import type { ServiceDefinition } from './context.ts';
import { readServiceModel, type SdkModule } from './wire/sdk-schemas.ts';
import type { ServiceModel } from './wire/shapes.ts';

/** A row of the service table; both modules are loaded on the first request for the service. */
interface ServiceEntry {
  readonly sdk: () => Promise<unknown>;
  readonly definition: () => Promise<ServiceDefinition>;
}

/** A loaded service. */
export interface LoadedService {
  readonly id: string;
  readonly model: ServiceModel;
  readonly definition: ServiceDefinition;
}

/** Every simulated service by signing name, the fourth element of the credential scope. */
const SERVICES: Readonly<Record<string, ServiceEntry>> = {
  ec2: {
    sdk: () => import('@aws-sdk/client-ec2'),
    definition: async () => (await import('./services/ec2/service.ts')).ec2,
  },
  elasticloadbalancing: {
    sdk: () => import('@aws-sdk/client-elastic-load-balancing-v2'),
    definition: async () => (await import('./services/elbv2/service.ts')).elbv2,
  },
  iam: {
    sdk: () => import('@aws-sdk/client-iam'),
    definition: async () => (await import('./services/iam/service.ts')).iam,
  },
  organizations: {
    sdk: () => import('@aws-sdk/client-organizations'),
    definition: async () => (await import('./services/organizations/service.ts')).organizations,
  },
  sts: {
    sdk: () => import('@aws-sdk/client-sts'),
    definition: async () => (await import('./services/sts/service.ts')).sts,
  },
  pricing: {
    sdk: () => import('@aws-sdk/client-pricing'),
    definition: async () => (await import('./services/pricing/service.ts')).pricing,
  },
  rds: {
    sdk: () => import('@aws-sdk/client-rds'),
    definition: async () => (await import('./services/rds/service.ts')).rds,
  },
  lambda: {
    sdk: () => import('@aws-sdk/client-lambda'),
    definition: async () => (await import('./services/lambda/service.ts')).lambda,
  },
  s3: {
    sdk: () => import('@aws-sdk/client-s3'),
    definition: async () => (await import('./services/s3/service.ts')).s3,
  },
  logs: {
    sdk: () => import('@aws-sdk/client-cloudwatch-logs'),
    definition: async () => (await import('./services/logs/service.ts')).logs,
  },
  eks: {
    sdk: () => import('@aws-sdk/client-eks'),
    definition: async () => (await import('./services/eks/service.ts')).eks,
  },
  dynamodb: {
    sdk: () => import('@aws-sdk/client-dynamodb'),
    definition: async () => (await import('./services/dynamodb/service.ts')).dynamodb,
  },
  elasticache: {
    sdk: () => import('@aws-sdk/client-elasticache'),
    definition: async () => (await import('./services/elasticache/service.ts')).elasticache,
  },
  ce: {
    sdk: () => import('@aws-sdk/client-cost-explorer'),
    definition: async () => (await import('./services/ce/service.ts')).ce,
  },
  monitoring: {
    sdk: () => import('@aws-sdk/client-cloudwatch'),
    definition: async () => (await import('./services/monitoring/service.ts')).monitoring,
  },
  autoscaling: {
    sdk: () => import('@aws-sdk/client-auto-scaling'),
    definition: async () => (await import('./services/further/autoscaling.ts')).autoscaling,
  },
  'elasticloadbalancing-classic': {
    sdk: () => import('@aws-sdk/client-elastic-load-balancing'),
    definition: async () => (await import('./services/further/classic-elb.ts')).classicElb,
  },
  redshift: {
    sdk: () => import('@aws-sdk/client-redshift'),
    definition: async () => (await import('./services/further/redshift.ts')).redshift,
  },
  es: {
    sdk: () => import('@aws-sdk/client-opensearch'),
    definition: async () => (await import('./services/further/opensearch.ts')).opensearch,
  },
  kinesis: {
    sdk: () => import('@aws-sdk/client-kinesis'),
    definition: async () => (await import('./services/further/kinesis.ts')).kinesis,
  },
  elasticmapreduce: {
    sdk: () => import('@aws-sdk/client-emr'),
    definition: async () => (await import('./services/further/emr.ts')).emr,
  },
  athena: {
    sdk: () => import('@aws-sdk/client-athena'),
    definition: async () => (await import('./services/further/athena.ts')).athena,
  },
  ecs: {
    sdk: () => import('@aws-sdk/client-ecs'),
    definition: async () => (await import('./services/further/ecs.ts')).ecs,
  },
  ecr: {
    sdk: () => import('@aws-sdk/client-ecr'),
    definition: async () => (await import('./services/further/ecr.ts')).ecr,
  },
  sagemaker: {
    sdk: () => import('@aws-sdk/client-sagemaker'),
    definition: async () => (await import('./services/further/sagemaker.ts')).sagemaker,
  },
  workspaces: {
    sdk: () => import('@aws-sdk/client-workspaces'),
    definition: async () => (await import('./services/further/workspaces.ts')).workspaces,
  },
  fsx: {
    sdk: () => import('@aws-sdk/client-fsx'),
    definition: async () => (await import('./services/further/fsx.ts')).fsx,
  },
  secretsmanager: {
    sdk: () => import('@aws-sdk/client-secrets-manager'),
    definition: async () => (await import('./services/further/secrets.ts')).secretsmanager,
  },
  kms: {
    sdk: () => import('@aws-sdk/client-kms'),
    definition: async () => (await import('./services/further/kms.ts')).kms,
  },
  cloudtrail: {
    sdk: () => import('@aws-sdk/client-cloudtrail'),
    definition: async () => (await import('./services/further/cloudtrail.ts')).cloudtrail,
  },
  route53: {
    sdk: () => import('@aws-sdk/client-route-53'),
    definition: async () => (await import('./services/further/route53.ts')).route53,
  },
};

/**
 * The row of a request: the two versions of load balancing sign alike and differ by the version they name
 * (API reference, "Common parameters").
 */
export function serviceIdOf(signingName: string, body: Buffer): string {
  const isClassic = signingName === 'elasticloadbalancing' && body.includes('Version=2012-06-01');
  return isClassic ? 'elasticloadbalancing-classic' : signingName;
}

const loaded = new Map<string, Promise<LoadedService>>();

/** Names of the simulated services. */
export function serviceIds(): string[] {
  return Object.keys(SERVICES);
}

/** Loads a service by signing name; undefined when it is not simulated. */
export function loadService(id: string): Promise<LoadedService> | undefined {
  const entry = Object.hasOwn(SERVICES, id) ? SERVICES[id] : undefined;
  if (!entry) return undefined;
  let service = loaded.get(id);
  if (!service) {
    service = Promise.all([entry.sdk(), entry.definition()]).then(([sdk, definition]) => ({
      id,
      model: readServiceModel(sdk as SdkModule),
      definition,
    }));
    loaded.set(id, service);
  }
  return service;
}
