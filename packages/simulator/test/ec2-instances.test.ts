import {
  DescribeImagesCommand,
  DescribeInstancesCommand,
  DescribeInstanceStatusCommand,
  DescribeVolumesCommand,
  ModifyInstanceAttributeCommand,
  RunInstancesCommand,
  StartInstancesCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
  type EC2Client,
  type Instance,
  type RunInstancesCommandInput,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSimulator, type Simulator } from '../src/server.ts';
import { ec2Client, failure } from './support.ts';

let simulator: Simulator;
let ec2: EC2Client;
let imageId: string;

beforeAll(async () => {
  simulator = await startSimulator({ scenario: 'empty', clock: { factor: 0 } });
  ec2 = ec2Client(simulator);
  const { Images } = await ec2.send(
    new DescribeImagesCommand({ Owners: ['amazon'], Filters: [{ Name: 'name', Values: ['al2023*x86_64'] }] }),
  );
  imageId = Images?.[0]?.ImageId ?? '';
});
afterAll(() => simulator.close());

async function run(more: Partial<RunInstancesCommandInput> = {}): Promise<Instance[]> {
  const answer = await ec2.send(
    new RunInstancesCommand({
      ImageId: imageId,
      InstanceType: 't3.micro',
      MinCount: 1,
      MaxCount: 1,
      ...more,
    }),
  );
  return answer.Instances ?? [];
}

async function runOne(more: Partial<RunInstancesCommandInput> = {}): Promise<string> {
  const [instance] = await run(more);
  simulator.control.advance(60);
  return instance?.InstanceId ?? '';
}

async function look(id: string): Promise<Instance | undefined> {
  const { Reservations } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] }));
  return Reservations?.[0]?.Instances?.[0];
}

describe('life of an instance', () => {
  test('launch goes pending → running; the public address and passed checks come later', async () => {
    const [instance] = await run();
    const id = instance?.InstanceId ?? '';
    expect(instance?.State).toEqual({ Code: 0, Name: 'pending' });
    expect(instance?.PublicIpAddress).toBeUndefined();
    simulator.control.advance(25);
    const running = await look(id);
    expect(running?.State).toEqual({ Code: 16, Name: 'running' });
    expect(running?.PublicIpAddress).toMatch(/^\d+\.\d+\.\d+\.\d+$/);
    const status = async () =>
      (await ec2.send(new DescribeInstanceStatusCommand({ InstanceIds: [id] }))).InstanceStatuses?.[0]
        ?.InstanceStatus?.Status;
    expect(await status()).toBe('initializing');
    simulator.control.advance(150);
    expect(await status()).toBe('ok');
  });

  test('stop answers stopping (64) from running (16), then stopped (80) without the automatic address', async () => {
    const id = await runOne();
    const { StoppingInstances } = await ec2.send(new StopInstancesCommand({ InstanceIds: [id] }));
    expect(StoppingInstances?.[0]).toMatchObject({
      CurrentState: { Code: 64, Name: 'stopping' },
      PreviousState: { Code: 16, Name: 'running' },
    });
    expect((await look(id))?.State?.Name).toBe('stopping');
    simulator.control.advance(60);
    const stopped = await look(id);
    expect(stopped?.State).toEqual({ Code: 80, Name: 'stopped' });
    expect(stopped?.PublicIpAddress).toBeUndefined();
    expect(stopped?.StateTransitionReason).toMatch(/^User initiated \(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d GMT\)$/);
    const { StartingInstances } = await ec2.send(new StartInstancesCommand({ InstanceIds: [id] }));
    expect(StartingInstances?.[0]).toMatchObject({
      CurrentState: { Code: 0, Name: 'pending' },
      PreviousState: { Code: 80, Name: 'stopped' },
    });
  });

  test('a terminated instance stays listed for about an hour, stripped of network and disks, and its volume is gone', async () => {
    const id = await runOne({
      TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'Name', Value: 'gone' }] }],
    });
    const volumeId = (await look(id))?.BlockDeviceMappings?.[0]?.Ebs?.VolumeId ?? '';
    const { TerminatingInstances } = await ec2.send(new TerminateInstancesCommand({ InstanceIds: [id] }));
    expect(TerminatingInstances?.[0]?.CurrentState).toEqual({ Code: 32, Name: 'shutting-down' });
    simulator.control.advance(60);
    const gone = await look(id);
    expect(gone?.State).toEqual({ Code: 48, Name: 'terminated' });
    expect(gone?.StateReason?.Code).toBe('Client.UserInitiatedShutdown');
    expect([gone?.VpcId, gone?.SubnetId, gone?.PrivateIpAddress, gone?.PublicIpAddress]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(gone?.BlockDeviceMappings ?? []).toEqual([]);
    expect(gone?.Tags).toEqual([{ Key: 'Name', Value: 'gone' }]);
    expect(await failure(ec2.send(new DescribeVolumesCommand({ VolumeIds: [volumeId] })))).toMatchObject({
      name: 'InvalidVolume.NotFound',
      status: 400,
    });
    simulator.control.advance(3700);
    expect(await failure(look(id))).toMatchObject({ name: 'InvalidInstanceID.NotFound', status: 400 });
  });
});

