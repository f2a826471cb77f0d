import type {
  ServiceReader as SharedServiceReader,
  TypeReader as SharedTypeReader,
} from '../shared/model.ts';
import type { AwsSession } from './session.ts';

/** Where a listing or a call runs, and for whom. */
export interface Scope {
  readonly session: AwsSession;
  readonly accountId: string;
  /** `aws`, `aws-cn`, `aws-us-gov`. */
  readonly partition: string;
  readonly region: string;
  readonly signal?: AbortSignal | undefined;
}

/** How one resource type is read. */
export type TypeReader = SharedTypeReader<Scope>;
/** A group of types that is listed together. */
export type ServiceReader = SharedServiceReader<Scope>;

/** `arn:partition:service:region:account:resource` (IAM User Guide, "Amazon Resource Names"). */
export function arn(scope: Scope, service: string, resource: string): string {
  return `arn:${scope.partition}:${service}:${scope.region}:${scope.accountId}:${resource}`;
}

/** ARN of an EC2 object of this account and region. */
export function ec2Arn(scope: Scope, kind: string, id: string): string {
  return arn(scope, 'ec2', `${kind}/${id}`);
}
