import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { FaultBoard, FaultSet } from '../control/faults.ts';
import type { RequestLog } from '../control/request-log.ts';
import { actionOf, checkPermission, decide, denial, type Caller } from './authorization.ts';
import type { Handler, RequestContext } from './context.ts';
import { findRegion } from './regions.ts';
import { loadService, serviceIdOf, type LoadedService } from './services.ts';
import { AwsError, MalformedRequest } from './wire/aws-error.ts';
import { writeError, wordingOf, type GeneralProblem } from './wire/errors.ts';
import type { WireRequest } from './wire/http-request.ts';
import { identify, readInput, writeOutput, type OperationCall, type WireResponse } from './wire/protocols.ts';
import type { OperationModel, Protocol } from './wire/shapes.ts';
import { readClaim, verifySignature, type SignatureClaim } from './wire/sigv4.ts';
import type { Account, World } from './world.ts';

/** How the transport must send an answer. */
export interface Delivery {
  readonly response: WireResponse;
  /** `truncate` sends about half and closes, `reset` sends nothing and resets. */
  readonly damage: 'truncate' | 'reset' | undefined;
}

/** Messages for the problems of authentication, as AWS words them. */
const MESSAGES: Readonly<Partial<Record<GeneralProblem, string>>> = {
  missing: 'Request is missing Authentication Token',
  incomplete: 'Authorization header or parameters are not formatted correctly.',
  badQuery:
    'Query-string authentication needs X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires of less than a week (604800 seconds).',
  oldSignature:
    'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
  unknownKey: 'The security token included in the request is invalid.',
  badToken: 'The security token included in the request is invalid.',
  badSignature:
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.',
  bodyMismatch: 'The provided x-amz-content-sha256 header does not match what was computed.',
  skewed:
    'Signature expired or not yet current: the request time is more than 15 minutes from the server time.',
  presignedExpired: 'Request has expired',
  expiredToken: 'The security token included in the request is expired',
  throttled: 'Rate exceeded',
};

const EC2_AUTH_FAILURE = 'AWS was not able to validate the provided access credentials';

function problem(protocol: Protocol, kind: GeneralProblem, message = MESSAGES[kind] ?? kind): AwsError {
  const [code, status] = wordingOf(protocol, kind);
  return new AwsError(code, code === 'AuthFailure' ? EC2_AUTH_FAILURE : message, status);
}

const HTML_PAGE =
  '<html>\r\n<head><title>Service Unavailable</title></head>\r\n<body>\r\n<center><h1>Service Unavailable</h1></center>\r\n<hr><center>edge</center>\r\n</body>\r\n</html>\r\n';

/** Facts collected while a request is served, for the log. */
interface Trace {
  service: string;
  operation: string;
  region: string;
  accountId?: string;
  accessKeyId?: string;
  error?: string;
}

/** Serves AWS requests over a world: authentication, permission, faults, handler, rendering. */
export class AwsGateway {
  readonly #world: () => World;
  readonly #faults: FaultBoard;
  readonly #log: RequestLog;

  constructor(world: () => World, faults: FaultBoard, log: RequestLog) {
    this.#world = world;
    this.#faults = faults;
    this.#log = log;
  }

