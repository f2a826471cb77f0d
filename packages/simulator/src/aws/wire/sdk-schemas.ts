import { XmlCodec } from '@aws-sdk/core/protocols';
import { cbor, tag } from '@smithy/core/cbor';
import { NormalizedSchema } from '@smithy/core/schema';
import type {
  ErrorModel,
  Member,
  OperationModel,
  Protocol,
  ServiceModel,
  Shape,
  ShapeKind,
  TimestampFormat,
  Traits,
} from './shapes.ts';

/*
 * The only file that touches internals of the AWS SDK for JavaScript: the operation schemas each client
 * exports as `<Operation>$`, the client's protocol settings, and the XML and CBOR codecs. All of it is
 * pinned by exact versions and by `sdk-schemas.test.ts`, which fails loudly when an upgrade changes it.
 */

/** The runtime exports of an `@aws-sdk/client-*` package. */
export type SdkModule = Readonly<Record<string, unknown>>;

type Ref = Parameters<typeof NormalizedSchema.of>[0];
type XmlSchema = Parameters<ReturnType<XmlCodec['createDeserializer']>['read']>[0];
type StaticSchema = readonly unknown[];

const OPERATION = 9;
const ERROR = -3;
const NO_MEMBERS: readonly Member[] = [];
const shapes = new WeakMap<object, Shape>();
const simpleShapes = new Map<unknown, Shape>();
const refs = new WeakMap<Shape, Ref>();

const TIMESTAMP_FORMATS: Readonly<Record<number, TimestampFormat>> = {
  5: 'date-time',
  6: 'http-date',
  7: 'epoch-seconds',
};

function kindOf(ns: NormalizedSchema): ShapeKind {
  if (ns.isUnitSchema()) return 'unit';
  if (ns.isUnionSchema()) return 'union';
  if (ns.isStructSchema()) return 'struct';
  if (ns.isListSchema()) return 'list';
  if (ns.isMapSchema()) return 'map';
  if (ns.isTimestampSchema()) return 'timestamp';
  if (ns.isBlobSchema()) return 'blob';
  if (ns.isBooleanSchema()) return 'boolean';
  if (ns.isNumericSchema()) return 'number';
  if (ns.isBigIntegerSchema()) return 'bigint';
  if (ns.isBigDecimalSchema()) return 'bigdecimal';
  if (ns.isDocumentSchema()) return 'document';
  return 'string';
}

function toMember(name: string, ns: NormalizedSchema): Member {
  return { name, traits: ns.getMergedTraits(), shape: toShape(ns) };
}

/** A shape whose children are resolved on first use, since models are recursive. */
class LazyShape implements Shape {
  readonly kind: ShapeKind;
  readonly name: string;
  readonly traits: Traits;
  readonly timestampFormat: TimestampFormat | undefined;
  readonly requiredCount: number;
  readonly #ns: NormalizedSchema;
  #members: readonly Member[] | undefined;
  #item: Member | undefined;
  #key: Member | undefined;

  constructor(ns: NormalizedSchema) {
    this.#ns = ns;
    this.kind = kindOf(ns);
    this.name = ns.getName() ?? '';
    this.traits = ns.getOwnTraits();
    const raw: unknown = ns.getSchema();
    this.timestampFormat = typeof raw === 'number' ? TIMESTAMP_FORMATS[raw] : undefined;
    this.requiredCount = Array.isArray(raw) && typeof raw[6] === 'number' ? raw[6] : 0;
  }

  get members(): readonly Member[] {
    if (this.kind !== 'struct' && this.kind !== 'union') return NO_MEMBERS;
    this.#members ??= [...this.#ns.structIterator()].map(([name, ns]) => toMember(name, ns));
    return this.#members;
  }

  get item(): Member {
    this.#item ??= toMember('member', this.#ns.getValueSchema());
    return this.#item;
  }

  get key(): Member {
    this.#key ??= toMember('key', this.#ns.getKeySchema());
    return this.#key;
  }

  get value(): Member {
    return this.item;
  }
}

function toShape(ns: NormalizedSchema): Shape {
  const raw: unknown = ns.getSchema();
  const isObject = typeof raw === 'object' && raw !== null;
  const known = isObject ? shapes.get(raw) : simpleShapes.get(raw);
  if (known) return known;
  const shape = new LazyShape(ns);
  refs.set(shape, (isObject ? raw : ns) as Ref);
  if (isObject) shapes.set(raw, shape);
  else simpleShapes.set(raw, shape);
  return shape;
}

function isSchema(value: unknown, kind: number): value is StaticSchema {
  return Array.isArray(value) && value[0] === kind;
}

