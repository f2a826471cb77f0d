import type { AwsError } from './aws-error.ts';
import { writePlain } from './json-codec.ts';
import type { WireResponse } from './protocols.ts';
import { encodeCbor } from './sdk-schemas.ts';
import type { Protocol, ServiceModel } from './shapes.ts';
import type { AuthProblem } from './sigv4.ts';
import { escapeXml, writeMembers } from './xml-writer.ts';

/** The dialects in which AWS words its general errors. */
type Dialect = 'ec2' | 'query' | 'json' | 'restJson' | 's3';

/** Situations every service knows but words in its own way. */
export type GeneralProblem =
  | AuthProblem
  | 'denied'
  | 'throttled'
  | 'malformed'
  | 'unknownOperation'
  | 'internal';

type Wording = readonly [code: string, status: number];

function dialectOf(protocol: Protocol): Dialect {
  switch (protocol) {
    case 'ec2Query':
      return 'ec2';
    case 'awsQuery':
      return 'query';
    case 'restJson1':
      return 'restJson';
    case 'restXml':
      return 's3';
    default:
      return 'json';
  }
}

const INVALID_SIGNATURE: Wording = ['InvalidSignatureException', 400];

const WORDINGS: Readonly<Record<Dialect, Readonly<Record<GeneralProblem, Wording>>>> = {
  ec2: {
    missing: ['MissingParameter', 400],
    incomplete: ['AuthFailure', 401],
    badQuery: ['AuthFailure', 401],
    oldSignature: ['AuthFailure', 401],
    unknownKey: ['AuthFailure', 401],
    badSignature: ['AuthFailure', 401],
    bodyMismatch: ['AuthFailure', 401],
    badToken: ['AuthFailure', 401],
    skewed: ['RequestExpired', 400],
    presignedExpired: ['RequestExpired', 400],
    expiredToken: ['RequestExpired', 400],
    denied: ['UnauthorizedOperation', 403],
    throttled: ['RequestLimitExceeded', 503],
    malformed: ['InvalidParameterValue', 400],
    unknownOperation: ['InvalidAction', 400],
    internal: ['InternalError', 500],
  },
  query: {
    missing: ['MissingAuthenticationToken', 403],
    incomplete: ['IncompleteSignature', 400],
    badQuery: ['IncompleteSignature', 400],
    oldSignature: ['IncompleteSignature', 400],
    unknownKey: ['InvalidClientTokenId', 403],
    badSignature: ['SignatureDoesNotMatch', 403],
    bodyMismatch: ['SignatureDoesNotMatch', 403],
    badToken: ['InvalidClientTokenId', 403],
    skewed: ['SignatureDoesNotMatch', 403],
    presignedExpired: ['SignatureDoesNotMatch', 403],
    expiredToken: ['ExpiredToken', 403],
    denied: ['AccessDenied', 403],
    throttled: ['Throttling', 400],
    malformed: ['MalformedInput', 400],
    unknownOperation: ['InvalidAction', 400],
    internal: ['InternalFailure', 500],
  },
  json: {
    missing: ['MissingAuthenticationTokenException', 400],
    incomplete: ['IncompleteSignatureException', 400],
    badQuery: ['IncompleteSignatureException', 400],
    oldSignature: ['IncompleteSignatureException', 400],
    unknownKey: ['UnrecognizedClientException', 400],
    badSignature: INVALID_SIGNATURE,
    bodyMismatch: INVALID_SIGNATURE,
    badToken: ['UnrecognizedClientException', 400],
    skewed: INVALID_SIGNATURE,
    presignedExpired: INVALID_SIGNATURE,
    expiredToken: ['ExpiredTokenException', 400],
    denied: ['AccessDeniedException', 400],
    throttled: ['ThrottlingException', 400],
    malformed: ['SerializationException', 400],
    unknownOperation: ['UnknownOperationException', 400],
    internal: ['InternalFailure', 500],
  },
  restJson: {
    missing: ['MissingAuthenticationTokenException', 403],
    incomplete: ['IncompleteSignatureException', 403],
    badQuery: ['IncompleteSignatureException', 403],
    oldSignature: ['IncompleteSignatureException', 403],
    unknownKey: ['UnrecognizedClientException', 403],
    badSignature: ['InvalidSignatureException', 403],
    bodyMismatch: ['InvalidSignatureException', 403],
    badToken: ['UnrecognizedClientException', 403],
    skewed: ['InvalidSignatureException', 403],
    presignedExpired: ['InvalidSignatureException', 403],
    expiredToken: ['ExpiredTokenException', 403],
    denied: ['AccessDeniedException', 403],
    throttled: ['TooManyRequestsException', 429],
    malformed: ['SerializationException', 400],
    unknownOperation: ['UnknownOperationException', 404],
    internal: ['ServiceException', 500],
  },
  s3: {
    missing: ['AccessDenied', 403],
    incomplete: ['AuthorizationHeaderMalformed', 400],
    badQuery: ['AuthorizationQueryParametersError', 400],
    oldSignature: ['InvalidRequest', 400],
    unknownKey: ['InvalidAccessKeyId', 403],
    badSignature: ['SignatureDoesNotMatch', 403],
    bodyMismatch: ['XAmzContentSHA256Mismatch', 400],
    badToken: ['InvalidToken', 400],
    skewed: ['RequestTimeTooSkewed', 403],
    presignedExpired: ['AccessDenied', 403],
    expiredToken: ['ExpiredToken', 400],
    denied: ['AccessDenied', 403],
    throttled: ['SlowDown', 503],
    malformed: ['MalformedXML', 400],
    unknownOperation: ['MethodNotAllowed', 405],
    internal: ['InternalError', 500],
  },
};