  async serve(request: WireRequest): Promise<Delivery> {
    const started = performance.now();
    const requestId = randomUUID();
    const trace: Trace = { service: '', operation: '', region: '' };
    const delivery = await this.#route(request, requestId, trace);
    const { response } = delivery;
    this.#log.add({
      at: new Date().toISOString(),
      requestId,
      ...trace,
      accountId: trace.accountId,
      accessKeyId: trace.accessKeyId,
      error: trace.error,
      status: response.status,
      durationMs: Math.round(performance.now() - started),
    });
    const ids = {
      'x-amzn-requestid': requestId,
      ...(trace.service === 's3' ? { 'x-amz-request-id': requestId, 'x-amz-id-2': requestId } : {}),
    };
    return { ...delivery, response: { ...response, headers: { ...ids, ...response.headers } } };
  }

  async #route(request: WireRequest, requestId: string, trace: Trace): Promise<Delivery> {
    const claim = readClaim(request);
    const service =
      typeof claim === 'object' ? await loadService(serviceIdOf(claim.service, request.body)) : undefined;
    if (typeof claim !== 'object' || !service) {
      const protocol = guessProtocol(request);
      const error =
        typeof claim === 'object'
          ? new AwsError('UnsupportedOperation', `The service ${claim.service} is not simulated.`, 501)
          : problem(protocol, claim);
      trace.error = error.code;
      return {
        response: writeError(protocol, undefined, error, requestId, request.method),
        damage: undefined,
      };
    }
    trace.service = service.id;
    trace.region = claim.region;
    trace.accessKeyId = claim.accessKeyId;
    let protocol = service.model.protocol;
    try {
      const call = identify(service.model, request);
      protocol = call.protocol;
      trace.operation = call.name;
      return await this.#call(request, claim, service, call, requestId, trace);
    } catch (thrown) {
      const error = asAwsError(thrown, protocol);
      trace.error = error.code;
      return {
        response: writeError(protocol, service.model, error, requestId, request.method),
        damage: undefined,
      };
    }
  }

  /** Authenticates, then applies faults and runs the operation. */
  async #call(
    request: WireRequest,
    claim: SignatureClaim,
    service: LoadedService,
    call: OperationCall,
    requestId: string,
    trace: Trace,
  ): Promise<Delivery> {
    const world = this.#world();
    const credential = world.credentials.get(claim.accessKeyId);
    const failure = verifySignature(request, claim, credential, Date.now());
    if (failure) throw problem(call.protocol, failure);
    const account = credential ? world.accounts.get(credential.principal.accountId) : undefined;
    if (!credential || !account || !isEnabled(account, claim.region))
      throw problem(call.protocol, 'unknownKey');
    trace.accountId = account.id;
    const action = actionOf(service.definition, call.name);
    const faults = this.#faults.for({
      action,
      region: claim.region,
      accountId: account.id,
      accessKeyId: claim.accessKeyId,
      principal: credential.principal.arn,
    });
    const early = await applyEarlyFaults(faults, call.protocol);
    if (early) return early;
    const caller: Caller = {
      credential,
      region: claim.region,
      protocol: call.protocol,
      deniedByFault: faults.take('deny') !== undefined,
    };
    const context = this.#context(request, service, call, caller, account, faults, requestId);
    const response = await run(service, call, caller, context, request);
    const damage = faults.take('truncate')
      ? 'truncate'
      : faults.take('reset-after-work')
        ? 'reset'
        : undefined;
    return { response, damage };
  }

  #context(
    request: WireRequest,
    service: LoadedService,
    call: OperationCall,
    caller: Caller,
    account: Account,
    faults: FaultSet,
    requestId: string,
  ): RequestContext {
    const world = this.#world();
    const now = world.clock.now();
    const { region } = caller;
    let hiddenSeconds: number | undefined;
    const can: RequestContext['can'] = (action, resource, keys) =>
      decide(caller, action, resource, keys) === 'allowed';
    return {
      world,
      account,
      region,
      principal: caller.credential.principal,
      service: service.definition.iamPrefix,
      operation: call.name,
      requestId,
      now,
      random: world.random,
      faults,
      http: request,
      response: { headers: {} },
      store: (definition) => account.store(definition, region),
      newId: (prefix) => `${prefix}-0${world.random.hex(16)}`,
      can,
      authorize: (action, resource, keys) => {
        const decision = decide(caller, action, resource, keys);
        if (decision !== 'allowed') throw denial(caller, action, resource, decision, requestId);
      },
      isVisible: (createdAt) => {
        // Only a request that meets a young object asks the fault, and once: a hit is one request.
        if (now - createdAt >= 3_600_000) return true;
        hiddenSeconds ??= faults.hiddenSeconds();
        // What a region has from the start is made by its first request, which must see it.
        return hiddenSeconds === 0 || now - createdAt >= hiddenSeconds * 1000;
      },
    };
  }
}

