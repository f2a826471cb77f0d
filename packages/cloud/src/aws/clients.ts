import type * as AutoscalingSdk from '@aws-sdk/client-auto-scaling';
import type * as ElasticLoadBalancingSdk from '@aws-sdk/client-elastic-load-balancing';
import type * as RedshiftSdk from '@aws-sdk/client-redshift';
import type * as OpensearchSdk from '@aws-sdk/client-opensearch';
import type * as KinesisSdk from '@aws-sdk/client-kinesis';
import type * as EmrSdk from '@aws-sdk/client-emr';
import type * as EcsSdk from '@aws-sdk/client-ecs';
import type * as SagemakerSdk from '@aws-sdk/client-sagemaker';
import type * as WorkspacesSdk from '@aws-sdk/client-workspaces';
import type * as FsxSdk from '@aws-sdk/client-fsx';
import type * as EcrSdk from '@aws-sdk/client-ecr';
import type * as SecretsManagerSdk from '@aws-sdk/client-secrets-manager';
import type * as KmsSdk from '@aws-sdk/client-kms';
import type * as Route53Sdk from '@aws-sdk/client-route-53';
import type * as CloudtrailSdk from '@aws-sdk/client-cloudtrail';
import type * as AthenaSdk from '@aws-sdk/client-athena';
import type * as CloudwatchSdk from '@aws-sdk/client-cloudwatch';
import type * as CloudwatchLogsSdk from '@aws-sdk/client-cloudwatch-logs';
import type * as CostExplorerSdk from '@aws-sdk/client-cost-explorer';
import type * as DynamodbSdk from '@aws-sdk/client-dynamodb';
import type * as Ec2Sdk from '@aws-sdk/client-ec2';
import type * as EksSdk from '@aws-sdk/client-eks';
import type * as ElasticLoadBalancingV2Sdk from '@aws-sdk/client-elastic-load-balancing-v2';
import type * as ElasticacheSdk from '@aws-sdk/client-elasticache';
import type * as IamSdk from '@aws-sdk/client-iam';
import type * as LambdaSdk from '@aws-sdk/client-lambda';
import type * as PricingSdk from '@aws-sdk/client-pricing';
import type * as RdsSdk from '@aws-sdk/client-rds';
import type * as S3Sdk from '@aws-sdk/client-s3';
import type * as StsSdk from '@aws-sdk/client-sts';
import type { AwsCredentialIdentity, Logger } from '@smithy/types';
import type { CheckedHandler } from './http-handler.ts';

/** What every SDK client is made with. */
export interface ClientConfig {
  readonly region: string;
  readonly endpoint?: string;
  readonly credentials: () => Promise<AwsCredentialIdentity>;
  readonly requestHandler: CheckedHandler;
  readonly maxAttempts: 1;
  /** Said, so that a client does not look for them in environment and files: there are hundreds of clients. */
  readonly retryMode: 'standard';
  readonly defaultsMode: 'legacy';
  readonly logger: Logger;
  readonly systemClockOffset: number;
}

/** The part of an SDK client the session uses; `never` because each client narrows its commands. */
export interface SdkClient {
  send(command: never, options: { abortSignal?: AbortSignal; requestTimeout?: number }): Promise<unknown>;
  destroy(): void;
}

/** An AWS service: how its SDK package is loaded and its client made. */
export interface AwsService<Sdk> {
  /** Prefix of its IAM actions. */
  readonly prefix: string;
  /** Tells services apart that share a prefix. */
  readonly name?: string;
  /** `objects` for S3: bodies are streams, paths carry the bucket. */
  readonly bodies: 'messages' | 'objects';
  /** The one region of services that are not regional. */
  readonly home?: string;
  load(): Promise<Sdk>;
  client(sdk: Sdk, config: ClientConfig): SdkClient;
}

export const STS: AwsService<typeof StsSdk> = {
  prefix: 'sts',
  bodies: 'messages',
  load: () => import('@aws-sdk/client-sts'),
  client: (sdk, config) => new sdk.STSClient(config),
};

