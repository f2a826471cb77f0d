import tls from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Directory } from '../../../../../packages/simulator/src/microsoft/directory.ts';
import {
  allFeatures,
  connectAccount,
  keyOf,
  newTenant,
  startCloudStage,
  type CloudStage,
} from '../../../test/support/cloud.ts';

const EMPTY = '111122223333';
const SECOND = '444455556666';

describe('cloud accounts', () => {
  let stage: CloudStage;

  beforeAll(async () => {
    stage = await startCloudStage({ work: false });
  });
  afterAll(() => stage.close());

  const keys = (label = 'admin', accountId?: string) => ({
    method: 'keys',
    values: keyOf(stage.simulator, label, accountId),
  });
  const form = (credentials: object, more: object = {}) => ({
    provider: 'aws',
    endpoint: 'simulator',
    credentials,
    features: allFeatures,
    ...more,
  });

  /** A workspace of its own in the organization. */
  let count = 0;
  async function workspace(): Promise<string> {
    count += 1;
    await stage.atlas.application.services.tenancy.createWorkspace(stage.organizationId, {
      name: `W ${count}`,
      slug: `w-${count}`,
    });
    return `/orgs/aurora/workspaces/w-${count}`;
  }

  /** A role in the second account that trusts the first one with this external id. */
  function makeRole(name: string, externalId: string): string {
    const { world } = stage.simulator.control;
    const account = world.accounts.get(SECOND);
    if (account === undefined) throw new Error('no second account');
    world.addRole(account, name, {
      policies: {
        all: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } },
      },
      trustPolicy: {
        Version: '2012-10-17',
        Statement: {
          Effect: 'Allow',
          Action: 'sts:AssumeRole',
          Principal: { AWS: `arn:aws:iam::${EMPTY}:root` },
          Condition: { StringEquals: { 'sts:ExternalId': externalId } },
        },
      },
    });
    return `arn:aws:iam::${SECOND}:role/${name}`;
  }

  async function externalIdOf(base: string): Promise<string> {
    const answer = await stage.owner.post(`${base}/accounts/access-templates`, {
      provider: 'aws',
      features: ['inventory'],
    });
    return answer.body.externalId;
  }

  test('the forms come without what the server fills in, and without ambient methods', async () => {
    const { body } = await stage.owner.get(`${stage.base}/providers`);
    const [aws] = body.items;
    expect(aws.endpoints).toEqual([{ id: 'simulator', label: 'simulator' }]);
    expect(aws.credentialMethods.map((method: { id: string }) => method.id)).toEqual(['keys', 'role']);
    expect(JSON.stringify(aws.credentialMethods)).not.toContain('externalId');
  });

  test('a check tells whose the keys are and what they may do, and stores nothing', async () => {
    const answer = await stage.owner.post(`${stage.base}/accounts/check`, form(keys('read-only')));
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ nativeId: EMPTY, alreadyConnected: null });
    expect(answer.body.regions.length).toBeGreaterThan(5);
    const missing = answer.body.permissions
      .filter((finding: { granted: string }) => finding.granted === 'no')
      .map((finding: { action: string }) => finding.action);
    expect(missing).toContain('ec2:StopInstances');
    expect(missing).not.toContain('ec2:DescribeInstances');
    expect((await stage.owner.get(`${stage.base}/accounts`)).body.items).toEqual([]);
  });

  test('wrong keys, unknown methods and addresses that nobody allowed are refused, with the field', async () => {
    const wrong = await stage.owner.post(
      `${stage.base}/accounts/check`,
      form({
        method: 'keys',
        values: { ...keyOf(stage.simulator), secretAccessKey: 'not-the-secret-of-this-key-000000000000' },
      }),
    );
    expect([wrong.status, wrong.body.code]).toEqual([422, 'provider_denied']);
    const short = await stage.owner.post(
      `${stage.base}/accounts/check`,
      form({ method: 'keys', values: { accessKeyId: 'x', secretAccessKey: 'y' } }),
    );
    expect(short.body.errors.map((error: { path: string }) => error.path)).toEqual([
      'body.credentials.values.accessKeyId',
      'body.credentials.values.secretAccessKey',
    ]);
    const ambient = await stage.owner.post(
      `${stage.base}/accounts/check`,
      form({ method: 'environment', values: {} }),
    );
    expect([ambient.status, ambient.body.errors[0].path]).toEqual([422, 'body.credentials.method']);
    for (const endpoint of ['http://169.254.169.254', 'other', stage.simulator.url]) {
      const refused = await stage.owner.post(`${stage.base}/accounts/check`, { ...form(keys()), endpoint });
      expect([refused.status, refused.body.errors[0].path], endpoint).toEqual([422, 'body.endpoint']);
    }
    const provider = await stage.owner.post(`${stage.base}/accounts/check`, {
      ...form(keys()),
      provider: 'nimbus',
    });
    expect([provider.status, provider.body.errors[0].path]).toEqual([422, 'body.provider']);
  });

  test('missing permissions degrade an account and are listed', async () => {
    const base = await workspace();
    const account = await connectAccount(stage, { label: 'read-only', base });
    const { body } = await stage.owner.get(`${base}/accounts/${account.id}`);
    expect(body.account.health).toMatchObject({ status: 'degraded', problem: null });
    expect(body.account.health.missing).toBe(
      body.permissions.filter((finding: { granted: string }) => finding.granted === 'no').length,
    );
    expect(body.account.health.missing).toBeGreaterThan(5);
  });

  test('the same account of the provider and the same name are refused once connected', async () => {
    const base = await workspace();
    const first = await connectAccount(stage, { base, name: 'One' });
    const same = await stage.owner.post(`${base}/accounts`, form(keys('read-only'), { name: 'Two' }));
    expect([same.status, same.body.code]).toEqual([409, 'already_exists']);
    const named = await stage.owner.post(`${base}/accounts`, form(keys('admin', SECOND), { name: 'One' }));
    expect([named.status, named.body.code]).toEqual([409, 'already_exists']);
    const check = await stage.owner.post(`${base}/accounts/check`, form(keys('read-only')));
    expect(check.body.alreadyConnected).toBe(first.id);
  });

  test("a role opens with the workspace's own external id only, whatever the form says", async () => {
    const one = await workspace();
    const other = await workspace();
    const externalId = await externalIdOf(one);
    expect(await externalIdOf(other)).not.toBe(externalId);
    const roleArn = makeRole('Trusted', externalId);
    const values = { ...keyOf(stage.simulator), roleArn };
    const right = await stage.owner.post(
      `${one}/accounts`,
      form({ method: 'role', values: { ...values, externalId: 'something-else' } }, { name: 'Role' }),
    );
    expect([right.status, right.body.nativeId]).toEqual([201, SECOND]);
    const foreign = await stage.owner.post(
      `${other}/accounts`,
      form({ method: 'role', values: { ...values, externalId } }, { name: 'Stolen' }),
    );
    expect([foreign.status, foreign.body.code]).toEqual([422, 'provider_denied']);
    const { owner, base } = await newTenant(stage.atlas, 'thief');
    const stolen = await owner.post(
      `${base}/accounts/check`,
      form({ method: 'role', values: { ...values, externalId } }),
    );
    expect([stolen.status, stolen.body.code]).toEqual([422, 'provider_denied']);
  });

  test('templates carry the external id and the trusted principal', async () => {
    const answer = await stage.owner.post(`${stage.base}/accounts/access-templates`, {
      provider: 'aws',
      features: ['inventory', 'operate'],
    });
    const texts = new Map<string, string>(
      answer.body.items.map((item: { id: string; text: string }) => [item.id, item.text]),
    );
    expect(texts.get('aws-cloudformation')).toContain(answer.body.externalId);
    expect(texts.get('aws-trust-policy')).toContain(answer.body.externalId);
    expect(texts.get('aws-policy')).toContain('ec2:StopInstances');
    expect(texts.get('aws-policy')).not.toContain('ec2:RunInstances');
  });

  test('the plan limits how many accounts there are, also when two are connected at once', async () => {
    const { owner, base } = await newTenant(stage.atlas, 'small', 'free');
    const { world } = stage.simulator.control;
    const credentials = ['700000000001', '700000000002', '700000000003'].map((id) => {
      const account = world.addAccount({ id, name: id });
      const key = world.addUser(account, 'admin', {
        policies: {
          all: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } },
        },
      });
      return {
        method: 'keys',
        values: { accessKeyId: key.accessKeyId, secretAccessKey: key.secretAccessKey },
      };
    });
    const answers = await Promise.all(
      credentials.map((each, index) => owner.post(`${base}/accounts`, form(each, { name: `A ${index}` }))),
    );
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([201, 201, 409]);
    expect(answers.find((answer) => answer.status === 409)?.body.code).toBe('limit_reached');
    expect((await owner.get(`${base}/accounts`)).body.items).toHaveLength(2);
  });

  test('a provider that the plan does not include is refused, and nothing is stored', async () => {
    const { ca, url } = stage.simulator.microsoft;
    tls.setDefaultCACertificates([...tls.getCACertificates('default'), ca]);
    const { owner, base } = await newTenant(stage.atlas, 'no-office', 'free');
    const directory = new Directory({ seed: 'plan', name: 'Office', domain: 'office.example' });
    stage.simulator.control.world.directories.set(directory.id, directory);
    const application = directory.addApplication('atlas', ['User.Read.All']);
    const values = {
      tenantId: directory.id,
      clientId: application.clientId,
      clientSecret: application.secret,
    };
    const answer = await owner.post(`${base}/accounts`, {
      ...form({ method: 'client_secret', values }, { name: 'Office' }),
      provider: 'm365',
      endpoint: 'microsoft',
    });
    expect([answer.status, answer.body.code], url).toEqual([402, 'plan_required']);
    expect((await owner.get(`${base}/accounts`)).body.items).toEqual([]);
  });

  test('rotation takes other keys of the same account, and none of another', async () => {
    const base = await workspace();
    const account = await connectAccount(stage, { base });
    const path = `${base}/accounts/${account.id}`;
    const other = await stage.owner.call('PUT', `${path}/credentials`, {
      credentials: keys('admin', SECOND),
    });
    expect([other.status, other.body.errors[0].code]).toEqual([422, 'other_account']);
    const before = stage.simulator.control.requests.total;
    expect((await stage.owner.get(`${path}/regions`)).status).toBe(200);
    const rotated = await stage.owner.call('PUT', `${path}/credentials`, { credentials: keys('read-only') });
    expect(rotated.status).toBe(200);
    expect(rotated.body.principal).toContain('read-only');
    expect((await stage.owner.get(`${path}/regions`)).status).toBe(200);
    const used = stage.simulator.control.requests
      .list()
      .slice(before - stage.simulator.control.requests.total);
    expect(used.at(-1)?.accessKeyId).toBe(keyOf(stage.simulator, 'read-only').accessKeyId);
  });

  test('keys that stop working make the account fail at its next test, and it recovers', async () => {
    const base = await workspace();
    const account = await connectAccount(stage, { base });
    const fault = stage.simulator.control.addFault({
      effect: { kind: 'error', code: 'InvalidClientTokenId', status: 403 },
      target: { actions: ['sts:*'] },
    });
    const failed = await stage.owner.post(`${base}/accounts/${account.id}/test`);
    expect(failed.body.account.health).toMatchObject({
      status: 'failing',
      problem: { kind: 'invalid_credentials' },
    });
    stage.simulator.control.faults.remove(fault);
    const again = await stage.owner.post(`${base}/accounts/${account.id}/test`);
    expect(again.body.account.health).toMatchObject({ status: 'ok', problem: null });
  });

  test('the audit log tells what was tried with credentials, and when health changed', async () => {
    const base = await workspace();
    const log = async () =>
      (await stage.owner.get(`/orgs/aurora/audit?limit=200&action=account.`)).body.items
        .filter((entry: { workspaceId: string }) => entry.workspaceId === workspaceId)
        .toReversed();
    const [{ id: workspaceId }] = (
      await stage.owner.get('/orgs/aurora/workspaces?limit=100')
    ).body.items.filter((each: { slug: string }) => base.endsWith(`/${each.slug}`));
    const secret = 'not-the-secret-of-this-key-000000000000';
    const wrong = { method: 'keys', values: { ...keyOf(stage.simulator), secretAccessKey: secret } };
    await stage.owner.post(`${base}/accounts/check`, form(keys()));
    await stage.owner.post(`${base}/accounts/check`, form(wrong));
    await stage.owner.post(`${base}/accounts`, form(wrong, { name: 'Cloud' }));
    const account = await connectAccount(stage, { base });
    await stage.owner.call('PUT', `${base}/accounts/${account.id}/credentials`, { credentials: wrong });
    await stage.owner.call('PUT', `${base}/accounts/${account.id}/credentials`, {
      credentials: keys('admin', SECOND),
    });
    // Nothing changes.
    await stage.owner.post(`${base}/accounts/${account.id}/test`);
    const fault = stage.simulator.control.addFault({
      effect: { kind: 'error', code: 'InvalidClientTokenId', status: 403 },
      target: { actions: ['sts:*'] },
    });
    await stage.owner.post(`${base}/accounts/${account.id}/test`);
    await stage.owner.post(`${base}/accounts/${account.id}/test`);
    stage.simulator.control.faults.remove(fault);
    await stage.owner.post(`${base}/accounts/${account.id}/test`);
    const entries = await log();
    expect(
      entries.map((entry: { action: string; outcome: string; details: object }) => [
        entry.action,
        entry.outcome,
        entry.details,
      ]),
    ).toMatchObject([
      ['account.checked', 'success', { method: 'keys', nativeId: EMPTY }],
      [
        'account.checked',
        'failure',
        { method: 'keys', code: 'provider_denied', problem: 'invalid_credentials' },
      ],
      ['account.connected', 'failure', { code: 'provider_denied', problem: 'invalid_credentials' }],
      ['account.connected', 'success', {}],
      ['account.credentials_rotated', 'failure', { code: 'provider_denied', problem: 'invalid_credentials' }],
      ['account.credentials_rotated', 'failure', { code: 'validation_failed' }],
      ['account.tested', 'failure', { from: 'ok', to: 'failing', problem: 'invalid_credentials' }],
      ['account.tested', 'success', { from: 'failing', to: 'ok' }],
    ]);
    expect(
      entries.every(
        (entry: { actor: { kind: string }; provider: string }) =>
          entry.actor.kind === 'user' && entry.provider === 'aws',
      ),
    ).toBe(true);
    expect(JSON.stringify(entries)).not.toContain(secret);
  });

  test('a disabled account is not spoken to', async () => {
    const base = await workspace();
    const account = await connectAccount(stage, { base });
    expect(
      (await stage.owner.call('PATCH', `${base}/accounts/${account.id}`, { enabled: false })).body.enabled,
    ).toBe(false);
    const before = stage.simulator.control.requests.total;
    for (const [method, path, body] of [
      ['GET', `/accounts/${account.id}/regions`, undefined],
      ['POST', '/sync-runs', { accountIds: [account.id] }],
      [
        'POST',
        '/creatables/options',
        {
          accountId: account.id,
          creatable: 'aws.ec2.instance',
          region: 'us-east-1',
          field: 'subnetId',
          input: {},
        },
      ],
      [
        'POST',
        '/creations',
        {
          accountId: account.id,
          creatable: 'aws.s3.bucket',
          region: 'us-east-1',
          input: { bucketName: 'never-made-here' },
        },
      ],
    ] as const) {
      const refused = await stage.owner.call(method, `${base}${path}`, body);
      expect([refused.status, refused.body.code], path).toEqual([409, 'conflict']);
    }
    expect(stage.simulator.control.requests.total).toBe(before);
    const back = await stage.owner.call('PATCH', `${base}/accounts/${account.id}`, { enabled: true });
    expect(back.body.enabled).toBe(true);
    expect((await stage.owner.get(`${base}/accounts/${account.id}/regions`)).status).toBe(200);
  });

  test('disconnecting wants the name and forgets everything', async () => {
    const base = await workspace();
    const account = await connectAccount(stage, { base, name: 'Gone' });
    const path = `${base}/accounts/${account.id}`;
    expect((await stage.owner.call('DELETE', path, { confirm: 'gone' })).status).toBe(422);
    expect((await stage.owner.call('DELETE', path, { confirm: 'Gone' })).status).toBe(204);
    expect((await stage.owner.get(path)).status).toBe(404);
    const { rows } = await stage.sql.query('select 1 from accounts.cloud_account where id = $1', [
      account.id,
    ]);
    expect(rows).toEqual([]);
    const audit = await stage.owner.get('/orgs/aurora/audit?action=account.removed');
    expect(audit.body.items[0].target).toMatchObject({ id: account.id, label: 'Gone' });
  });

  test("another workspace's account does not exist here", async () => {
    const base = await workspace();
    const account = await connectAccount(stage, { base });
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['PATCH', '', { name: 'Mine' }],
      ['PUT', '/credentials', { credentials: keys() }],
      ['POST', '/test', undefined],
      ['GET', '/regions', undefined],
      ['DELETE', '', { confirm: 'Cloud' }],
    ] as const) {
      const answer = await stage.owner.call(method, `${stage.base}/accounts/${account.id}${path}`, body);
      expect(answer.status, `${method} ${path}`).toBe(404);
    }
  });
});
