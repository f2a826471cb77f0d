import type { Readable } from 'node:stream';
import type { ErrorCode } from '@cloudatlas/contracts/errors';
import { z } from 'zod';
import type { Access } from './access.ts';
import type { OrganizationContext, RequestContext, UserContext, WorkspaceContext } from './context.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A file that is made while it is sent. */
export interface Download {
  filename: string;
  body: AsyncIterable<string | Uint8Array>;
}

/** One server-sent event; `data` is sent as JSON. */
export interface LiveEvent {
  event: string;
  data: unknown;
}

/** What a route answers when it succeeds. */
export type Answer =
  | { status: 200 | 201 | 202; schema: z.ZodType }
  | { status: 204 }
  | { status: 200; download: string }
  | { status: 200; live: true };

interface Declaration<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends Answer> {
  method: Method;
  /** Behind the prefix of its scope, e.g. `/members/:memberId`. */
  path: string;
  /** camelCase, unique, noun first: `memberUpdate`. */
  operationId: string;
  summary: string;
  params?: P;
  query?: Q;
  body?: B;
  /** The body is a stream of these bytes instead of JSON. */
  upload?: { contentTypes: readonly string[]; maxBytes: number };
  /** Largest JSON body in bytes, where files travel inside it; else the server's general limit. */
  maxBodyBytes?: number;
  answer: A;
  /** Problems worth documenting beyond those every route can have. */
  problems?: readonly ErrorCode[];
  /** Which rate limit applies; by default reads have none and writes `write`. */
  rateLimit?: 'auth' | 'write' | 'none';
}

interface Input<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  params: z.output<P>;
  query: z.output<Q>;
  body: z.output<B>;
  upload: Readable;
}

type Result<A extends Answer> = A extends { schema: infer S extends z.ZodType }
  ? z.input<S>
  : A extends { download: string }
    ? Download
    : A extends { live: true }
      ? AsyncIterable<LiveEvent>
      : void;

/** A declared route, ready to be mounted. */
export interface Route {
  method: Method;
  /** Full path with the API prefix. */
  url: string;
  operationId: string;
  summary: string;
  access: Access;
  params: z.ZodType | undefined;
  query: z.ZodType | undefined;
  body: z.ZodType | undefined;
  upload: { contentTypes: readonly string[]; maxBytes: number } | undefined;
  maxBodyBytes: number | undefined;
  answer: Answer;
  problems: readonly ErrorCode[];
  rateLimit: 'auth' | 'write' | 'none';
  handler: (context: RequestContext, input: Input<z.ZodType, z.ZodType, z.ZodType>) => Promise<unknown>;
}

const prefixes = {
  public: '/api/v1',
  user: '/api/v1',
  staff: '/api/v1/internal',
  organization: '/api/v1/orgs/:org',
  workspace: '/api/v1/orgs/:org/workspaces/:workspace',
} as const;

const scopeParams: Record<Access['scope'], z.ZodRawShape> = {
  public: {},
  user: {},
  staff: {},
  organization: { org: z.string().max(80) },
  workspace: { org: z.string().max(80), workspace: z.string().max(80) },
};

function declare<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends Answer>(
  access: Access,
  declaration: Declaration<P, Q, B, A> & {
    // Which context the handler wants follows from its access; the functions below tie the two together.
    handler: (context: never, input: Input<P, Q, B>) => Promise<Result<A>>;
  },
): Route {
  const { method, path, operationId, summary, query, body, upload, answer } = declaration;
  const own = declaration.params instanceof z.ZodObject ? declaration.params.shape : {};
  const shape = { ...scopeParams[access.scope], ...own };
  return {
    method,
    url: prefixes[access.scope] + path,
    operationId,
    summary,
    access,
    params: Object.keys(shape).length > 0 ? z.object(shape) : undefined,
    // A route without a query or body refuses one instead of ignoring it.
    query: query ?? z.strictObject({}),
    body,
    upload,
    maxBodyBytes: declaration.maxBodyBytes,
    answer,
    problems: declaration.problems ?? [],
    rateLimit: declaration.rateLimit ?? (method === 'GET' ? 'none' : 'write'),
    // The HTTP layer builds the context that the access asks for and validates the input by these schemas.
    handler: declaration.handler as unknown as Route['handler'],
  };
}

type NoSchema = z.ZodUndefined;
type With<
  C extends RequestContext,
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  A extends Answer,
> = Declaration<P, Q, B, A> & { handler: (context: C, input: Input<P, Q, B>) => Promise<Result<A>> };

/** A route anyone may call. */
export function publicRoute<
  A extends Answer,
  P extends z.ZodType = NoSchema,
  Q extends z.ZodType = NoSchema,
  B extends z.ZodType = NoSchema,
>(declaration: With<RequestContext, P, Q, B, A>): Route {
  return declare({ scope: 'public' }, declaration);
}

/** A route for any signed-in person, about themselves. */
export function userRoute<
  A extends Answer,
  P extends z.ZodType = NoSchema,
  Q extends z.ZodType = NoSchema,
  B extends z.ZodType = NoSchema,
>(declaration: With<UserContext, P, Q, B, A> & { apiKeys?: boolean }): Route {
  return declare({ scope: 'user', apiKeys: declaration.apiKeys ?? false }, declaration);
}

type Gate = Omit<Extract<Access, { scope: 'organization' | 'workspace' }>, 'scope'>;

/** A route inside one organization: `/api/v1/orgs/{org}` + path. */
export function organizationRoute<
  A extends Answer,
  P extends z.ZodType = NoSchema,
  Q extends z.ZodType = NoSchema,
  B extends z.ZodType = NoSchema,
>(declaration: With<OrganizationContext, P, Q, B, A> & { access: Gate }): Route {
  return declare({ scope: 'organization', ...declaration.access }, declaration);
}

/** A route inside one workspace: `/api/v1/orgs/{org}/workspaces/{workspace}` + path. */
export function workspaceRoute<
  A extends Answer,
  P extends z.ZodType = NoSchema,
  Q extends z.ZodType = NoSchema,
  B extends z.ZodType = NoSchema,
>(declaration: With<WorkspaceContext, P, Q, B, A> & { access: Gate }): Route {
  return declare({ scope: 'workspace', ...declaration.access }, declaration);
}

/** A route for operator staff: `/api/v1/internal` + path. */
export function staffRoute<
  A extends Answer,
  P extends z.ZodType = NoSchema,
  Q extends z.ZodType = NoSchema,
  B extends z.ZodType = NoSchema,
>(
  declaration: With<UserContext, P, Q, B, A> & { roles: Extract<Access, { scope: 'staff' }>['roles'] },
): Route {
  return declare({ scope: 'staff', roles: declaration.roles }, declaration);
}
