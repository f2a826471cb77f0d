import { randomUUID } from 'node:crypto';
import { matchesGlob } from '../aws/auth/policy.ts';
import type { FaultBoard, FaultSet } from '../control/faults.ts';
import type { RequestLog } from '../control/request-log.ts';
import { disturbed, type JsonDelivery } from '../disturbed.ts';
import type { JsonAnswer, JsonRequest } from '../microsoft/http.ts';
import { QueryJobs } from './bigquery.ts';
import { IMAGE_PROJECTS } from './compute-catalogue.ts';
import { catalogueRoute } from './catalogue.ts';
import { computeRoute } from './compute.ts';
import { GoogleError, type Call, type Route } from './http.ts';
import { UPLOADS } from './managed-create.ts';
import { monitoringRoute } from './monitoring.ts';
import type { Project, ServiceAccount } from './project.ts';
import { clusterRoute, functionsRoute, projectRoute, sqlRoute } from './services.ts';
import { storageRoute } from './storage.ts';
import { TokenEndpoint } from './tokens.ts';

/** What the gateway serves, read anew for each request. */
export interface GoogleWorld {
  readonly projects: () => ReadonlyMap<string, Project>;
  readonly accounts: () => ReadonlyMap<string, ServiceAccount>;
  readonly now: () => number;
  readonly after: (seconds: number) => number;
}

const HTML_PAGE =
  '<!DOCTYPE html>\n<html lang=en>\n<title>Error 502 (Server Error)!!1</title>\n<p><b>502.</b> <ins>That’s an error.</ins>\n';
/** Words of google.rpc.Code by HTTP status. */
const STATUS: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  409: 'ALREADY_EXISTS',
  412: 'FAILED_PRECONDITION',
  429: 'RESOURCE_EXHAUSTED',
  503: 'UNAVAILABLE',
};

/** Whether a service account has a permission in its project. */
function allows(account: ServiceAccount, project: Project, permission: string): boolean {
  const matches = (glob: string): boolean => matchesGlob(glob, permission);
  return (
    account.projectId === project.id && account.permissions.some(matches) && !account.denied.some(matches)
  );
}

interface Trace {
  operation: string;
  accountId: string;
  accessKeyId: string;
}

/** Serves Google's token endpoint and APIs over the projects of a world. */
export class GoogleGateway {
  readonly #world: GoogleWorld;
  readonly #faults: FaultBoard;
  readonly #log: RequestLog;
  readonly #tokens: TokenEndpoint;
  readonly #jobs = new QueryJobs();

  constructor(world: GoogleWorld, faults: FaultBoard, log: RequestLog) {
    this.#world = world;
    this.#faults = faults;
    this.#log = log;
    this.#tokens = new TokenEndpoint(world.accounts);
  }

