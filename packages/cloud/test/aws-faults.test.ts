import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startSimulator, type Simulator } from '../../simulator/src/server.ts';
import { aws } from '../src/aws/provider.ts';
import { AwsConnection } from '../src/aws/connection.ts';
import { redactor } from '../src/aws/errors.ts';
import { connect, failure, keysOf, Lines, listAll, QUICK } from './support.ts';

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ scenario: 'empty', transitionScale: 0 });
});
afterAll(() => simulator.close());
afterEach(() => simulator.control.faults.clear());

const VPCS = { service: 'ec2', region: 'eu-west-1', types: ['aws.ec2.vpc'] };

describe('throttling', () => {
  test('is waited out, and concurrency goes down meanwhile', async () => {
    const lines = new Lines();
    const connection = connect(simulator, 'admin', {
      log: lines.log,
      limits: { retryDelayMs: { first: 20, largest: 100 } },
    });
    // By number and not by time, so that it meets requests on a slow machine too; sixteen are sent at once.
    simulator.control.addFault({
      effect: { kind: 'throttle' },
      target: { actions: ['ec2:*'] },
      times: 30,
    });
    expect(connection).toBeInstanceOf(AwsConnection);
    const { limiter } = (connection as AwsConnection).session;
    const { ends } = await listAll(connection, { service: 'ec2', region: 'eu-west-1' });
    for (const end of ends.values()) expect(end).toMatchObject({ complete: true });
    const bounds = lines.all.flatMap((l) =>
      typeof l.fields['concurrency'] === 'number' ? [l.fields['concurrency']] : [],
    );
    expect(Math.min(...bounds)).toBe(1);
    expect(limiter.bound).toBeGreaterThan(1);
  });

  test('Retry-After is honoured', async () => {
    simulator.control.addFault({
      effect: { kind: 'throttle', retryAfterSeconds: 7 },
      target: { actions: ['ec2:DescribeVpcs'] },
      times: 2,
    });
    const slept: number[] = [];
    const clock = { now: () => Date.now(), sleep: async (ms: number) => void slept.push(ms) };
    const { ends } = await listAll(
      connect(simulator, 'admin', { clock, limits: { retryForMs: 60_000 } }),
      VPCS,
    );
    expect(ends.get('aws.ec2.vpc')).toMatchObject({ complete: true });
    expect(slept.length).toBe(2);
    expect(Math.min(...slept)).toBeGreaterThanOrEqual(7_000);
  });

  test('a whole minute of it is waited out with the usual limits, and the account is left alone meanwhile', async () => {
    const begin = Date.now();
    let waited = 0;
    // Pauses pass at once; the faults end when a minute of them has passed.
    const clock = {
      now: () => begin + waited,
      sleep: async (milliseconds: number) => {
        waited += milliseconds;
        if (waited >= 60_000) simulator.control.faults.clear();
        await new Promise((resolve) => setImmediate(resolve));
      },
    };
    const connection = aws.connect(keysOf(simulator, 'admin'), { endpoint: simulator.url, clock });
    await connection.identity();
    simulator.control.addFault({ effect: { kind: 'throttle' }, target: { actions: ['*'] } });
    const before = simulator.control.requests.total;
    const { ends } = await listAll(connection, { service: 'ec2', region: 'eu-west-1' });
    connection.close();
    expect(waited).toBeGreaterThanOrEqual(60_000);
    expect(ends.size).toBeGreaterThan(10);
    for (const end of ends.values()) expect(end).toMatchObject({ complete: true });
    // Asked without pauses, a minute would be thousands of requests.
    expect(simulator.control.requests.total - before).toBeLessThan(200);
  });

  test('ends after the time given for retries, as throttled, and each call was sent by one policy only', async () => {
    simulator.control.addFault({ effect: { kind: 'throttle' }, target: { actions: ['ec2:DescribeVpcs'] } });
    let now = 1_700_000_000_000;
    const clock = { now: () => now, sleep: async (ms: number) => void (now += ms) };
    const before = simulator.control.requests.total;
    const wall = Date.now() - now;
    const connection = connect(simulator, 'admin', {
      clock: { ...clock, now: () => now + wall },
      limits: { retryForMs: 60_000, retryDelayMs: { first: 1_000, largest: 20_000 } },
    });
    const { ends } = await listAll(connection, VPCS);
    expect(ends.get('aws.ec2.vpc')).toMatchObject({ complete: false, problem: { kind: 'throttled' } });
    const sent = simulator.control.requests.total - before;
    expect(sent).toBeGreaterThan(4);
    expect(sent).toBeLessThan(40);
  });

  test('a wait can be aborted', async () => {
    simulator.control.addFault({
      effect: { kind: 'throttle', retryAfterSeconds: 60 },
      target: { actions: ['ec2:*'] },
    });
    const controller = new AbortController();
    const work = failure(
      listAll(
        connect(simulator, 'admin', { signal: controller.signal, limits: { retryForMs: 600_000 } }),
        VPCS,
      ),
    );
    setTimeout(() => controller.abort(), 100);
    expect((await work).kind).toBe('aborted');
  });
});

