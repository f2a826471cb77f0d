import { errorKinds, type ErrorCode } from '@cloudatlas/contracts/errors';
import { hasZodFastifySchemaValidationErrors } from '@fastify/type-provider-zod';
import type { FastifyError } from 'fastify';
import { AppError, type FieldError } from '../errors/app-error.ts';
import { sqlState } from '../db/database.ts';

/** Codes of Fastify's own errors that are the caller's fault. */
const fastifyCodes: Record<string, ErrorCode> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_BODY_TOO_LARGE: 'payload_too_large',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed_request',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformed_request',
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformed_request',
  FST_ERR_BAD_URL: 'malformed_request',
  FST_ERR_MAX_PARAM_LENGTH: 'not_found',
};

/**
 * SQL states that mean "try again": serialization failure, deadlock, a server that is read-only after a failover, and
 * the classes of connection trouble (08), exhausted resources (53) and operator intervention (57P).
 */
const transientSql = /^(40001|40P01|25006|08...|53...|57P..)$/;
const transientNetwork = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ETIMEDOUT',
  'EPIPE',
]);
/** The driver and its pool have no codes for a connection that broke, or that nobody got in time. */
const transientDriver =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;

/**
 * Turns anything thrown into the error the caller gets; unknown things become `internal` without detail.
 * @param bodyLimit bytes that the route accepts, named to who sends more
 */
export function toAppError(error: unknown, bodyLimit?: number): AppError {
  if (error instanceof AppError) return error;
  if (hasZodFastifySchemaValidationErrors(error)) return fromValidation(error);
  const { code, statusCode, message } = error as Partial<FastifyError>;
  const mapped = code === undefined ? undefined : fastifyCodes[code];
  if (mapped === 'payload_too_large' && bodyLimit !== undefined)
    return new AppError(mapped, `At most ${bodyLimit} bytes are accepted.`, { cause: error });
  if (mapped !== undefined) return new AppError(mapped, undefined, { cause: error });
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new AppError('malformed_request', message, { cause: error });
  }
  const state = sqlState(error);
  const transient =
    state === undefined
      ? (code !== undefined && transientNetwork.has(code)) || transientDriver.test(message ?? '')
      : transientSql.test(state);
  if (transient) {
    return new AppError('unavailable', undefined, { cause: error, retryAfter: 2 });
  }
  return new AppError('internal', undefined, { cause: error });
}

const places: Record<string, string> = {
  body: 'body',
  querystring: 'query',
  params: 'path',
  headers: 'header',
};

function fromValidation(error: Pick<FastifyError, 'validation' | 'validationContext'>): AppError {
  const place = places[error.validationContext ?? 'body'] ?? 'body';
  const errors: FieldError[] = [];
  for (const item of error.validation ?? []) {
    const path = item.instancePath.split('/').filter(Boolean);
    const unknown = unknownKeys(item);
    const named = unknown.length > 0 ? unknown.map((key) => [...path, key]) : [path];
    for (const parts of named.slice(0, 20)) {
      errors.push({
        path: [place, ...parts].join('.').slice(0, 200),
        code: item.keyword || 'invalid',
        message: (item.message ?? 'is not valid').slice(0, 300),
      });
    }
  }
  const what = [...new Set(errors.map((item) => item.path))].slice(0, 5).join(', ');
  return new AppError('validation_failed', `Check ${what}.`, { errors: errors.slice(0, 50), cause: error });
}

function unknownKeys(item: { keyword: string; params: unknown }): string[] {
  if (item.keyword !== 'unrecognized_keys') return [];
  const { issue, keys } = (item.params ?? {}) as { issue?: { keys?: unknown }; keys?: unknown };
  const list = keys ?? issue?.keys;
  return Array.isArray(list) ? list.map(String) : [];
}

export interface ProblemDocument {
  type: string;
  title: string;
  status: number;
  code: ErrorCode;
  requestId: string;
  detail?: string;
  errors?: FieldError[];
  meta?: Record<string, unknown>;
}

/** Renders an error as RFC 9457; `type` is a stable URN, since the documents have no pages of their own. */
export function problemOf(error: AppError, requestId: string): ProblemDocument {
  const kind = errorKinds[error.code];
  return {
    type: `urn:cloudatlas:problem:${error.code}`,
    title: kind.title,
    status: kind.status,
    code: error.code,
    requestId,
    ...(error.detail === undefined || error.code === 'internal' ? {} : { detail: error.detail }),
    ...(error.errors === undefined ? {} : { errors: error.errors }),
    ...(error.meta === undefined ? {} : { meta: error.meta }),
  };
}
