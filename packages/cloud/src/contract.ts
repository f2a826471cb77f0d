/**
 * The contract every cloud provider is reached through. Adapters know nothing of tenants,
 * databases or users; their callers know no provider by name. Everything an adapter throws is
 * a `CloudError`.
 */
import type { CloudProblem } from './errors.ts';
import type { Field, FieldOption, FieldValues } from './fields.ts';
import type {
  CostAnswer,
  CostDimension,
  CostExport,
  CostExportLocation,
  CostRequest,
  MetricDescriptor,
  MetricRequest,
  MetricSeries,
  PriceQuery,
  PriceQuote,
} from './observations.ts';
import type {
  CostEstimate,
  CreatableType,
  CreateRequest,
  CreateResult,
  OperationDescriptor,
  OperationRequest,
  OperationResult,
  Reconciliation,
  Rehearsal,
} from './operations.ts';
import type {
  AccessTemplate,
  AccessTemplateRequest,
  Feature,
  PermissionFinding,
  RequiredPermission,
} from './permissions.ts';
import type { Money, Resource, ResourceRef, ResourceState, ServiceDescriptor } from './resource.ts';

/** Time as adapters use it; tests shorten it. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /** Waits; rejects with the signal's reason when aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** Where adapters report; the shape of pino. Fields never hold secrets. */
export interface CloudLog {
  debug(fields: Record<string, unknown>, message: string): void;
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
}

/** Bounds of one connection. Absent members take the adapter's defaults. */
export interface ConnectionLimits {
  /** Requests under way at the same time, over all services and regions. Default 16. */
  readonly concurrency?: number;
  /** Largest number of items of one listing call; more is cut, logged and reported. Default 200,000. */
  readonly maxItems?: number;
  /** Milliseconds until one request is given up. Default 30,000. */
  readonly requestTimeoutMs?: number;
  /** Total time of retrying one call that is throttled or finds the provider failing, in ms. Default 180,000. */
  readonly retryForMs?: number;
  /** First and largest pause between retries, in ms; full jitter. Default 250 and 20,000. */
  readonly retryDelayMs?: { readonly first: number; readonly largest: number };
  /** First and largest pause between looks of {@link Connection.waitFor}, in ms. Default 2,000 and 15,000. */
  readonly pollDelayMs?: { readonly first: number; readonly largest: number };
}

/** How to reach the provider. */
export interface ConnectOptions {
  /** Base URL that replaces the provider's endpoints, e.g. of a simulator. */
  readonly endpoint?: string;
  readonly clock?: Clock;
  readonly log?: CloudLog;
  /** Ends every call of the connection. */
  readonly signal?: AbortSignal;
  readonly limits?: ConnectionLimits;
  /** What the account pays by SKU, where it differs from the provider's {@link Provider.priceList}. */
  readonly priceList?: Readonly<Record<string, Money>>;
}

/** One way to prove who we are to a provider, as data for a form. */
export interface CredentialMethod {
  readonly id: string;
  /** English; user interfaces translate by id. */
  readonly label: string;
  readonly help?: string;
  readonly fields: readonly Field[];
  /** Uses what the server's own environment offers: only its operator may allow it. */
  readonly ambient?: boolean;
}

/** Credentials as a form gave them. `method` is the id of a {@link CredentialMethod}. */
export interface Credentials {
  readonly method: string;
  readonly values: Readonly<Record<string, string>>;
}

/** Who we are at the provider. */
export interface Identity {
  /** Account, subscription, project or tenant id. */
  readonly accountId: string;
  /** Id of the acting user or role in the provider's notation. */
  readonly principal: string;
  /** Name a person gave the account, where it can be read. */
  readonly alias?: string;
}

/** A region open to the account. */
export interface Region {
  readonly id: string;
  /** The provider's name of the place, English. */
  readonly label: string;
}

/** What to list: one service in one region. */
export interface ListRequest {
  readonly service: string;
  /** Region id, or `global` for a global service. */
  readonly region: string;
  /** Only these resource types; all of the service when absent. */
  readonly types?: readonly string[];
  readonly signal?: AbortSignal;
}

/**
 * A step of a listing. For each asked type there are any number of `batch` and exactly one
 * `end`. A denied or failed type ends with its problem and leaves the others alone; resources
 * may be taken for vanished only after an `end` with `complete: true`. Batches may repeat a
 * resource that moved between pages; the later one counts.
 */
export type ListEvent =
  | { readonly kind: 'batch'; readonly type: string; readonly resources: readonly Resource[] }
  | {
      readonly kind: 'end';
      readonly type: string;
      readonly complete: boolean;
      readonly count: number;
      readonly problem?: CloudProblem;
    };

/** What to wait for. */
export interface WaitRequest {
  readonly resource: ResourceRef;
  /** Wanted states; `deleted` is also met when the provider no longer knows the resource. */
  readonly states: readonly ResourceState[];
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /** Called for each look, also the last. */
  readonly onLook?: (state: ResourceState, raw: string | undefined) => void;
}