/** Regions an account has not enabled know no keys of it. Global endpoints sign as `aws-global`. */
function isEnabled(account: Account, region: string): boolean {
  return region === 'aws-global' || (findRegion(region) !== undefined && account.enabledRegions.has(region));
}

function guessProtocol(request: WireRequest): Protocol {
  if (request.headers['x-amz-target'] !== undefined) return 'awsJson1_1';
  if (request.headers['smithy-protocol'] === 'rpc-v2-cbor') return 'rpcv2Cbor';
  const type = request.headers['content-type'] ?? '';
  if (type.includes('x-www-form-urlencoded') || request.query.has('Action')) {
    return /Version=2016-11-15/.test(request.body.toString('latin1', 0, 4096)) ? 'ec2Query' : 'awsQuery';
  }
  return type.includes('json') ? 'restJson1' : 'restXml';
}

function asAwsError(thrown: unknown, protocol: Protocol): AwsError {
  if (thrown instanceof AwsError) return thrown;
  if (thrown instanceof MalformedRequest) return problem(protocol, 'malformed', thrown.message);
  // A defect of the simulator: it must be seen, and the client gets what AWS would send.
  console.error('simulator: a handler failed', thrown);
  return problem(protocol, 'internal', 'An internal error has occurred');
}

async function applyEarlyFaults(faults: FaultSet, protocol: Protocol): Promise<Delivery | undefined> {
  const latency = faults.take('latency');
  if (latency) await delay(Math.min(latency.milliseconds, 120_000));
  const reset = faults.take('reset');
  if (reset) return { response: { status: 500, headers: {}, body: '' }, damage: 'reset' };
  const page = faults.take('html-error');
  if (page) {
    const headers = { 'content-type': 'text/html' };
    return { response: { status: page.status ?? 500, headers, body: HTML_PAGE }, damage: undefined };
  }
  const throttle = faults.take('throttle');
  if (throttle) {
    const [code, status] = wordingOf(protocol, 'throttled');
    const headers: Record<string, string> =
      throttle.retryAfterSeconds === undefined ? {} : { 'retry-after': String(throttle.retryAfterSeconds) };
    throw new AwsError(code, protocol === 'ec2Query' ? 'Request limit exceeded.' : 'Rate exceeded', status, {
      headers,
    });
  }
  const error = faults.take('error');
  if (error) throw new AwsError(error.code, error.message ?? error.code, error.status);
  return undefined;
}

function operationOf(
  service: LoadedService,
  call: OperationCall,
): { operation: OperationModel; handler: Handler } {
  const { operation } = call;
  if (!operation) {
    const [code, status] = wordingOf(call.protocol, 'unknownOperation');
    const message =
      code === 'InvalidAction'
        ? `The action ${call.name} is not valid for this web service.`
        : `Unknown operation ${call.name}`;
    throw new AwsError(code, message, status);
  }
  const handler = service.definition.handlers[operation.name];
  if (!handler) {
    console.warn(`simulator: ${service.id} ${operation.name} is not simulated`);
    throw new AwsError(
      'UnsupportedOperation',
      `The operation ${operation.name} is known but not simulated.`,
      501,
    );
  }
  return { operation, handler };
}

async function run(
  service: LoadedService,
  call: OperationCall,
  caller: Caller,
  context: RequestContext,
  request: WireRequest,
): Promise<WireResponse> {
  const { operation, handler } = operationOf(service, call);
  const input = readInput(call, operation, request);
  checkPermission(caller, service.definition, operation.name, input, context);
  const output = (await handler(input as never, context)) as Record<string, unknown> | undefined;
  const response = writeOutput(service.model, call, operation, output ?? {}, context.requestId);
  return {
    ...response,
    status: context.response.status ?? response.status,
    headers: { ...response.headers, ...context.response.headers },
  };
}