export const IAM: AwsService<typeof IamSdk> = {
  prefix: 'iam',
  bodies: 'messages',
  home: 'us-east-1',
  load: () => import('@aws-sdk/client-iam'),
  client: (sdk, config) => new sdk.IAMClient(config),
};

export const EC2: AwsService<typeof Ec2Sdk> = {
  prefix: 'ec2',
  bodies: 'messages',
  load: () => import('@aws-sdk/client-ec2'),
  client: (sdk, config) => new sdk.EC2Client(config),
};

export const ELB: AwsService<typeof ElasticLoadBalancingV2Sdk> = {
  prefix: 'elasticloadbalancing',
  bodies: 'messages',
  load: () => import('@aws-sdk/client-elastic-load-balancing-v2'),
  client: (sdk, config) => new sdk.ElasticLoadBalancingV2Client(config),
};

export const S3: AwsService<typeof S3Sdk> = {
  prefix: 's3',
  bodies: 'objects',
  load: () => import('@aws-sdk/client-s3'),
  // Path style only with an override: a bucket is no host name there.
  client: (sdk, config) =>
    new sdk.S3Client({
      ...config,
      forcePathStyle: config.endpoint !== undefined,
      requestChecksumCalculation: 'WHEN_REQUIRED',
    }),
};

export const RDS: AwsService<typeof RdsSdk> = {
  prefix: 'rds',
  bodies: 'messages',
  load: () => import('@aws-sdk/client-rds'),
  client: (sdk, config) => new sdk.RDSClient(config),
};

export const LAMBDA: AwsService<typeof LambdaSdk> = {
  prefix: 'lambda',
  bodies: 'messages',
  load: () => import('@aws-sdk/client-lambda'),
  client: (sdk, config) => new sdk.LambdaClient(config),
};

export const LOGS: AwsService<typeof CloudwatchLogsSdk> = {
  prefix: 'logs',
  bodies: 'messages',
  load: () => import('@aws-sdk/client-cloudwatch-logs'),
  client: (sdk, config) => new sdk.CloudWatchLogsClient(config),
};

export const CLOUDWATCH: AwsService<typeof CloudwatchSdk> = {
  prefix: 'cloudwatch',
  bodies: 'messages',
  load: () => import('@aws-sdk/client-cloudwatch'),
  client: (sdk, config) => new sdk.CloudWatchClient(config),
};

export const EKS: AwsService<typeof EksSdk> = {
  prefix: 'eks',
  bodies: 'messages',
  load: () => import('@aws-sdk/client-eks'),
  client: (sdk, config) => new sdk.EKSClient(config),
};

export const DYNAMODB: AwsService<typeof DynamodbSdk> = {
  prefix: 'dynamodb',
  bodies: 'messages',
  load: () => import('@aws-sdk/client-dynamodb'),
  client: (sdk, config) => new sdk.DynamoDBClient(config),
};

export const ELASTICACHE: AwsService<typeof ElasticacheSdk> = {
  prefix: 'elasticache',
  bodies: 'messages',
  load: () => import('@aws-sdk/client-elasticache'),
  client: (sdk, config) => new sdk.ElastiCacheClient(config),
};

export const COST_EXPLORER: AwsService<typeof CostExplorerSdk> = {
  prefix: 'ce',
  bodies: 'messages',
  home: 'us-east-1',
  load: () => import('@aws-sdk/client-cost-explorer'),
  client: (sdk, config) => new sdk.CostExplorerClient(config),
};

export const PRICING: AwsService<typeof PricingSdk> = {
  prefix: 'pricing',
  bodies: 'messages',
  home: 'us-east-1',
  load: () => import('@aws-sdk/client-pricing'),
  client: (sdk, config) => new sdk.PricingClient(config),
};

export const AUTOSCALING: AwsService<typeof AutoscalingSdk> = {
  prefix: 'autoscaling',
  bodies: 'messages',
  load: () => import('@aws-sdk/client-auto-scaling'),
  client: (sdk, config) => new sdk.AutoScalingClient(config),
};

