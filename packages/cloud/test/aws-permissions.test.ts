import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startSimulator, type Simulator } from '../../simulator/src/server.ts';
import { policySource } from '../src/aws/probe.ts';
import { aws } from '../src/aws/provider.ts';
import { policyDocument, splitPolicies } from '../src/aws/templates.ts';
import { Feature } from '../src/permissions.ts';
import { connect, failure } from './support.ts';

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ scenario: 'empty', transitionScale: 0 });
});
afterAll(() => simulator.close());
afterEach(() => simulator.control.faults.clear());

function without(action: string): void {
  simulator.control.addFault({ effect: { kind: 'deny' }, target: { actions: [action] } });
}

describe('the permission probe', () => {
  test('a denied read and a denied write are found, each with what AWS said', async () => {
    without('ec2:DescribeVolumes');
    without('ec2:StopInstances');
    const findings = await connect(simulator).probe();
    expect(findings.filter((f) => f.granted === 'no').map((f) => f.action)).toEqual([
      'ec2:DescribeVolumes',
      'ec2:StopInstances',
    ]);
    expect(findings.find((f) => f.action === 'ec2:StopInstances')).toMatchObject({
      feature: 'operate',
      service: 'ec2',
      reason: expect.stringContaining('ec2:StopInstances'),
    });
  });

  test('without the simulation, what can not be asked is unknown and not a guess', async () => {
    without('iam:SimulatePrincipalPolicy');
    const findings = await connect(simulator).probe();
    const of = (action: string) => findings.find((f) => f.action === action)?.granted;
    expect(of('iam:SimulatePrincipalPolicy')).toBe('no');
    expect(of('rds:DeleteDBInstance')).toBe('unknown');
    expect(of('s3:CreateBucket')).toBe('unknown');
    expect(of('ec2:RunInstances')).toBe('yes');
    expect(of('rds:DescribeDBInstances')).toBe('yes');
  });

  test('a key without permissions has none, and nothing is called that acts', async () => {
    simulator.control.requests.clear();
    const findings = await connect(simulator, 'no-access').probe();
    expect(findings.filter((f) => f.granted === 'yes')).toEqual([]);
    const acting = simulator.control.requests
      .list()
      .filter((r) => r.status < 400 && !/^(Describe|List|Get)/.test(r.operation));
    expect(acting).toEqual([]);
  });

  test('throttling does not become a verdict', async () => {
    simulator.control.addFault({ effect: { kind: 'throttle' }, target: { actions: ['rds:*'] } });
    const findings = await connect(simulator, 'admin', { limits: { retryForMs: 50 } }).probe({
      features: ['inventory'],
    });
    expect(findings.find((f) => f.action === 'rds:DescribeDBSnapshots')?.granted).not.toBe('no');
  });

  test('the policies of a session are those of its role', () => {
    expect(policySource('arn:aws:sts::123456789012:assumed-role/Reader/me')).toBe(
      'arn:aws:iam::123456789012:role/Reader',
    );
    expect(policySource('arn:aws:iam::123456789012:user/me')).toBe('arn:aws:iam::123456789012:user/me');
  });
});

describe('access templates', () => {
  test('reading needs no action that changes anything', () => {
    const actions = policyDocument(['inventory', 'metrics', 'costs']).Statement.flatMap((s) => s.Action);
    expect(actions.filter((a) => !/:(Describe|List|Get|Simulate)/.test(a))).toEqual([]);
    expect(actions.length).toBe(new Set(actions).size);
    expect(actions.some((a) => a.includes('*'))).toBe(false);
  });

  test('a role may be passed to functions that are made, instances and tasks that come back, and nothing else', () => {
    const statements = policyDocument(Feature.options).Statement.filter((s) =>
      s.Action.includes('iam:PassRole'),
    );
    expect(statements).toEqual([
      {
        Sid: 'CloudAtlasOperatePassRole',
        Effect: 'Allow',
        Action: ['iam:PassRole'],
        Resource: '*',
        Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
      },
      {
        Sid: 'CloudAtlasCreatePassRole',
        Effect: 'Allow',
        Action: ['iam:PassRole'],
        Resource: '*',
        Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
      },
      {
        Sid: 'CloudAtlasDeletePassRole',
        Effect: 'Allow',
        Action: ['iam:PassRole'],
        Resource: '*',
        Condition: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
      },
    ]);
  });

  test('who may only operate can make nothing', () => {
    const actions = policyDocument(['inventory', 'operate']).Statement.flatMap((s) => s.Action);
    expect(
      actions.filter((a) =>
        /:(RunInstances|RestoreDB|CreateDBInstance|CreateVolume|CreateLoadBalancer|CreateFunction)/.test(a),
      ),
    ).toEqual([]);
  });

  test('managed policies stay under the quota of AWS', () => {
    const parts = splitPolicies(policyDocument(Feature.options));
    for (const part of parts) expect(JSON.stringify(part).length).toBeLessThanOrEqual(6_144);
    expect(parts.flatMap((p) => p.Statement)).toEqual(policyDocument(Feature.options).Statement);
    expect(parts.length).toBeLessThanOrEqual(10);
  });

  test('the CloudFormation template makes a role that only the external id opens', () => {
    const templates = aws.accessTemplates({
      features: ['inventory'],
      trustedPrincipal: '123456789012',
      externalId: 'shared-secret',
    });
    expect(templates.map((t) => t.id)).toEqual(['aws-policy', 'aws-trust-policy', 'aws-cloudformation']);
    const template = JSON.parse(templates[2]?.text ?? '{}');
    expect(template.Resources.CloudAtlasRole.Properties.AssumeRolePolicyDocument.Statement[0]).toMatchObject({
      Principal: { AWS: 'arn:aws:iam::123456789012:root' },
      Condition: { StringEquals: { 'sts:ExternalId': { Ref: 'ExternalId' } } },
    });
    expect(template.Parameters.ExternalId.Default).toBe('shared-secret');
    expect(template.Resources.CloudAtlasPolicy1.Properties.PolicyDocument.Statement[0].Action).toContain(
      'ec2:DescribeInstances',
    );
  });

  test('a role without external id, or a principal that is none, is refused', async () => {
    const make = (request: object) =>
      failure((async () => aws.accessTemplates({ features: ['inventory'], ...request }))());
    expect((await make({ trustedPrincipal: '123456789012' })).problem.fields?.[0]?.field).toBe('externalId');
    expect((await make({ trustedPrincipal: '*', externalId: 'xx' })).problem.fields?.[0]?.field).toBe(
      'trustedPrincipal',
    );
  });

  test('the policy that is given out is enough for the inventory', async () => {
    const { world } = simulator.control;
    const account = world.accounts.get('111122223333');
    if (!account) throw new Error('the scenario has no first account');
    const key = world.addUser(account, 'least', {
      policies: { least: policyDocument(['inventory', 'metrics', 'costs']) },
    });
    const connection = aws.connect(
      { method: 'keys', values: { accessKeyId: key.accessKeyId, secretAccessKey: key.secretAccessKey } },
      { endpoint: simulator.url },
    );
    const findings = await connection.probe({ features: ['inventory', 'metrics', 'costs'] });
    expect(findings.filter((f) => f.granted !== 'yes')).toEqual([]);
    for (const service of connection.services) {
      const region = service.scope === 'global' ? 'global' : 'us-east-1';
      for await (const event of connection.list({ service: service.id, region }))
        if (event.kind === 'end') expect(event, JSON.stringify(event)).toMatchObject({ complete: true });
    }
    connection.close();
  });
});
