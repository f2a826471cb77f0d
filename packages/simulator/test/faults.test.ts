import {
  DescribeInstancesCommand,
  DescribeRegionsCommand,
  DescribeImagesCommand,
  EC2Client,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startSimulator, type Simulator } from '../src/server.ts';
import { clientConfig, ec2Client, failure } from './support.ts';

let simulator: Simulator;
let ec2: EC2Client;
const TOKEN = 'control-token';

beforeAll(async () => {
  simulator = await startSimulator({ scenario: 'empty', clock: { factor: 0 }, controlToken: TOKEN });
  ec2 = ec2Client(simulator);
});
beforeEach(() => {
  simulator.control.faults.clear();
  simulator.control.requests.clear();
});
afterAll(() => simulator.close());

function control(method: string, path: string, body?: object, token = TOKEN): Promise<Response> {
  return fetch(`${simulator.url}/_control/${path}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
}

describe('faults', () => {
  test('throttling for two requests: the SDK retries and succeeds at the third', async () => {
    simulator.control.addFault({
      effect: { kind: 'throttle' },
      times: 2,
      target: { actions: ['ec2:DescribeRegions'] },
    });
    const patient = new EC2Client({ ...clientConfig(simulator), maxAttempts: 3 });
    await patient.send(new DescribeRegionsCommand({}));
    const seen = simulator.control.requests.list();
    expect(seen.map((r) => r.error)).toEqual(['RequestLimitExceeded', 'RequestLimitExceeded', undefined]);
    expect(seen.map((r) => r.status)).toEqual([503, 503, 200]);
  });

  test('a fault hits its target only', async () => {
    simulator.control.addFault({
      effect: { kind: 'throttle' },
      target: { actions: ['ec2:Describe*'], region: 'sa-east-1' },
    });
    await ec2.send(new DescribeRegionsCommand({}));
    expect(
      await failure(ec2Client(simulator, 'admin', 'sa-east-1').send(new DescribeRegionsCommand({}))),
    ).toMatchObject({ name: 'RequestLimitExceeded', status: 503 });
  });

  test('a period ends on the wall clock', async () => {
    simulator.control.addFault({ effect: { kind: 'throttle' }, forSeconds: 2 });
    await failure(ec2.send(new DescribeRegionsCommand({})));
    await expect.poll(() => simulator.control.listFaults().length, { timeout: 20_000 }).toBe(0);
    await ec2.send(new DescribeRegionsCommand({}));
  });

  test('every n-th request', async () => {
    simulator.control.addFault({ effect: { kind: 'throttle' }, every: 3 });
    const results: string[] = [];
    for (let i = 0; i < 6; i++) {
      results.push(
        await ec2.send(new DescribeRegionsCommand({})).then(
          () => 'ok',
          (e: Error) => e.name,
        ),
      );
    }
    expect(results).toEqual(['ok', 'ok', 'RequestLimitExceeded', 'ok', 'ok', 'RequestLimitExceeded']);
  });

  test('denied actions of one key, with an explicit deny in the text', async () => {
    simulator.control.addFault({ effect: { kind: 'deny' }, target: { actions: ['ec2:DescribeInstances'] } });
    const denied = await failure(ec2.send(new DescribeInstancesCommand({})));
    expect(denied).toMatchObject({ name: 'UnauthorizedOperation', status: 403 });
    expect(denied.message).toContain('explicit deny');
    await ec2.send(new DescribeRegionsCommand({}));
  });

  test('an HTML page instead of an answer', async () => {
    simulator.control.addFault({ effect: { kind: 'html-error', status: 500 }, times: 1 });
    expect((await failure(ec2.send(new DescribeRegionsCommand({})))).status).toBe(500);
  });

  test('a truncated body and a reset connection are transport errors', async () => {
    simulator.control.addFault({ effect: { kind: 'truncate' }, times: 1 });
    expect((await failure(ec2.send(new DescribeRegionsCommand({})))).message).toMatch(
      /aborted|terminated|closed|hang up|ECONNRESET/i,
    );
    simulator.control.addFault({ effect: { kind: 'reset' }, times: 1 });
    expect((await failure(ec2.send(new DescribeRegionsCommand({})))).message).toMatch(/ECONNRESET|hang up/i);
    await ec2.send(new DescribeRegionsCommand({}));
  });

  test('a reset after the work leaves the work done', async () => {
    const { Images } = await ec2.send(
      new DescribeImagesCommand({
        Owners: ['amazon'],
        Filters: [{ Name: 'architecture', Values: ['x86_64'] }],
      }),
    );
    const input = {
      ImageId: Images?.[0]?.ImageId ?? '',
      InstanceType: 't3.micro' as const,
      MinCount: 1,
      MaxCount: 1,
      ClientToken: 'lost-answer',
    };
    simulator.control.addFault({ effect: { kind: 'reset-after-work' }, times: 1 });
    await failure(ec2.send(new RunInstancesCommand(input)));
    const again = await ec2.send(new RunInstancesCommand(input));
    const { Reservations } = await ec2.send(new DescribeInstancesCommand({}));
    expect(Reservations?.map((r) => r.ReservationId)).toEqual([again.ReservationId]);
  });

  test('a new instance is invisible for a while under eventual consistency', async () => {
    const { Images } = await ec2.send(
      new DescribeImagesCommand({
        Owners: ['amazon'],
        Filters: [{ Name: 'architecture', Values: ['x86_64'] }],
      }),
    );
    simulator.control.addFault({ effect: { kind: 'eventual-consistency', seconds: 5 } });
    const { Instances } = await ec2.send(
      new RunInstancesCommand({
        ImageId: Images?.[0]?.ImageId ?? '',
        InstanceType: 't3.micro',
        MinCount: 1,
        MaxCount: 1,
      }),
    );
    const InstanceIds = [Instances?.[0]?.InstanceId ?? ''];
    expect(await failure(ec2.send(new DescribeInstancesCommand({ InstanceIds })))).toMatchObject({
      name: 'InvalidInstanceID.NotFound',
    });
    simulator.control.advance(6);
    expect((await ec2.send(new DescribeInstancesCommand({ InstanceIds }))).Reservations).toHaveLength(1);
  });

  test('latency delays the answer', async () => {
    simulator.control.addFault({ effect: { kind: 'latency', milliseconds: 150 }, times: 1 });
    const started = performance.now();
    await ec2.send(new DescribeRegionsCommand({}));
    expect(performance.now() - started).toBeGreaterThan(140);
  });
});

describe('control API', () => {
  test('wants its token', async () => {
    expect((await control('GET', 'clock', undefined, 'wrong')).status).toBe(401);
    expect((await control('GET', 'clock')).status).toBe(200);
  });

  test('refuses calls that a web page could make', async () => {
    const headers = { authorization: `Bearer ${TOKEN}`, origin: 'https://example.com' };
    expect((await fetch(`${simulator.url}/_control/clock`, { headers })).status).toBe(403);
  });

  test('moves the clock, and refuses to move it back', async () => {
    const before = simulator.control.world.clock.now();
    expect((await control('POST', 'clock', { advanceSeconds: 3600 })).status).toBe(200);
    expect(simulator.control.world.clock.now() - before).toBe(3_600_000);
    expect((await control('POST', 'clock', { advanceSeconds: -1 })).status).toBe(400);
  });

  test('adds, lists and removes faults; loads scenarios; shows requests without secrets', async () => {
    const { id } = (await (
      await control('POST', 'faults', { effect: { kind: 'throttle' }, times: 1 })
    ).json()) as { id: string };
    expect(((await (await control('GET', 'faults')).json()) as { faults: unknown[] }).faults).toHaveLength(1);
    expect((await control('DELETE', `faults/${id}`)).status).toBe(200);
    const refused = [
      {},
      { effect: {} },
      { effect: { kind: 'latency' } },
      { effect: { kind: 'deny' }, target: { actions: 'ec2:*' } },
      { effect: { kind: 'deny' }, times: -1 },
    ];
    for (const body of refused) expect((await control('POST', 'faults', body)).status).toBe(400);
    expect((await control('POST', 'scenario', { name: 'nonsense' })).status).toBe(400);
    await new STSClient(clientConfig(simulator)).send(new GetCallerIdentityCommand({}));
    const text = await (await control('GET', 'requests')).text();
    expect(text).toContain('"operation":"GetCallerIdentity"');
    expect(text).not.toContain(simulator.control.report?.keys[0]?.secretAccessKey);
    const loaded = await control('POST', 'scenario', { name: 'demo' });
    expect(((await loaded.json()) as { waste: unknown[] }).waste.length).toBeGreaterThan(10);
    expect((await control('GET', 'nothing')).status).toBe(404);
    await control('POST', 'scenario', { name: 'empty' });
  });
});
