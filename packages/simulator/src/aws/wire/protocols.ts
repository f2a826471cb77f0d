import { MalformedRequest } from './aws-error.ts';
import type { WireRequest } from './http-request.ts';
import { readPlain, writePlain, type PlainOptions } from './json-codec.ts';
import { readForm } from './query-reader.ts';
import { isBound, readBindings, RestRouter, writeHeaders } from './rest.ts';
import { decodeCbor, encodeCbor, readXml } from './sdk-schemas.ts';
import type { Member, OperationModel, Protocol, ServiceModel } from './shapes.ts';
import { escapeXml, writeDocument, writeMembers } from './xml-writer.ts';

/** An answer ready to be sent. */
export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** The operation a request asks for. `operation` is undefined when the model doesn't know the name. */
export interface OperationCall {
  readonly protocol: Protocol;
  readonly name: string;
  readonly operation: OperationModel | undefined;
  readonly labels: Readonly<Record<string, string>>;
}

const JSON_RPC: PlainOptions = { jsonName: false, binary: false };
const REST_JSON: PlainOptions = { jsonName: true, binary: false };
const CBOR: PlainOptions = { jsonName: false, binary: true };

const routers = new WeakMap<ServiceModel, RestRouter>();

function routerOf(model: ServiceModel): RestRouter {
  let router = routers.get(model);
  if (!router) routers.set(model, (router = new RestRouter(model)));
  return router;
}

function formOf(request: WireRequest): URLSearchParams {
  const isForm = request.headers['content-type']?.includes('application/x-www-form-urlencoded') === true;
  return isForm ? new URLSearchParams(request.body.toString('utf8')) : request.query;
}

/**
 * The protocol a request is written in. Clients of other languages may choose another protocol than the
 * JavaScript SDK (query or CBOR for CloudWatch), so the request decides, not the model alone.
 */
export function detectProtocol(model: ServiceModel, request: WireRequest): Protocol {
  if (request.headers['smithy-protocol'] === 'rpc-v2-cbor') return 'rpcv2Cbor';
  if (request.headers['x-amz-target'] !== undefined) {
    return request.headers['content-type']?.includes('json-1.0') ? 'awsJson1_0' : 'awsJson1_1';
  }
  if (model.protocol === 'ec2Query' || model.protocol === 'awsQuery') return model.protocol;
  if (model.protocol === 'awsJson1_0' || model.protocol === 'awsJson1_1') {
    return formOf(request).has('Action') ? 'awsQuery' : model.protocol;
  }
  return model.protocol;
}

/** Finds the operation a request asks for; the name is empty when the request names none. */
export function identify(model: ServiceModel, request: WireRequest): OperationCall {
  const protocol = detectProtocol(model, request);
  const named = (name: string): OperationCall => ({
    protocol,
    name,
    operation: model.operations.get(name),
    labels: {},
  });
  switch (protocol) {
    case 'rpcv2Cbor':
      return named(/\/operation\/(\w+)\/?$/.exec(request.rawPath)?.[1] ?? '');
    case 'awsJson1_0':
    case 'awsJson1_1':
      return named(request.headers['x-amz-target']?.split('.').pop() ?? '');
    case 'ec2Query':
    case 'awsQuery':
      return named(formOf(request).get('Action') ?? '');
    default: {
      const match = routerOf(model).match(request);
      if (!match) return named('');
      return { protocol, name: match.operation.name, operation: match.operation, labels: match.labels };
    }
  }
}

function parseJson(body: Buffer): unknown {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    throw new MalformedRequest('the body is not valid JSON');
  }
}

function guard<T>(what: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof MalformedRequest) throw error;
    throw new MalformedRequest(`the body is not valid ${what}`);
  }
}

function readPayload(member: Member, request: WireRequest, xml: boolean): unknown {
  const { shape } = member;
  if (shape.kind === 'blob') return request.body;
  if (shape.kind === 'string') return request.body.toString('utf8');
  if (request.body.length === 0) return undefined;
  if (xml) return guard('XML', () => readXml(shape, request.body));
  return readPlain(shape, parseJson(request.body), REST_JSON);
}

function readRest(
  operation: OperationModel,
  request: WireRequest,
  call: OperationCall,
): Record<string, unknown> {
  const { input: shape } = operation;
  const input = readBindings(shape, request, call.labels);
  const xml = call.protocol === 'restXml';
  const payload = shape.members.find((m) => m.traits.httpPayload);
  if (payload) {
    const value = readPayload(payload, request, xml);
    if (value !== undefined) input[payload.name] = value;
    return input;
  }
  if (request.body.length === 0 || !shape.members.some((m) => !isBound(m))) return input;
  const body = xml
    ? guard('XML', () => readXml(shape, request.body))
    : readPlain(shape, parseJson(request.body), REST_JSON);
  return { ...(body as Record<string, unknown>), ...input };
}

/**
 * Reads the input of an operation.
 * @throws MalformedRequest
 */
export function readInput(
  call: OperationCall,
  operation: OperationModel,
  request: WireRequest,
): Record<string, unknown> {
  const shape = operation.input;
  switch (call.protocol) {
    case 'ec2Query':
    case 'awsQuery':
      return readForm(shape, formOf(request), call.protocol);
    case 'awsJson1_0':
    case 'awsJson1_1':
      return shape.kind === 'unit'
        ? {}
        : (readPlain(shape, parseJson(request.body), JSON_RPC) as Record<string, unknown>);
    case 'rpcv2Cbor': {
      if (shape.kind === 'unit' || request.body.length === 0) return {};
      return readPlain(
        shape,
        guard('CBOR', () => decodeCbor(request.body)),
        CBOR,
      ) as Record<string, unknown>;
    }
    default:
      return shape.kind === 'unit' ? {} : readRest(operation, request, call);
  }
}