/** Code and status of a general problem in the protocol of the service. */
export function wordingOf(protocol: Protocol, problem: GeneralProblem): Wording {
  return WORDINGS[dialectOf(protocol)][problem];
}

interface ErrorFacts {
  readonly code: string;
  readonly className: string;
  readonly status: number;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly fault: 'Sender' | 'Receiver';
  readonly model: ServiceModel | undefined;
}

function factsOf(model: ServiceModel | undefined, error: AwsError): ErrorFacts {
  const known = model?.errors.get(error.code);
  const status = error.status ?? known?.status ?? 400;
  return {
    code: known?.code ?? error.code,
    className: known?.className ?? error.code,
    status,
    message: error.message,
    fields: error.details.fields ?? {},
    headers: error.details.headers ?? {},
    fault: status >= 500 ? 'Receiver' : 'Sender',
    model,
  };
}

function modelledXml(facts: ErrorFacts): string {
  const shape = facts.model?.errors.get(facts.className)?.shape;
  return shape ? writeMembers(shape, facts.fields) : '';
}

function jsonBody(facts: ErrorFacts, withType: boolean): Record<string, unknown> {
  const shape = facts.model?.errors.get(facts.className)?.shape;
  const fields = shape
    ? (writePlain(shape, facts.fields, { jsonName: true, binary: false }) as object)
    : facts.fields;
  return { ...(withType ? { __type: facts.className } : {}), message: facts.message, ...fields };
}

function queryError(facts: ErrorFacts): Record<string, string> {
  return facts.model?.queryCompatible ? { 'x-amzn-query-error': `${facts.code};${facts.fault}` } : {};
}

function formBody(protocol: Protocol, facts: ErrorFacts, requestId: string): string {
  const code = `<Code>${escapeXml(facts.code)}</Code><Message>${escapeXml(facts.message)}</Message>`;
  if (protocol === 'ec2Query') {
    return `<?xml version="1.0" encoding="UTF-8"?>\n<Response><Errors><Error>${code}</Error></Errors><RequestID>${requestId}</RequestID></Response>`;
  }
  const xmlns = escapeXml(facts.model?.xmlNamespace ?? '');
  return `<ErrorResponse xmlns="${xmlns}"><Error><Type>${facts.fault}</Type>${code}${modelledXml(facts)}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`;
}

/** Renders an error as the service would send it in the caller's protocol. HEAD answers have no body. */
export function writeError(
  protocol: Protocol,
  model: ServiceModel | undefined,
  error: AwsError,
  requestId: string,
  method: string,
): WireResponse {
  const facts = factsOf(model, error);
  const { status } = facts;
  switch (protocol) {
    case 'ec2Query':
    case 'awsQuery': {
      const headers = { 'content-type': 'text/xml;charset=UTF-8', ...facts.headers };
      return { status, headers, body: formBody(protocol, facts, requestId) };
    }
    case 'restXml': {
      if (method === 'HEAD' || status === 304) return { status, headers: facts.headers, body: '' };
      const extra = Object.entries(facts.fields)
        .map(([key, value]) => `<${key}>${escapeXml(String(value))}</${key}>`)
        .join('');
      const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${escapeXml(facts.code)}</Code><Message>${escapeXml(facts.message)}</Message>${extra}<RequestId>${requestId}</RequestId><HostId>${requestId}</HostId></Error>`;
      return { status, headers: { 'content-type': 'application/xml', ...facts.headers }, body };
    }
    case 'restJson1': {
      const headers = {
        'content-type': 'application/json',
        'x-amzn-errortype': facts.className,
        ...facts.headers,
      };
      return { status, headers, body: method === 'HEAD' ? '' : JSON.stringify(jsonBody(facts, false)) };
    }
    case 'rpcv2Cbor': {
      const headers = {
        'content-type': 'application/cbor',
        'smithy-protocol': 'rpc-v2-cbor',
        ...queryError(facts),
        ...facts.headers,
      };
      return { status, headers, body: encodeCbor(jsonBody(facts, true)) };
    }
    default: {
      const type = `application/x-amz-json-${protocol === 'awsJson1_0' ? '1.0' : '1.1'}`;
      const headers = { 'content-type': type, ...queryError(facts), ...facts.headers };
      return { status, headers, body: JSON.stringify(jsonBody(facts, true)) };
    }
  }
}
