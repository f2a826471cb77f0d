import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Credential } from '../auth/identity.ts';
import { sha256Hex, type WireRequest } from './http-request.ts';

/*
 * Verification of AWS Signature Version 4, in the `Authorization` header and in presigned queries.
 * Source: "Signature Version 4 signing process", AWS General Reference / IAM User Guide.
 */

/** What the signature claims, before it is checked. */
export interface SignatureClaim {
  readonly accessKeyId: string;
  /** `YYYYMMDD` of the credential scope. */
  readonly scopeDate: string;
  readonly region: string;
  /** The signing name of the service, e.g. `monitoring`. */
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** `YYYYMMDDTHHMMSSZ` */
  readonly timestamp: string;
  readonly sessionToken: string | undefined;
  /** Seconds a presigned request is valid; undefined for header signatures. */
  readonly expiresSeconds: number | undefined;
}

/** Why a request is refused; the error code per protocol is looked up by this. */
export type AuthProblem =
  | 'missing'
  | 'incomplete'
  /** Presigned, with a parameter that is missing or out of bounds. */
  | 'badQuery'
  /** Signature version 2, which no region takes any more. */
  | 'oldSignature'
  | 'unknownKey'
  | 'badSignature'
  | 'skewed'
  | 'presignedExpired'
  | 'expiredToken'
  | 'badToken'
  | 'bodyMismatch';

const ALGORITHM = 'AWS4-HMAC-SHA256';
const WINDOW_MS = 15 * 60 * 1000;
const MAX_PRESIGN_SECONDS = 7 * 24 * 3600;

function parseScope(
  credential: string,
): Pick<SignatureClaim, 'accessKeyId' | 'scopeDate' | 'region' | 'service'> | undefined {
  const [accessKeyId, scopeDate, region, service, terminator] = credential.split('/');
  if (!accessKeyId || !scopeDate || !region || !service || terminator !== 'aws4_request') return undefined;
  return { accessKeyId, scopeDate, region, service };
}

function claimFromHeader(request: WireRequest, header: string): SignatureClaim | undefined {
  const fields = new Map(
    header
      .slice(ALGORITHM.length)
      .split(',')
      .map((part) => part.trim().split(/=(.*)/s))
      .map(([key, value]) => [key ?? '', value ?? ''] as const),
  );
  const scope = parseScope(fields.get('Credential') ?? '');
  const signature = fields.get('Signature');
  const signedHeaders = fields.get('SignedHeaders');
  const timestamp = request.headers['x-amz-date'] ?? basicDate(request.headers['date']);
  if (!scope || !signature || !signedHeaders || !timestamp) return undefined;
  return {
    ...scope,
    signedHeaders: signedHeaders.split(';'),
    signature,
    timestamp,
    sessionToken: request.headers['x-amz-security-token'],
    expiresSeconds: undefined,
  };
}

function basicDate(date: string | undefined): string | undefined {
  const time = date ? new Date(date) : undefined;
  if (!time || Number.isNaN(time.getTime())) return undefined;
  return time.toISOString().replace(/[-:]|\.\d{3}/g, '');
}

function claimFromQuery(request: WireRequest): SignatureClaim | undefined {
  const get = (name: string): string => request.query.get(name) ?? '';
  const scope = parseScope(get('X-Amz-Credential'));
  const expires = Number(get('X-Amz-Expires') || '0');
  if (!scope || !get('X-Amz-Signature') || !get('X-Amz-SignedHeaders') || !get('X-Amz-Date'))
    return undefined;
  if (!Number.isInteger(expires) || expires < 0 || expires > MAX_PRESIGN_SECONDS) return undefined;
  return {
    ...scope,
    signedHeaders: get('X-Amz-SignedHeaders').split(';'),
    signature: get('X-Amz-Signature'),
    timestamp: get('X-Amz-Date'),
    sessionToken: request.query.get('X-Amz-Security-Token') ?? undefined,
    expiresSeconds: expires === 0 ? 900 : expires,
  };
}