  async serve(request: JsonRequest): Promise<JsonDelivery> {
    const started = performance.now();
    const trace: Trace = { operation: '', accountId: '', accessKeyId: '' };
    let delivery: JsonDelivery;
    let error: string | undefined;
    try {
      delivery = await this.#route(request, trace);
    } catch (thrown) {
      if (!(thrown instanceof GoogleError)) throw thrown;
      error = thrown.reason;
      delivery = { answer: envelope(thrown, request.path), damage: undefined };
    }
    this.#log.add({
      at: new Date().toISOString(),
      requestId: randomUUID(),
      service: 'google',
      operation: trace.operation,
      region: 'global',
      accountId: trace.accountId === '' ? undefined : trace.accountId,
      accessKeyId: trace.accessKeyId === '' ? undefined : trace.accessKeyId,
      status: delivery.answer.status,
      error,
      durationMs: Math.round(performance.now() - started),
    });
    return delivery;
  }

  async #route(request: JsonRequest, trace: Trace): Promise<JsonDelivery> {
    if (request.path === '/token' && request.method === 'POST') {
      trace.operation = 'google:Token';
      return this.#disturbed(this.#faultsOf(trace), async () => this.#tokens.serve(request));
    }
    const route = this.#routeOf(request);
    const account = this.#tokens.caller(request);
    trace.accessKeyId = account.email;
    if (!route) throw new GoogleError(404, 'notFound', `The requested URL ${request.path} was not found.`);
    trace.operation = route.operation ?? route.permission;
    const project = this.#projectOf(request, account);
    trace.accountId = project.id;
    const faults = this.#faultsOf(trace);
    return this.#disturbed(
      faults,
      async () => {
        this.#check(route, project, account, request);
        const now = this.#world.now();
        project.settle(now);
        return route.serve({ request, project, account, now, after: this.#world.after, faults });
      },
      route.permission,
    );
  }

  /** Takes source code at an address that was handed out: no token, its signature is the right. */
  upload(url: URL, size: number, head: Buffer): JsonDelivery {
    const object = decodeURIComponent(url.pathname.slice(UPLOADS.length));
    const signature = url.searchParams.get('X-Goog-Signature');
    const project = [...this.#world.projects().values()].find(
      (one) => one.uploads.get(object)?.signature === signature,
    );
    const upload = project?.uploads.get(object);
    if (!upload || signature === null)
      return {
        answer: { status: 403, text: '<Error><Code>SignatureDoesNotMatch</Code></Error>' },
        damage: undefined,
      };
    upload.zip = size > 4 && head.length === 4 && head.readUInt32BE(0) === 0x504b0304;
    return { answer: { status: 200, text: '' }, damage: undefined };
  }

  #routeOf({ method, path }: JsonRequest): Route | undefined {
    const match = /^\/(compute\/v1|storage\/v1|bigquery\/v2|v1|v2|v3)\/(.+)$/.exec(path);
    if (!match) return undefined;
    const [, prefix, rest = ''] = match;
    switch (prefix) {
      case 'compute/v1':
        return computeRoute(method, rest);
      case 'storage/v1':
        return storageRoute(method, rest);
      case 'bigquery/v2':
        return this.#jobs.route(method, rest);
      case 'v1':
        return clusterRoute(method, rest) ?? sqlRoute(method, rest) ?? catalogueRoute(method, rest);
      case 'v2':
        return functionsRoute(method, rest);
      default:
        return (
          monitoringRoute(method, rest) ??
          projectRoute(method, rest, (call: Call, permission) =>
            allows(call.account, call.project, permission),
          )
        );
    }
  }

  /** The project a call is about: of its path, of its query, or where a bucket lies. */
  #projectOf({ path, query }: JsonRequest, account: ServiceAccount): Project {
    const projects = this.#world.projects();
    const bucket = /^\/storage\/v1\/b\/([^/]+)/.exec(path)?.[1];
    const owner =
      bucket === undefined
        ? undefined
        : [...projects.values()].find((one) => one.find('storage.buckets', bucket) !== undefined);
    const named = /\/projects\/([^/:]+)/.exec(path)?.[1];
    const id =
      (named !== undefined && IMAGE_PROJECTS.has(named) ? account.projectId : named) ??
      query.get('project') ??
      owner?.id ??
      account.projectId;
    const project = projects.get(id);
    // Who may not see a project is not told whether there is one.
    if (!project || account.projectId !== id)
      throw new GoogleError(403, 'forbidden', `Permission denied on resource project ${id}.`, {
        details: [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'CONSUMER_INVALID' }],
      });
    return project;
  }

  #check(route: Route, project: Project, account: ServiceAccount, request: JsonRequest): void {
    if (project.disabledApis.has(route.api))
      throw new GoogleError(
        403,
        'accessNotConfigured',
        `${route.api} API has not been used in project ${project.number} before or it is disabled. Enable it by visiting https://console.developers.google.com/apis/api/${route.api}/overview?project=${project.number} then retry.`,
        {
          details: [
            {
              '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
              reason: 'SERVICE_DISABLED',
              domain: 'googleapis.com',
            },
          ],
        },
      );
    if (project.state !== 'ACTIVE' && request.method !== 'GET')
      throw new GoogleError(
        403,
        'forbidden',
        `Project ${project.id} has been scheduled for deletion and cannot be used for API calls.`,
      );
    if (route.permission !== '' && !allows(account, project, route.permission))
      throw denied(route.permission);
  }

  #faultsOf(trace: Trace): FaultSet {
    const { operation: action, accountId, accessKeyId } = trace;
    return this.#faults.for({ action, region: 'global', accountId, accessKeyId, principal: accessKeyId });
  }

  #disturbed(faults: FaultSet, work: () => Promise<JsonAnswer>, permission = ''): Promise<JsonDelivery> {
    return disturbed(faults, work, {
      throttled: (headers) =>
        new GoogleError(429, 'rateLimitExceeded', 'Quota exceeded for quota metric: read requests.', {
          headers,
        }),
      denied: () => denied(permission),
      failed: (status, code, message) => new GoogleError(status, code, message),
      page: HTML_PAGE,
    });
  }
}

function denied(permission: string): GoogleError {
  return new GoogleError(403, 'forbidden', `Required '${permission}' permission for this resource.`);
}

function envelope(error: GoogleError, path: string): JsonAnswer {
  const { status, reason, message, details, headers } = error;
  // Compute Engine and Cloud Storage leave the status out.
  const old = path.startsWith('/compute/') || path.startsWith('/storage/');
  return {
    status,
    headers,
    body: {
      error: {
        code: status,
        message,
        errors: [{ message, domain: 'global', reason }],
        ...(old || !(status in STATUS) ? {} : { status: STATUS[status] }),
        ...(details.length === 0 ? {} : { details }),
      },
    },
  };
}
