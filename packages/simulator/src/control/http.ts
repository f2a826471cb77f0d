import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Control } from './control.ts';
import {
  BadControlRequest,
  readFault,
  readNumber,
  readObject,
  readScenario,
  type Body,
} from './read-body.ts';

/*
 * The control API: JSON over HTTP under /_control/, for tests, demos and other languages. It answers
 * loopback callers only, and wants a bearer token when one was set.
 */

const MAX_CONTROL_BODY = 1024 * 1024;

type Action = (control: Control, body: Body, id: string) => unknown;

function isLoopback(request: IncomingMessage): boolean {
  const address = request.socket.remoteAddress ?? '';
  return address === '::1' || address.startsWith('127.') || address.startsWith('::ffff:127.');
}

/**
 * Browsers must not steer the simulator: a foreign page sends its Origin, and a rebound DNS name shows
 * in Host.
 */
function isLocalCaller(request: IncomingMessage): boolean {
  const host = (request.headers.host ?? '').replace(/:\d+$/, '');
  return request.headers.origin === undefined && ['localhost', '127.0.0.1', '[::1]'].includes(host);
}

function hasToken(request: IncomingMessage, token: string | undefined): boolean {
  if (token === undefined) return true;
  const expected = Buffer.from(`Bearer ${token}`);
  const actual = Buffer.from(request.headers.authorization ?? '');
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

async function readJson(request: IncomingMessage): Promise<Body> {
  let text = '';
  for await (const chunk of request as AsyncIterable<Buffer>) {
    text += chunk.toString('utf8');
    if (text.length > MAX_CONTROL_BODY) throw new BadControlRequest('the body is too large');
  }
  if (text === '') return {};
  try {
    return readObject(JSON.parse(text), 'the body');
  } catch (error) {
    throw error instanceof BadControlRequest ? error : new BadControlRequest('the body must be JSON');
  }
}

function clockState(control: Control): unknown {
  const { clock, transitionScale } = control.world;
  return { now: new Date(clock.now()).toISOString(), factor: clock.factor, transitionScale };
}

function changeClock(control: Control, body: Body): unknown {
  if (body['advanceSeconds'] !== undefined) control.advance(readNumber(body, 'advanceSeconds'));
  if (body['factor'] !== undefined) control.world.clock.setFactor(readNumber(body, 'factor'));
  if (body['transitionScale'] !== undefined)
    control.world.transitionScale = readNumber(body, 'transitionScale');
  return clockState(control);
}

function loadScenario(control: Control, body: Body): unknown {
  const { name, options } = readScenario(body);
  return control.loadScenario(name, options);
}

const ROUTES: Readonly<Record<string, Action>> = {
  'GET health': () => ({ status: 'ok' }),
  'GET clock': (control) => clockState(control),
  'POST clock': changeClock,
  'GET faults': (control) => ({ faults: control.listFaults() }),
  'POST faults': (control, body) => ({ id: control.addFault(readFault(body)) }),
  'DELETE faults': (control, _body, id) => {
    if (id === '') control.faults.clear();
    else if (!control.faults.remove(id)) throw new BadControlRequest(`no fault ${id}`);
    return {};
  },
  'GET requests': (control) => ({ total: control.requests.total, requests: control.requests.list() }),
  'DELETE requests': (control) => {
    control.requests.clear();
    return {};
  },
  'GET scenario': (control) => control.report ?? {},
  'POST scenario': loadScenario,
  'POST expire-sessions': (control) => ({ expired: control.expireSessions() }),
};

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

/** Serves one control request: `METHOD /_control/<name>[/<id>]`. */
export async function serveControl(
  control: Control,
  request: IncomingMessage,
  response: ServerResponse,
  token: string | undefined,
): Promise<void> {
  if (!isLoopback(request) || !isLocalCaller(request))
    return answer(response, 403, { error: 'the control API answers loopback callers only' });
  if (!hasToken(request, token)) return answer(response, 401, { error: 'a control token is required' });
  const [name = '', id = ''] = (request.url ?? '').slice('/_control/'.length).split('?')[0]?.split('/') ?? [];
  const key = `${request.method} ${name}`;
  const action = Object.hasOwn(ROUTES, key) ? ROUTES[key] : undefined;
  if (!action) return answer(response, 404, { error: `no such control route: ${key}` });
  try {
    answer(response, 200, action(control, await readJson(request), id));
  } catch (error) {
    if (!(error instanceof BadControlRequest)) throw error;
    answer(response, 400, { error: error.message });
  }
}