/** Credentials in use: every call goes to one account of one provider. Safe for concurrent use. */
export interface Connection {
  readonly provider: string;
  readonly services: readonly ServiceDescriptor[];
  readonly operations: readonly OperationDescriptor[];
  readonly creatables: readonly CreatableType[];
  readonly metricTypes: readonly MetricDescriptor[];
  /** The finest groups by which {@link costs} answers the days of a whole bill. Absent: service and region. */
  readonly costGroups?: readonly CostDimension[];
  /** Ids that differ in casing alone name one resource; `Resource.nativeId` is lower case, a bill's id may not be. */
  readonly idsIgnoreCase?: boolean;
  /** What exports of bills call this account, where it is not {@link Identity.accountId}. */
  readonly billedAs?: readonly string[];

  /** Proves the credentials and tells whose they are. */
  identity(signal?: AbortSignal): Promise<Identity>;
  /** Regions the account may use, disabled ones left out. */
  regions(signal?: AbortSignal): Promise<readonly Region[]>;
  /** Finds out which permissions are there without changing anything. Never throws for a missing one. */
  probe(options?: {
    readonly features?: readonly Feature[];
    readonly region?: string;
    readonly signal?: AbortSignal;
  }): Promise<readonly PermissionFinding[]>;

  /** Lists one service in one region as it arrives. Throws only for an unknown service and when aborted. */
  list(request: ListRequest): AsyncIterable<ListEvent>;
  /** Reads one resource now. Throws `not_found` when it is gone. */
  inspect(resource: ResourceRef, signal?: AbortSignal): Promise<Resource>;

  /** Acts on a resource. Asked again with the same token it does nothing twice. */
  operate(request: OperationRequest): Promise<OperationResult>;
  /**
   * What would take an operation back, learnt before it is done and without acting: a journal writes it down first,
   * so that it is known also when the answer is lost.
   */
  rehearse(request: OperationRequest): Promise<Rehearsal>;
  /** Whether an operation happened, when its answer was lost. */
  reconcileOperation(request: OperationRequest): Promise<Reconciliation>;
  /** Looks until the resource is in a wanted state; throws `unavailable` at the time-out, `conflict_state` when it failed. */
  waitFor(request: WaitRequest): Promise<Resource | undefined>;

  /** Choices of a picker field, from the account. `input` holds what the form has so far. */
  options(request: {
    readonly creatable: string;
    readonly field: string;
    readonly region: string;
    readonly input: FieldValues;
    readonly signal?: AbortSignal;
  }): Promise<readonly FieldOption[]>;
  /** List price per month of what the input would create. */
  estimate(request: {
    readonly creatable: string;
    readonly region: string;
    readonly input: FieldValues;
    readonly signal?: AbortSignal;
  }): Promise<CostEstimate>;
  /** Creates. A failure half way carries what exists in `CloudError.leftovers`. */
  create(request: CreateRequest): Promise<CreateResult>;
  /** Whether a creation happened, when its answer was lost. */
  reconcileCreate(request: CreateRequest): Promise<Reconciliation>;

  /** Reads metrics, in the fewest calls the provider allows. One series per target, in their order. */
  metrics(request: MetricRequest): Promise<readonly MetricSeries[]>;
  /** Asks the provider's cost service; may cost money, so cache by day. */
  costs(request: CostRequest): Promise<CostAnswer>;
  /** Newest delivery of each export and billing period under a prefix. */
  costExports(location: CostExportLocation, signal?: AbortSignal): Promise<readonly CostExport[]>;
  /** Streams one file of an export as stored. */
  readCostExport(
    location: CostExportLocation,
    key: string,
    signal?: AbortSignal,
  ): Promise<AsyncIterable<Uint8Array>>;
  /** List prices, in the queries' order; undefined where neither the provider nor the table knows. */
  prices(queries: readonly PriceQuery[], signal?: AbortSignal): Promise<readonly (PriceQuote | undefined)[]>;

  /** Frees sockets and clients; the connection is of no use after it. */
  close(): void;
}

/** A cloud provider. */
export interface Provider {
  readonly id: string;
  readonly label: string;
  /** ProviderName in the provider's own FOCUS bills. */
  readonly billName: string;
  readonly credentialMethods: readonly CredentialMethod[];
  readonly services: readonly ServiceDescriptor[];
  readonly operations: readonly OperationDescriptor[];
  readonly creatables: readonly CreatableType[];
  readonly metricTypes: readonly MetricDescriptor[];
  /** List prices of what the provider bills by seat and tells no prices for: organizations may enter their own. */
  readonly priceList?: {
    /** YYYY-MM-DD */
    readonly asOf: string;
    readonly items: readonly {
      readonly sku: string;
      readonly label: string;
      /** `seat-month` */
      readonly unit: string;
      readonly price: Money;
    }[];
  };
  /** Every permission CloudAtlas may use, with what for. */
  readonly permissions: readonly RequiredPermission[];
  /** Least-privilege texts to copy for the chosen features. */
  accessTemplates(request: AccessTemplateRequest): readonly AccessTemplate[];
  /** Checks the credentials' form only; the first call proves them. Throws `invalid_input`. */
  connect(credentials: Credentials, options?: ConnectOptions): Connection;
}
