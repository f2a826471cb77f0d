import type { Principal } from './auth/identity.ts';
import type { AccessQuery } from './auth/policy.ts';
import type { FaultSet } from '../control/faults.ts';
import type { SeededRandom } from '../random.ts';
import type { Account, StoreDefinition, World } from './world.ts';
import type { WireRequest } from './wire/http-request.ts';

/** What a handler knows about the request it serves. */
export interface RequestContext {
  readonly world: World;
  readonly account: Account;
  /** The signing region; for global services whatever the client signed with. */
  readonly region: string;
  readonly principal: Principal;
  /** IAM prefix of the service, e.g. `ec2`. */
  readonly service: string;
  readonly operation: string;
  readonly requestId: string;
  /** Simulated time at the start of the request, milliseconds since the epoch. */
  readonly now: number;
  readonly random: SeededRandom;
  readonly faults: FaultSet;
  /** The raw request, for what the model doesn't carry. */
  readonly http: WireRequest;
  /** Status and headers a handler may set on its success answer (206, ETag …). */
  readonly response: { status?: number; headers: Record<string, string> };

  /** The state of a service in the caller's account and region. */
  store<T>(definition: StoreDefinition<T>): T;
  /** A new id: `newId('i')` is `i-0` and 16 more hexadecimal digits. */
  newId(prefix: string): string;
  /** Whether the caller may do `action` (`ec2:StopInstances`) on a resource ARN; no error. */
  can(action: string, resource: string, keys?: AccessQuery['context']): boolean;
  /** Like {@link can}, but throws the denial in the protocol's own words. */
  authorize(action: string, resource: string, keys?: AccessQuery['context']): void;
  /** False while the fault "eventual consistency" hides an object created at that simulated time. */
  isVisible(createdAt: number): boolean;
}

/** An output in SDK types: what the SDK adds on the client side is not ours to give. */
export type Output<T> = Omit<T, '$metadata'>;

/**
 * One operation of a simulated service. Input and output are the SDK's types; blobs come as `Uint8Array`
 * and may be returned as bytes or text. Refusals are thrown as `AwsError`.
 */
export type Handler = (input: never, context: RequestContext) => unknown;

/** A simulated service: its operations, and how its permissions are named. */
export interface ServiceDefinition {
  /** IAM prefix, e.g. `elasticloadbalancing`. */
  readonly iamPrefix: string;
  readonly handlers: Readonly<Record<string, Handler>>;
  /** IAM action names that differ from the operation's (S3: `ListObjectsV2` → `ListBucket`). */
  readonly actionNames?: Readonly<Record<string, string>>;
  /** Operations that need no permission, e.g. GetCallerIdentity. */
  readonly openOperations?: ReadonlySet<string>;
  /**
   * ARNs (with their condition keys) an operation acts on, checked before the handler runs. Without it,
   * or when it returns an empty list, the resource is `*`.
   */
  resources?(
    operation: string,
    input: Readonly<Record<string, unknown>>,
    context: RequestContext,
  ): readonly ResourceRef[];
}

export interface ResourceRef {
  readonly arn: string;
  /** Condition keys in lower case, e.g. `{ 'aws:resourcetag/env': 'prod' }`. */
  readonly keys?: AccessQuery['context'];
}
