import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AwsGateway, type Delivery } from './aws/gateway.ts';
import { World, type WorldOptions } from './aws/world.ts';
import { BodyTooLarge, readRequest } from './aws/wire/http-request.ts';
import { MalformedRequest } from './aws/wire/aws-error.ts';
import { Control } from './control/control.ts';
import { serveControl } from './control/http.ts';
import { FaultBoard } from './control/faults.ts';
import { RequestLog } from './control/request-log.ts';
import { startGoogleServer, type GoogleServer } from './google/server.ts';
import { startMicrosoftServer, type MicrosoftServer } from './microsoft/server.ts';
import { buildScenario, type ScenarioName, type ScenarioOptions } from './scenarios/scenarios.ts';

/** Options of {@link startSimulator}. */
export interface SimulatorOptions extends WorldOptions {
  /** 0 (default) picks a free port. */
  readonly port?: number;
  /** Address to listen on; default loopback. The control API answers loopback callers only. */
  readonly host?: string;
  readonly scenario?: ScenarioName;
  readonly scenarioOptions?: ScenarioOptions;
  /** When set, the control API wants it as `Authorization: Bearer …`. */
  readonly controlToken?: string;
}

/** A running simulator. */
export interface Simulator {
  /** Base URL to point SDKs and CLIs at. */
  readonly url: string;
  /** Microsoft's sign-in host and APIs, over TLS on a port of their own. */
  readonly microsoft: Pick<MicrosoftServer, 'url' | 'ca'>;
  /** Google's token endpoint and APIs, on a port of their own. */
  readonly google: Pick<GoogleServer, 'url'>;
  /** The control API in process. */
  readonly control: Control;
  close(): Promise<void>;
}

function send(response: ServerResponse, delivery: Delivery, method: string): void {
  const { status, headers, body } = delivery.response;
  if (delivery.damage === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  const bytes =
    typeof body === 'string'
      ? Buffer.from(body, 'utf8')
      : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const length =
    status === 204 || status === 304
      ? {}
      : { 'content-length': headers['content-length'] ?? String(bytes.length) };
  response.writeHead(status, { ...headers, ...length });
  if (method === 'HEAD') {
    response.end();
  } else if (delivery.damage === 'truncate') {
    // The announced length stays, so the client sees the connection end early.
    response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.socket?.destroy());
  } else {
    response.end(bytes);
  }
}

function refuse(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain', connection: 'close' });
  response.end(text);
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  gateway: AwsGateway,
  control: Control,
  token: string | undefined,
): Promise<void> {
  try {
    if (request.url?.startsWith('/_control/')) {
      await serveControl(control, request, response, token);
      return;
    }
    const wire = await readRequest(request);
    send(response, await gateway.serve(wire), wire.method);
  } catch (error) {
    if (response.headersSent) response.destroy();
    else if (error instanceof BodyTooLarge) refuse(response, 413, 'The request body is too large');
    else if (error instanceof MalformedRequest) refuse(response, 400, error.message);
    else if (request.destroyed && !request.complete) response.destroy();
    else {
      console.error('simulator: request failed', error);
      refuse(response, 500, 'The simulator failed');
    }
  }
}

/**
 * Starts a simulator: servers speaking the clouds' own protocols over one in-memory world.
 * Nothing of the product imports it; clients reach it by endpoint override.
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const faults = new FaultBoard();
  const log = new RequestLog();
  const control = new Control(new World(options), faults, log, options);
  control.report = buildScenario(control.world, options.scenario ?? 'empty', options.scenarioOptions);
  for (const fault of control.report.faults ?? []) faults.add(fault);
  const gateway = new AwsGateway(() => control.world, faults, log);
  const server = createServer(
    (request, response) => void handle(request, response, gateway, control, options.controlToken),
  );
  const host = options.host ?? '127.0.0.1';
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const microsoft = await startMicrosoftServer({
    host,
    world: {
      directories: () => control.world.directories,
      subscriptions: () => control.world.subscriptions,
      now: () => control.world.clock.now(),
      after: (seconds) => control.world.after(seconds),
    },
    faults,
    log,
  });
  const google = await startGoogleServer({
    host,
    world: {
      projects: () => control.world.projects,
      accounts: () => control.world.serviceAccounts,
      now: () => control.world.clock.now(),
      after: (seconds) => control.world.after(seconds),
    },
    faults,
    log,
  });
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    microsoft,
    google,
    control,
    async close() {
      await google.close();
      await microsoft.close();
      await new Promise<void>((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      });
    },
  };
}