const XML_TYPE = { 'content-type': 'text/xml;charset=UTF-8' };

function writeForm(
  model: ServiceModel,
  call: OperationCall,
  operation: OperationModel,
  output: unknown,
  requestId: string,
): WireResponse {
  const { output: shape } = operation;
  const name = operation.name;
  if (call.protocol === 'ec2Query') {
    const fields = shape.kind === 'unit' ? '<return>true</return>' : writeMembers(shape, output);
    // EC2's namespace ends in a slash on the wire though the model's does not.
    const xmlns = model.xmlNamespace.endsWith('/') ? model.xmlNamespace : `${model.xmlNamespace}/`;
    const body = `<?xml version="1.0" encoding="UTF-8"?>\n<${name}Response xmlns="${xmlns}"><requestId>${requestId}</requestId>${fields}</${name}Response>`;
    return { status: 200, headers: XML_TYPE, body };
  }
  const result = shape.kind === 'unit' ? '' : `<${name}Result>${writeMembers(shape, output)}</${name}Result>`;
  const body = `<${name}Response xmlns="${model.xmlNamespace}">${result}<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${name}Response>`;
  return { status: 200, headers: { 'content-type': 'text/xml' }, body };
}

function isBytesOrText(value: unknown): value is string | Uint8Array {
  return typeof value === 'string' || value instanceof Uint8Array;
}

/** The one S3 answer whose root element holds the value itself; it is empty for us-east-1. */
function writeLocation(model: ServiceModel, output: Record<string, unknown>): string {
  const location = output['LocationConstraint'];
  const text = typeof location === 'string' ? escapeXml(location) : '';
  return `<?xml version="1.0" encoding="UTF-8"?>\n<LocationConstraint xmlns="${model.xmlNamespace}">${text}</LocationConstraint>`;
}

function writeRest(
  model: ServiceModel,
  call: OperationCall,
  operation: OperationModel,
  output: Record<string, unknown>,
): WireResponse {
  const { output: shape } = operation;
  const status = operation.http?.[2] ?? 200;
  const xml = call.protocol === 'restXml';
  const type = { 'content-type': xml ? 'application/xml' : 'application/json' };
  if (shape.kind === 'unit') return { status, headers: {}, body: xml ? '' : '{}' };
  const headers = writeHeaders(shape, output);
  const code = shape.members.find((m) => m.traits.httpResponseCode);
  const given = code ? output[code.name] : undefined;
  const finalStatus = typeof given === 'number' ? given : status;
  const payload = shape.members.find((m) => m.traits.httpPayload);
  if (payload) {
    const value = output[payload.name];
    if (value === undefined || value === null) return { status: finalStatus, headers, body: '' };
    if (isBytesOrText(value)) {
      return {
        status: finalStatus,
        headers: { 'content-type': 'application/octet-stream', ...headers },
        body: value,
      };
    }
    const body = xml
      ? writeDocument(payload.shape, value, payload.traits.xmlName ?? payload.shape.name, model.xmlNamespace)
      : JSON.stringify(writePlain(payload.shape, value, REST_JSON));
    return { status: finalStatus, headers: { ...type, ...headers }, body };
  }
  const inBody = (member: Member): boolean => !isBound(member);
  if (operation.name === 'GetBucketLocation')
    return { status, headers: { ...type, ...headers }, body: writeLocation(model, output) };
  if (!shape.members.some(inBody)) {
    // S3 says nothing; Route 53 answers with its empty element.
    const bare = model.xmlNamespace.includes('s3.amazonaws')
      ? ''
      : writeDocument(shape, {}, shape.name, model.xmlNamespace);
    if (xml) return { status: finalStatus, headers: bare ? { ...type, ...headers } : headers, body: bare };
    return { status: finalStatus, headers, body: finalStatus === 204 ? '' : '{}' };
  }
  const body = xml
    ? writeDocument(shape, output, shape.traits.xmlName ?? shape.name, model.xmlNamespace, inBody)
    : JSON.stringify(writePlain(shape, output, REST_JSON, inBody));
  return { status: finalStatus, headers: { ...type, ...headers }, body };
}

/** Writes the success answer of an operation in the caller's protocol. */
export function writeOutput(
  model: ServiceModel,
  call: OperationCall,
  operation: OperationModel,
  output: Record<string, unknown>,
  requestId: string,
): WireResponse {
  switch (call.protocol) {
    case 'ec2Query':
    case 'awsQuery':
      return writeForm(model, call, operation, output, requestId);
    case 'awsJson1_0':
    case 'awsJson1_1': {
      const type = `application/x-amz-json-${call.protocol === 'awsJson1_0' ? '1.0' : '1.1'}`;
      const body =
        operation.output.kind === 'unit'
          ? '{}'
          : JSON.stringify(writePlain(operation.output, output, JSON_RPC));
      return { status: 200, headers: { 'content-type': type }, body };
    }
    case 'rpcv2Cbor':
      return {
        status: 200,
        headers: { 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor' },
        body: encodeCbor(writePlain(operation.output, output, CBOR)),
      };
    default:
      return writeRest(model, call, operation, output);
  }
}