describe('refusals', () => {
  test('the type changes only while stopped, and only to what architecture and region have', async () => {
    const id = await runOne();
    const change = (Value: string) =>
      ec2.send(new ModifyInstanceAttributeCommand({ InstanceId: id, InstanceType: { Value } }));
    expect(await failure(change('t3.small'))).toMatchObject({ name: 'IncorrectInstanceState', status: 400 });
    await ec2.send(new StopInstancesCommand({ InstanceIds: [id] }));
    simulator.control.advance(60);
    expect(await failure(change('t4g.small'))).toMatchObject({ name: 'InvalidParameterValue' });
    expect(await failure(change('t9.huge'))).toMatchObject({ name: 'InvalidParameterValue' });
    await change('t3.small');
    expect((await look(id))?.InstanceType).toBe('t3.small');
  });

  test('protected instances are neither stopped nor terminated; the text names the attribute', async () => {
    const id = await runOne({ DisableApiStop: true });
    const stop = await failure(ec2.send(new StopInstancesCommand({ InstanceIds: [id] })));
    expect(stop).toMatchObject({ name: 'OperationNotPermitted', status: 400 });
    expect(stop.message).toContain('disableApiStop');
    expect((await failure(ec2.send(new TerminateInstancesCommand({ InstanceIds: [id] })))).message).toContain(
      'disableApiStop',
    );
    await ec2.send(new ModifyInstanceAttributeCommand({ InstanceId: id, DisableApiStop: { Value: false } }));
    await ec2.send(
      new ModifyInstanceAttributeCommand({ InstanceId: id, DisableApiTermination: { Value: true } }),
    );
    expect((await failure(ec2.send(new TerminateInstancesCommand({ InstanceIds: [id] })))).message).toContain(
      'disableApiTermination',
    );
  });

  test('one bad id fails the whole call and nothing is stopped', async () => {
    const id = await runOne();
    const absent = 'i-0123456789abcdef0';
    expect(await failure(ec2.send(new StopInstancesCommand({ InstanceIds: [id, absent] })))).toMatchObject({
      name: 'InvalidInstanceID.NotFound',
    });
    expect(
      await failure(ec2.send(new StopInstancesCommand({ InstanceIds: [id, 'nonsense'] }))),
    ).toMatchObject({ name: 'InvalidInstanceID.Malformed' });
    expect((await look(id))?.State?.Name).toBe('running');
  });

  test('a spot instance is not stopped', async () => {
    const id = await runOne({ InstanceMarketOptions: { MarketType: 'spot' } });
    expect(await failure(ec2.send(new StopInstancesCommand({ InstanceIds: [id] })))).toMatchObject({
      name: 'UnsupportedOperation',
    });
  });

  test('an architecture that does not fit the image is refused', async () => {
    expect(await failure(run({ InstanceType: 't4g.micro' }))).toMatchObject({
      name: 'InvalidParameterValue',
      status: 400,
    });
  });
});

describe('DryRun and idempotency', () => {
  test('DryRun answers 412 DryRunOperation and changes nothing; without permission 403', async () => {
    const id = await runOne();
    expect(
      await failure(ec2.send(new StopInstancesCommand({ InstanceIds: [id], DryRun: true }))),
    ).toMatchObject({ name: 'DryRunOperation', status: 412 });
    expect((await look(id))?.State?.Name).toBe('running');
    const reader = ec2Client(simulator, 'read-only');
    expect(
      await failure(reader.send(new StopInstancesCommand({ InstanceIds: [id], DryRun: true }))),
    ).toMatchObject({ name: 'UnauthorizedOperation', status: 403 });
  });

  test('the same ClientToken launches once; other parameters with it are refused', async () => {
    const [first] = await run({ ClientToken: 'token-1' });
    const [second] = await run({ ClientToken: 'token-1' });
    expect(second?.InstanceId).toBe(first?.InstanceId);
    expect(await failure(run({ ClientToken: 'token-1', MaxCount: 2 }))).toMatchObject({
      name: 'IdempotentParameterMismatch',
    });
  });
});

describe('absent means absent', () => {
  test('an instance without key, profile or tags has no such members', async () => {
    const instance = await look(await runOne());
    for (const member of ['KeyName', 'IamInstanceProfile', 'Tags', 'Platform', 'InstanceLifecycle'])
      expect(instance).not.toHaveProperty(member);
  });

  test('tags with Unicode, markup and 255 characters come back as sent', async () => {
    const tags = [
      { Key: 'Name', Value: '🚀 <b>&"quoted"</b> ação' },
      { Key: 'long', Value: 'é'.repeat(255) },
    ];
    const id = await runOne({ TagSpecifications: [{ ResourceType: 'instance', Tags: tags }] });
    expect((await look(id))?.Tags).toEqual(tags);
  });
});