function isOperation(value: unknown): value is StaticSchema {
  return isSchema(value, OPERATION) && typeof value[4] === 'function' && typeof value[5] === 'function';
}

function readOperation(schema: StaticSchema): OperationModel {
  const traits = schema[3];
  const http =
    typeof traits === 'object' && traits !== null
      ? (traits as { http?: OperationModel['http'] }).http
      : undefined;
  const model = {
    name: String(schema[2]),
    input: toShape(NormalizedSchema.of((schema[4] as () => Ref)())),
    output: toShape(NormalizedSchema.of((schema[5] as () => Ref)())),
  };
  return http ? { ...model, http } : model;
}

/**
 * Code and status of a modelled error. The JSON-RPC services answer 400 or 500 whatever `httpError` says;
 * all others follow the model.
 */
function readError(schema: StaticSchema, protocol: Protocol): ErrorModel {
  const shape = toShape(NormalizedSchema.of(schema as unknown as Ref));
  const traits = NormalizedSchema.of(schema as unknown as Ref).getMergedTraits() as {
    awsQueryError?: [string, number];
    httpError?: number;
    error?: string;
  };
  const className = String(schema[2]);
  const general = traits.error === 'server' ? 500 : 400;
  const modelled = protocol.startsWith('awsJson') ? general : (traits.httpError ?? general);
  const [code, status] = traits.awsQueryError ?? [className, modelled];
  return { className, code, status, shape };
}

interface ClientConfig {
  readonly protocol: { getShapeId(): string };
  readonly protocolSettings: {
    readonly xmlNamespace?: string;
    readonly version?: string;
    readonly serviceTarget?: string;
    readonly awsQueryCompatible?: boolean;
  };
}

type ClientClass = new (config: object) => { readonly config: ClientConfig };

function findClient(sdk: SdkModule): ClientClass {
  for (const [name, value] of Object.entries(sdk)) {
    if (/^[A-Z]\w*Client$/.test(name) && typeof value === 'function') return value as ClientClass;
  }
  throw new Error('the module exports no SDK client');
}

/**
 * Reads protocol, operations and errors of a service from its SDK client package.
 * Throws when the package is of a generation without exported schemas.
 */
export function readServiceModel(sdk: SdkModule): ServiceModel {
  const Client = findClient(sdk);
  const { config } = new Client({
    region: 'us-east-1',
    credentials: { accessKeyId: 'model', secretAccessKey: 'model' },
  });
  const protocol = config.protocol.getShapeId().replace('aws.protocols#', '') as Protocol;
  const operations = new Map<string, OperationModel>();
  const errors = new Map<string, ErrorModel>();
  for (const exported of Object.values(sdk)) {
    if (isOperation(exported)) {
      const operation = readOperation(exported);
      operations.set(operation.name, operation);
    } else if (isSchema(exported, ERROR)) {
      const error = readError(exported, protocol);
      errors.set(error.className, error);
      if (!errors.has(error.code)) errors.set(error.code, error);
    }
  }
  if (operations.size === 0) throw new Error('the SDK client exports no operation schemas');
  const settings = config.protocolSettings;
  return {
    protocol,
    xmlNamespace: settings.xmlNamespace ?? '',
    version: settings.version ?? '',
    target: settings.serviceTarget ?? '',
    queryCompatible: settings.awsQueryCompatible === true,
    operations,
    errors,
  };
}

/** Parses an XML document into the value of `shape`; throws on markup that is not well formed. */
export function readXml(shape: Shape, body: Uint8Array): unknown {
  const ref = refs.get(shape);
  if (!ref) throw new Error(`shape ${shape.name} has no schema`);
  const codec = new XmlCodec({
    xmlNamespace: '',
    serviceNamespace: '',
    timestampFormat: { useTrait: true, default: 5 },
  });
  return codec.createDeserializer().read(ref as XmlSchema, body);
}

/** Decodes a CBOR value; throws on malformed input. Tagged times arrive as `Date`. */
export function decodeCbor(body: Uint8Array): unknown {
  return cbor.deserialize(body);
}

/** Encodes plain data as CBOR; `Date` becomes tag 1 (epoch seconds). */
export function encodeCbor(value: unknown): Uint8Array {
  return cbor.serialize(tagDates(value));
}

function tagDates(value: unknown): unknown {
  if (value instanceof Date) return tag({ tag: 1, value: value.getTime() / 1000 });
  if (value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return value.map(tagDates);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, v]) => v !== undefined)
        .map(([k, v]) => [k, tagDates(v)]),
    );
  }
  return value;
}
