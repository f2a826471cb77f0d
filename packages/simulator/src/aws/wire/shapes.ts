/** The kinds of value a modelled shape can hold. */
export type ShapeKind =
  | 'struct'
  | 'union'
  | 'list'
  | 'map'
  | 'string'
  | 'number'
  | 'bigint'
  | 'bigdecimal'
  | 'boolean'
  | 'timestamp'
  | 'blob'
  | 'document'
  | 'unit';

/** How a timestamp is written when the model pins it; otherwise the protocol's default holds. */
export type TimestampFormat = 'date-time' | 'http-date' | 'epoch-seconds';

/** The Smithy traits the wire code looks at. Everything else is carried but ignored. */
export interface Traits {
  readonly ec2QueryName?: string;
  readonly xmlName?: string;
  readonly xmlFlattened?: 1;
  readonly xmlAttribute?: 1;
  readonly xmlNamespace?: readonly [string, string];
  readonly jsonName?: string;
  readonly httpLabel?: 1;
  readonly httpQuery?: string;
  readonly httpQueryParams?: 1;
  readonly httpHeader?: string;
  readonly httpPrefixHeaders?: string;
  readonly httpPayload?: 1;
  readonly httpResponseCode?: 1;
  readonly streaming?: 1;
  readonly [trait: string]: unknown;
}

/** A member of a structure, or the element of a list or map: its name, its own traits and its target. */
export interface Member {
  readonly name: string;
  /** Traits of the member merged over those of the target. */
  readonly traits: Traits;
  readonly shape: Shape;
}

/** A modelled type, as plain data. `members`, `item`, `key` and `value` exist for the kinds that have them. */
export interface Shape {
  readonly kind: ShapeKind;
  /** Short model name, e.g. `DescribeInstancesRequest`. */
  readonly name: string;
  readonly traits: Traits;
  readonly timestampFormat?: TimestampFormat | undefined;
  readonly members: readonly Member[];
  /** The first this many members are required. */
  readonly requiredCount: number;
  readonly item?: Member;
  readonly key?: Member;
  readonly value?: Member;
}

/** Protocol families of AWS, by the short name of the Smithy protocol trait. */
export type Protocol =
  | 'ec2Query'
  | 'awsQuery'
  | 'awsJson1_0'
  | 'awsJson1_1'
  | 'restJson1'
  | 'restXml'
  | 'rpcv2Cbor';

/** One modelled operation. */
export interface OperationModel {
  readonly name: string;
  readonly input: Shape;
  readonly output: Shape;
  /** Method, path template with literal query, success status; only on REST protocols. */
  readonly http?: readonly [method: string, template: string, status: number];
}

/** One modelled error: wire code and status are what the service sends. */
export interface ErrorModel {
  readonly className: string;
  readonly code: string;
  readonly status: number;
  readonly shape: Shape;
}

/** All the wire layer needs to know about a service, read from the SDK client. */
export interface ServiceModel {
  /** The protocol the JavaScript client speaks. */
  readonly protocol: Protocol;
  readonly xmlNamespace: string;
  readonly version: string;
  /** Prefix of `X-Amz-Target`. */
  readonly target: string;
  /** True when the JSON service also answers query clients and sends `x-amzn-query-error`. */
  readonly queryCompatible: boolean;
  readonly operations: ReadonlyMap<string, OperationModel>;
  /** Errors by class name and by wire code. */
  readonly errors: ReadonlyMap<string, ErrorModel>;
}
