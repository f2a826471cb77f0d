import type { AwsCredentialIdentity } from '@smithy/types';
import type { CheckedHandler } from './http-handler.ts';

/** What every SDK client is made with. */
export interface ClientConfig {
  readonly region: string;
  readonly endpoint?: string;
  readonly credentials: () => Promise<AwsCredentialIdentity>;
  readonly requestHandler: CheckedHandler;
  readonly maxAttempts: 1;
  readonly systemClockOffset: number;
}

/** The part of an SDK client the session uses; `never` because each client narrows its commands. */
export interface SdkClient {
  send(command: never, options: { abortSignal?: AbortSignal }): Promise<unknown>;
  destroy(): void;
}

/** An AWS service: how its SDK package is loaded and its client made. */
export interface AwsService<Sdk> {
  /** Prefix of its IAM actions. */
  readonly prefix: string;
  /** `objects` for S3: bodies are streams, paths carry the bucket. */
  readonly bodies: 'messages' | 'objects';
  /** The one region of services that are not regional. */
  readonly home?: string;
  load(): Promise<Sdk>;
  client(sdk: Sdk, config: ClientConfig): SdkClient;
}

export const STS: AwsService<typeof import('@aws-sdk/client-sts')> = {
  prefix: 'sts',
  bodies: 'messages',
  load: () => import('@aws-sdk/client-sts'),
  client: (sdk, config) => new sdk.STSClient(config),
};

export const IAM: AwsService<typeof import('@aws-sdk/client-iam')> = {
  prefix: 'iam',
  bodies: 'messages',
  home: 'us-east-1',
  load: () => import('@aws-sdk/client-iam'),
  client: (sdk, config) => new sdk.IAMClient(config),
};

export const EC2: AwsService<typeof import('@aws-sdk/client-ec2')> = {
  prefix: 'ec2',
  bodies: 'messages',
  load: () => import('@aws-sdk/client-ec2'),
  client: (sdk, config) => new sdk.EC2Client(config),
};

export const ELB: AwsService<typeof import('@aws-sdk/client-elastic-load-balancing-v2')> = {
  prefix: 'elasticloadbalancing',
  bodies: 'messages',
  load: () => import('@aws-sdk/client-elastic-load-balancing-v2'),
  client: (sdk, config) => new sdk.ElasticLoadBalancingV2Client(config),
};

export const S3: AwsService<typeof import('@aws-sdk/client-s3')> = {
  prefix: 's3',
  bodies: 'objects',
  load: () => import('@aws-sdk/client-s3'),
  // Path style only with an override: a bucket is no host name there.
  client: (sdk, config) => new sdk.S3Client({ ...config, forcePathStyle: config.endpoint !== undefined, requestChecksumCalculation: 'WHEN_REQUIRED' }),
};

export const RDS: AwsService<typeof import('@aws-sdk/client-rds')> = {
  prefix: 'rds',
  bodies: 'messages',
  load: () => import('@aws-sdk/client-rds'),
  client: (sdk, config) => new sdk.RDSClient(config),
};

export const LAMBDA: AwsService<typeof import('@aws-sdk/client-lambda')> = {
  prefix: 'lambda',
  bodies: 'messages',
  load: () => import('@aws-sdk/client-lambda'),
  client: (sdk, config) => new sdk.LambdaClient(config),
};

export const LOGS: AwsService<typeof import('@aws-sdk/client-cloudwatch-logs')> = {
  prefix: 'logs',
  bodies: 'messages',
  load: () => import('@aws-sdk/client-cloudwatch-logs'),
  client: (sdk, config) => new sdk.CloudWatchLogsClient(config),
};

export const CLOUDWATCH: AwsService<typeof import('@aws-sdk/client-cloudwatch')> = {
  prefix: 'cloudwatch',
  bodies: 'messages',
  load: () => import('@aws-sdk/client-cloudwatch'),
  client: (sdk, config) => new sdk.CloudWatchClient(config),
};

export const EKS: AwsService<typeof import('@aws-sdk/client-eks')> = {
  prefix: 'eks',
  bodies: 'messages',
  load: () => import('@aws-sdk/client-eks'),
  client: (sdk, config) => new sdk.EKSClient(config),
};

export const DYNAMODB: AwsService<typeof import('@aws-sdk/client-dynamodb')> = {
  prefix: 'dynamodb',
  bodies: 'messages',
  load: () => import('@aws-sdk/client-dynamodb'),
  client: (sdk, config) => new sdk.DynamoDBClient(config),
};

export const ELASTICACHE: AwsService<typeof import('@aws-sdk/client-elasticache')> = {
  prefix: 'elasticache',
  bodies: 'messages',
  load: () => import('@aws-sdk/client-elasticache'),
  client: (sdk, config) => new sdk.ElastiCacheClient(config),
};

export const COST_EXPLORER: AwsService<typeof import('@aws-sdk/client-cost-explorer')> = {
  prefix: 'ce',
  bodies: 'messages',
  home: 'us-east-1',
  load: () => import('@aws-sdk/client-cost-explorer'),
  client: (sdk, config) => new sdk.CostExplorerClient(config),
};

export const PRICING: AwsService<typeof import('@aws-sdk/client-pricing')> = {
  prefix: 'pricing',
  bodies: 'messages',
  home: 'us-east-1',
  load: () => import('@aws-sdk/client-pricing'),
  client: (sdk, config) => new sdk.PricingClient(config),
};