describe('answers that are none', () => {
  test('a 500 with an HTML page is repeated a few times, then a provider fault with its status', async () => {
    simulator.control.addFault({
      effect: { kind: 'html-error', status: 500 },
      target: { actions: ['ec2:DescribeVpcs'] },
      times: 2,
    });
    expect((await listAll(connect(simulator), VPCS)).ends.get('aws.ec2.vpc')).toMatchObject({
      complete: true,
    });
    simulator.control.addFault({ effect: { kind: 'html-error', status: 502 }, target: { actions: ['*'] } });
    const error = await failure(connect(simulator).identity());
    expect(error.problem).toMatchObject({
      kind: 'unavailable',
      httpStatus: 502,
      call: 'sts:GetCallerIdentity',
    });
    expect(error.message).toContain('HTML');
  });

  test('HTML with status 200 is no empty list', async () => {
    await connect(simulator).identity();
    simulator.control.addFault({
      effect: { kind: 'html-error', status: 200 },
      target: { actions: ['ec2:DescribeVpcs'] },
    });
    const { ends } = await listAll(connect(simulator), VPCS);
    expect(ends.get('aws.ec2.vpc')).toMatchObject({
      complete: false,
      count: 0,
      problem: { kind: 'unavailable', httpStatus: 200 },
    });
  });

  test.each(['truncate', 'reset'] as const)(
    'a connection that ends early (%s) is repeated, then a fault',
    async (kind) => {
      simulator.control.addFault({ effect: { kind }, target: { actions: ['ec2:DescribeVpcs'] }, times: 1 });
      expect((await listAll(connect(simulator), VPCS)).ends.get('aws.ec2.vpc')).toMatchObject({
        complete: true,
      });
      simulator.control.addFault({ effect: { kind }, target: { actions: ['ec2:DescribeVpcs'] } });
      expect((await listAll(connect(simulator), VPCS)).ends.get('aws.ec2.vpc')).toMatchObject({
        complete: false,
        problem: { kind: 'unavailable' },
      });
    },
  );

  test('an answer that does not come is given up', async () => {
    simulator.control.addFault({
      effect: { kind: 'latency', milliseconds: 400 },
      target: { actions: ['ec2:DescribeVpcs'] },
      times: 20,
    });
    const { ends } = await listAll(connect(simulator, 'admin', { limits: { requestTimeoutMs: 100 } }), VPCS);
    expect(ends.get('aws.ec2.vpc')).toMatchObject({ complete: false, problem: { kind: 'unavailable' } });
  });
});

describe('a server that is not AWS', () => {
  let server: Server;
  let body = '';
  let type = 'text/xml';

  beforeAll(async () => {
    server = createServer((request, response) => {
      request.resume();
      response.writeHead(200, { 'content-type': type });
      response.end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  test.each([
    ['an empty body', '', 'text/xml'],
    ['half of the XML', '<GetCallerIdentityResponse><GetCallerIdentityResult><Acc', 'text/xml'],
    ['other XML', '<rss><channel/></rss>', 'text/xml'],
    ['a page without content type', '<!DOCTYPE html><html></html>', 'application/octet-stream'],
    ['binary', '\u0000\u0001\u0002', 'application/octet-stream'],
  ])('%s with status 200 is a provider fault', async (_name, text, contentType) => {
    body = text;
    type = contentType;
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const connection = aws.connect(keysOf(simulator, 'admin'), { endpoint: url, limits: QUICK });
    expect((await failure(connection.identity())).kind).toBe('unavailable');
    connection.close();
  });

  test('an answer that stops in the middle without closing is given up', async () => {
    const stalled = createServer((request, response) => {
      request.resume();
      response.writeHead(200, { 'content-type': 'text/xml', 'content-length': '1000' });
      response.write('<GetCallerIdentityResponse>');
    });
    await new Promise<void>((resolve) => stalled.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(stalled.address() as AddressInfo).port}`;
    const connection = aws.connect(keysOf(simulator, 'admin'), {
      endpoint: url,
      limits: { ...QUICK, requestTimeoutMs: 100 },
    });
    expect((await failure(connection.identity())).kind).toBe('unavailable');
    connection.close();
    stalled.closeAllConnections();
    await new Promise((resolve) => stalled.close(resolve));
  });

  test('nobody listening is a provider fault too', async () => {
    const connection = aws.connect(keysOf(simulator, 'admin'), {
      endpoint: 'http://127.0.0.1:1',
      limits: { ...QUICK, retryForMs: 200 },
    });
    const error = await failure(connection.identity());
    expect(error.problem).toMatchObject({ kind: 'unavailable', call: 'sts:GetCallerIdentity' });
  });
});

test('secrets are taken out of texts in every form they may be quoted in', () => {
  const secret = 'a+b/c&d="e"/==';
  const redact = redactor(() => [secret, 'a', '']);
  for (const form of [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret),
    secret.replace('&', '&amp;'),
  ])
    expect(redact(`<${form}> a word`)).toMatch(/^<"?\[redacted\]"?> a word$/);
});

test('nothing a fault leaves behind holds a secret', async () => {
  const lines = new Lines();
  const { values } = keysOf(simulator, 'admin');
  for (const effect of [
    { kind: 'html-error' },
    { kind: 'deny' },
    { kind: 'error', code: 'SignatureDoesNotMatch', message: `secret ${values['secretAccessKey']} is wrong` },
    { kind: 'error', code: 'Weird', message: `with ${values['secretAccessKey']}` },
  ] as const) {
    const id = simulator.control.addFault({ effect });
    const error = await failure(connect(simulator, 'admin', { log: lines.log }).regions());
    simulator.control.faults.remove(id);
    const everything = JSON.stringify([error.problem, error.message, error.stack, lines.all]);
    expect(everything).not.toContain(values['secretAccessKey']);
  }
});
