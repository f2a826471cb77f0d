import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSimulator, type Simulator } from '../../simulator/src/server.ts';
import { aws } from '../src/aws/provider.ts';
import { connect, failure, keysOf, Lines, listAll, QUICK } from './support.ts';

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ scenario: 'empty', transitionScale: 0 });
});
afterAll(() => simulator.close());

describe('identity and regions', () => {
  test('tells whose the credentials are and which regions are open', async () => {
    const connection = connect(simulator);
    expect(await connection.identity()).toMatchObject({
      accountId: '111122223333',
      principal: 'arn:aws:iam::111122223333:user/admin',
    });
    const regions = await connection.regions();
    expect(regions.map((r) => r.id)).toContain('sa-east-1');
    expect(regions.map((r) => r.id)).not.toContain('af-south-1');
    expect(regions.find((r) => r.id === 'eu-west-1')?.label).toBe('Europe (Ireland)');
    connection.close();
  });

  test('a role is assumed with its external id, and not with another', async () => {
    const role = simulator.control.report?.roles.find((r) => r.label === 'CloudAtlas');
    const values = {
      ...keysOf(simulator, 'admin').values,
      roleArn: role?.arn ?? '',
      externalId: role?.externalId ?? '',
    };
    const connection = aws.connect(
      { method: 'role', values },
      { endpoint: simulator.url, limits: { ...QUICK, concurrency: 1 } },
    );
    expect(await connection.identity()).toMatchObject({ accountId: '444455556666' });
    // Keys of a session that ended early are renewed.
    simulator.control.expireSessions();
    expect((await connection.regions()).length).toBeGreaterThan(5);
    const wrong = aws.connect(
      { method: 'role', values: { ...values, externalId: 'not-the-one' } },
      { endpoint: simulator.url, limits: QUICK },
    );
    const error = await failure(wrong.identity());
    expect(error.kind).toBe('denied');
    expect(error.problem.action).toBe('sts:AssumeRole');
    expect(JSON.stringify(error.problem)).not.toContain('not-the-one');
  });
});

describe("the server's own identity", () => {
  const names = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'] as const;
  const former = names.map((name) => process.env[name]);
  afterAll(() =>
    names.forEach((name, i) =>
      former[i] === undefined ? delete process.env[name] : (process.env[name] = former[i]),
    ),
  );

  test('comes from the environment, and may assume a role', async () => {
    const { accessKeyId, secretAccessKey } = keysOf(simulator, 'admin').values;
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey });
    delete process.env['AWS_SESSION_TOKEN'];
    const options = { endpoint: simulator.url, limits: QUICK };
    const own = aws.connect({ method: 'environment', values: {} }, options);
    expect((await own.identity()).accountId).toBe('111122223333');
    // What was found there is as secret as what a form says.
    const fault = simulator.control.addFault({
      effect: { kind: 'error', code: 'Weird', message: `with ${secretAccessKey}` },
    });
    expect(JSON.stringify((await failure(own.regions())).problem)).not.toContain(secretAccessKey);
    simulator.control.faults.remove(fault);
    const role = simulator.control.report?.roles.find((r) => r.label === 'CloudAtlas');
    const values = { roleArn: role?.arn ?? '', externalId: role?.externalId ?? '' };
    expect((await aws.connect({ method: 'ambient-role', values }, options).identity()).accountId).toBe(
      '444455556666',
    );
    for (const method of aws.credentialMethods)
      expect(method.ambient === true).toBe(['environment', 'ambient-role'].includes(method.id));
  });
});

describe('credentials that do not work', () => {
  test('a form with bad values names the fields and not the values', async () => {
    const error = await failure(
      (async () =>
        aws.connect({ method: 'keys', values: { accessKeyId: 'short', secretAccessKey: 'tiny' } }))(),
    );
    expect(error.kind).toBe('invalid_input');
    expect(error.problem.fields?.map((f) => f.field)).toEqual(['accessKeyId', 'secretAccessKey']);
    expect(error.message).not.toContain('tiny');
  });

  test.each(['sts', 'ec2'])(
    'a wrong secret is told as invalid credentials by %s, without the secret',
    async (service) => {
      const secretAccessKey = 'wrong-secret-wrong-secret-wrong';
      const credentials = {
        method: 'keys',
        values: { ...keysOf(simulator, 'admin').values, secretAccessKey },
      };
      const connection = aws.connect(credentials, { endpoint: simulator.url, limits: QUICK });
      const before = simulator.control.requests.total;
      const error = await failure(service === 'sts' ? connection.identity() : connection.regions());
      expect(error.kind).toBe('invalid_credentials');
      expect(error.problem.requestId).toMatch(/^[0-9a-f-]{36}$/);
      expect(JSON.stringify(error.problem) + (error.stack ?? '')).not.toContain(secretAccessKey);
      expect(simulator.control.requests.total - before).toBe(1);
    },
  );

  test('an unknown key is invalid', async () => {
    const credentials = {
      method: 'keys',
      values: { accessKeyId: 'AKIA0000000000000000', secretAccessKey: 'x'.repeat(40) },
    };
    expect(
      (await failure(aws.connect(credentials, { endpoint: simulator.url, limits: QUICK }).identity())).kind,
    ).toBe('invalid_credentials');
  });

  test('expired temporary keys are told as expired', async () => {
    const role = simulator.control.report?.roles.find((r) => r.label === 'CloudAtlas');
    const { STSClient, AssumeRoleCommand } = await import('@aws-sdk/client-sts');
    const { accessKeyId = '', secretAccessKey = '' } = keysOf(simulator, 'admin').values;
    const sts = new STSClient({
      region: 'us-east-1',
      endpoint: simulator.url,
      credentials: { accessKeyId, secretAccessKey },
    });
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({ RoleArn: role?.arn, ExternalId: role?.externalId, RoleSessionName: 'test' }),
    );
    simulator.control.expireSessions();
    const values = {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    };
    const connection = aws.connect({ method: 'keys', values }, { endpoint: simulator.url, limits: QUICK });
    expect((await failure(connection.identity())).kind).toBe('expired');
    const regions = await failure(connection.regions());
    expect(regions.kind).toBe('expired');
    expect(JSON.stringify(regions.problem)).not.toContain(values.sessionToken);
  });

  test('a region that is switched off is told apart from bad keys', async () => {
    const { ends } = await listAll(connect(simulator), {
      service: 'ec2',
      region: 'af-south-1',
      types: ['aws.ec2.vpc'],
    });
    expect(ends.get('aws.ec2.vpc')).toMatchObject({ complete: false, problem: { kind: 'region_disabled' } });
  });
});

describe('clock skew', () => {
  test('a clock that is an hour off is corrected by the Date header and reported', async () => {
    const lines = new Lines();
    const clock = { now: () => Date.now() + 3_600_000, sleep: async () => {} };
    const connection = connect(simulator, 'admin', { clock, log: lines.log });
    expect((await connection.identity()).accountId).toBe('111122223333');
    expect(lines.has('clock is off')).toBe(true);
  });

  test('skew that can not be corrected is diagnosed', async () => {
    const id = simulator.control.addFault({
      effect: { kind: 'error', code: 'RequestTimeTooSkewed', status: 403 },
    });
    const error = await failure(connect(simulator).identity());
    simulator.control.faults.remove(id);
    expect(error.kind).toBe('clock_skew');
    expect(error.message).toMatch(/clocks/);
  });
});