/** Reads the signature of a request; what is wrong with it when it is no claim. */
export function readClaim(
  request: WireRequest,
): SignatureClaim | 'missing' | 'incomplete' | 'badQuery' | 'oldSignature' {
  const header = request.headers['authorization'];
  if (header?.startsWith(ALGORITHM)) return claimFromHeader(request, header) ?? 'incomplete';
  if (header?.startsWith('AWS ')) return 'oldSignature';
  if (header !== undefined) return 'incomplete';
  if (request.query.has('X-Amz-Algorithm')) return claimFromQuery(request) ?? 'badQuery';
  if (request.query.has('AWSAccessKeyId') && request.query.has('Signature')) return 'oldSignature';
  return 'missing';
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function canonicalQuery(request: WireRequest): string {
  return [...request.query]
    .filter(([key]) => key !== 'X-Amz-Signature')
    .map(([key, value]) => [encode(key), encode(value)] as const)
    .sort(([ak, av], [bk, bv]) => (ak === bk ? compare(av, bv) : compare(ak, bk)))
    .map(([key, value]) => `${key}=${value}`)
    .join('&');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function canonicalPath(request: WireRequest, service: string): string {
  if (service === 's3' || service === 's3-outposts') return request.rawPath;
  return request.rawPath.split('/').map(encode).join('/');
}

function canonicalHeaders(request: WireRequest, names: readonly string[]): string {
  return names
    .map((name) => `${name}:${(request.headers[name.toLowerCase()] ?? '').trim().replace(/\s+/g, ' ')}\n`)
    .join('');
}

function payloadHash(request: WireRequest, claim: SignatureClaim): string {
  const header = request.headers['x-amz-content-sha256'];
  if (header !== undefined && claim.signedHeaders.includes('x-amz-content-sha256')) return header;
  if (claim.expiresSeconds !== undefined && claim.service === 's3') {
    return request.query.get('X-Amz-Content-Sha256') ?? 'UNSIGNED-PAYLOAD';
  }
  return sha256Hex(request.rawBody);
}

function hmac(key: Buffer | string, data: string): Buffer {
  return createHmac('sha256', key).update(data).digest();
}

function expectedSignature(request: WireRequest, claim: SignatureClaim, secret: string): string {
  const canonical = [
    request.method,
    canonicalPath(request, claim.service),
    canonicalQuery(request),
    canonicalHeaders(request, claim.signedHeaders),
    claim.signedHeaders.join(';'),
    payloadHash(request, claim),
  ].join('\n');
  const scope = `${claim.scopeDate}/${claim.region}/${claim.service}/aws4_request`;
  const toSign = `${ALGORITHM}\n${claim.timestamp}\n${scope}\n${sha256Hex(canonical)}`;
  const key = hmac(
    hmac(hmac(hmac(`AWS4${secret}`, claim.scopeDate), claim.region), claim.service),
    'aws4_request',
  );
  return hmac(key, toSign).toString('hex');
}

function parseBasicDate(text: string): number {
  const iso = text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');
  return Date.parse(iso);
}

function checkTime(claim: SignatureClaim, now: number): AuthProblem | undefined {
  const at = parseBasicDate(claim.timestamp);
  if (Number.isNaN(at) || !claim.timestamp.startsWith(claim.scopeDate)) return 'badSignature';
  if (claim.expiresSeconds === undefined) return Math.abs(now - at) > WINDOW_MS ? 'skewed' : undefined;
  if (at - now > WINDOW_MS) return 'skewed';
  return now > at + claim.expiresSeconds * 1000 ? 'presignedExpired' : undefined;
}

function checkToken(claim: SignatureClaim, credential: Credential, now: number): AuthProblem | undefined {
  if (credential.sessionToken !== claim.sessionToken) return 'badToken';
  if (credential.expiresAt !== undefined && credential.expiresAt <= now) return 'expiredToken';
  return undefined;
}

function checkBody(request: WireRequest): AuthProblem | undefined {
  const declared = request.headers['x-amz-content-sha256'];
  if (declared === undefined || !/^[0-9a-f]{64}$/.test(declared)) return undefined;
  return declared === sha256Hex(request.rawBody) ? undefined : 'bodyMismatch';
}

/**
 * Checks a claim against the credential it names.
 * @param now wall clock, milliseconds since the epoch; the window is 15 minutes either way.
 * @returns the first problem, or undefined when the request is authentic.
 */
export function verifySignature(
  request: WireRequest,
  claim: SignatureClaim,
  credential: Credential | undefined,
  now: number,
): AuthProblem | undefined {
  if (!credential?.active) return 'unknownKey';
  const late = checkTime(claim, now);
  if (late) return late;
  const token = checkToken(claim, credential, now);
  if (token === 'badToken') return token;
  const expected = Buffer.from(expectedSignature(request, claim, credential.secretAccessKey));
  const actual = Buffer.from(claim.signature);
  if (expected.length !== actual.length || !timingSafeEqual(expected, actual)) return 'badSignature';
  return token ?? checkBody(request);
}