export const CLASSIC_ELB: AwsService<typeof ElasticLoadBalancingSdk> = {
  prefix: 'elasticloadbalancing',
  name: 'elasticloadbalancing-classic',
  bodies: 'messages',
  load: () => import('@aws-sdk/client-elastic-load-balancing'),
  client: (sdk, config) => new sdk.ElasticLoadBalancingClient(config),
};

export const REDSHIFT: AwsService<typeof RedshiftSdk> = {
  prefix: 'redshift',
  bodies: 'messages',
  load: () => import('@aws-sdk/client-redshift'),
  client: (sdk, config) => new sdk.RedshiftClient(config),
};

export const OPENSEARCH: AwsService<typeof OpensearchSdk> = {
  prefix: 'es',
  bodies: 'messages',
  load: () => import('@aws-sdk/client-opensearch'),
  client: (sdk, config) => new sdk.OpenSearchClient(config),
};

export const KINESIS: AwsService<typeof KinesisSdk> = {
  prefix: 'kinesis',
  bodies: 'messages',
  load: () => import('@aws-sdk/client-kinesis'),
  client: (sdk, config) => new sdk.KinesisClient(config),
};

export const EMR: AwsService<typeof EmrSdk> = {
  prefix: 'elasticmapreduce',
  bodies: 'messages',
  load: () => import('@aws-sdk/client-emr'),
  client: (sdk, config) => new sdk.EMRClient(config),
};

export const ECS: AwsService<typeof EcsSdk> = {
  prefix: 'ecs',
  bodies: 'messages',
  load: () => import('@aws-sdk/client-ecs'),
  client: (sdk, config) => new sdk.ECSClient(config),
};

export const SAGEMAKER: AwsService<typeof SagemakerSdk> = {
  prefix: 'sagemaker',
  bodies: 'messages',
  load: () => import('@aws-sdk/client-sagemaker'),
  client: (sdk, config) => new sdk.SageMakerClient(config),
};

export const WORKSPACES: AwsService<typeof WorkspacesSdk> = {
  prefix: 'workspaces',
  bodies: 'messages',
  load: () => import('@aws-sdk/client-workspaces'),
  client: (sdk, config) => new sdk.WorkSpacesClient(config),
};

export const FSX: AwsService<typeof FsxSdk> = {
  prefix: 'fsx',
  bodies: 'messages',
  load: () => import('@aws-sdk/client-fsx'),
  client: (sdk, config) => new sdk.FSxClient(config),
};

export const ECR: AwsService<typeof EcrSdk> = {
  prefix: 'ecr',
  bodies: 'messages',
  load: () => import('@aws-sdk/client-ecr'),
  client: (sdk, config) => new sdk.ECRClient(config),
};

export const SECRETS: AwsService<typeof SecretsManagerSdk> = {
  prefix: 'secretsmanager',
  bodies: 'messages',
  load: () => import('@aws-sdk/client-secrets-manager'),
  client: (sdk, config) => new sdk.SecretsManagerClient(config),
};

export const KMS: AwsService<typeof KmsSdk> = {
  prefix: 'kms',
  bodies: 'messages',
  load: () => import('@aws-sdk/client-kms'),
  client: (sdk, config) => new sdk.KMSClient(config),
};

export const ROUTE53: AwsService<typeof Route53Sdk> = {
  prefix: 'route53',
  bodies: 'messages',
  home: 'us-east-1',
  load: () => import('@aws-sdk/client-route-53'),
  client: (sdk, config) => new sdk.Route53Client(config),
};

export const CLOUDTRAIL: AwsService<typeof CloudtrailSdk> = {
  prefix: 'cloudtrail',
  bodies: 'messages',
  load: () => import('@aws-sdk/client-cloudtrail'),
  client: (sdk, config) => new sdk.CloudTrailClient(config),
};

export const ATHENA: AwsService<typeof AthenaSdk> = {
  prefix: 'athena',
  bodies: 'messages',
  load: () => import('@aws-sdk/client-athena'),
  client: (sdk, config) => new sdk.AthenaClient(config),
};
