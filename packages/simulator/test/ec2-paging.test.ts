import {
  DescribeImagesCommand,
  DescribeInstancesCommand,
  DescribeRegionsCommand,
  DescribeSnapshotsCommand,
  DescribeTagsCommand,
  paginateDescribeInstances,
  RunInstancesCommand,
  type EC2Client,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSimulator, type Simulator } from '../src/server.ts';
import { ec2Client, failure } from './support.ts';

let simulator: Simulator;
let ec2: EC2Client;
const TOTAL = 2100;

beforeAll(async () => {
  simulator = await startSimulator({ scenario: 'empty', transitionScale: 0 });
  ec2 = ec2Client(simulator);
  const { Images } = await ec2.send(
    new DescribeImagesCommand({
      Owners: ['amazon'],
      Filters: [{ Name: 'architecture', Values: ['x86_64'] }],
    }),
  );
  for (const count of [700, 700, 700]) {
    await ec2.send(
      new RunInstancesCommand({
        ImageId: Images?.[0]?.ImageId ?? '',
        InstanceType: 't3.micro',
        MinCount: count,
        MaxCount: count,
        TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'batch', Value: String(count) }] }],
      }),
    );
  }
});
afterAll(() => simulator.close());

test('2,100 instances come in pages of 1,000; reservations are split over pages', async () => {
  const ids = new Set<string>();
  const reservations: string[][] = [];
  for await (const page of paginateDescribeInstances({ client: ec2, pageSize: 1000 }, {})) {
    reservations.push((page.Reservations ?? []).map((r) => r.ReservationId ?? ''));
    for (const r of page.Reservations ?? []) for (const i of r.Instances ?? []) ids.add(i.InstanceId ?? '');
  }
  expect(ids.size).toBe(TOTAL);
  expect(reservations.map((r) => r.length)).toEqual([2, 2, 1]);
  expect(reservations[0]?.[1]).toBe(reservations[1]?.[0]);
});

test('without MaxResults the server cuts the listing itself', async () => {
  const answer = await ec2.send(new DescribeInstancesCommand({}));
  expect(answer.Reservations?.flatMap((r) => r.Instances ?? []).length).toBe(1000);
  expect(answer.NextToken).toBeTruthy();
});

test('MaxResults has bounds and does not go with ids', async () => {
  for (const MaxResults of [4, 1001]) {
    expect(await failure(ec2.send(new DescribeInstancesCommand({ MaxResults })))).toMatchObject({
      name: 'InvalidParameterValue',
      status: 400,
    });
  }
  const input = { MaxResults: 5, InstanceIds: ['i-0123456789abcdef0'] };
  expect(await failure(ec2.send(new DescribeInstancesCommand(input)))).toMatchObject({
    name: 'InvalidParameterCombination',
  });
});

test('a token is bound to the parameters it was made for, and damaged ones are refused', async () => {
  const { NextToken } = await ec2.send(new DescribeInstancesCommand({ MaxResults: 5 }));
  const other = { MaxResults: 5, NextToken, Filters: [{ Name: 'instance-type', Values: ['t3.micro'] }] };
  expect(await failure(ec2.send(new DescribeInstancesCommand(other)))).toMatchObject({
    name: 'InvalidNextToken',
  });
  expect(await failure(ec2.send(new DescribeInstancesCommand({ NextToken: 'made-up' })))).toMatchObject({
    name: 'InvalidNextToken',
  });
});

test('filters: by tag, state, wildcard; unknown names are refused', async () => {
  const count = async (Name: string, Values: string[]) => {
    let sum = 0;
    for await (const page of paginateDescribeInstances({ client: ec2 }, { Filters: [{ Name, Values }] })) {
      sum += page.Reservations?.flatMap((r) => r.Instances ?? []).length ?? 0;
    }
    return sum;
  };
  expect(await count('tag:batch', ['700'])).toBe(TOTAL);
  expect(await count('tag-key', ['batch'])).toBe(TOTAL);
  expect(await count('instance-type', ['t3.*'])).toBe(TOTAL);
  expect(await count('instance-type', ['t3.m?cro'])).toBe(TOTAL);
  expect(await count('instance-state-name', ['stopped'])).toBe(0);
  expect(await failure(count('no-such-filter', ['x']))).toMatchObject({ name: 'InvalidParameterValue' });
});

test('empty pages and repeated tokens appear when asked for', async () => {
  simulator.control.addFault({ effect: { kind: 'empty-page' }, times: 1 });
  const first = await ec2.send(new DescribeInstancesCommand({}));
  expect(first.Reservations).toEqual([]);
  const second = await ec2.send(new DescribeInstancesCommand({ NextToken: first.NextToken }));
  expect(second.Reservations?.length).toBeGreaterThan(0);

  simulator.control.addFault({ effect: { kind: 'repeat-token' }, times: 3 });
  const a = await ec2.send(new DescribeInstancesCommand({ MaxResults: 5 }));
  const b = await ec2.send(new DescribeInstancesCommand({ MaxResults: 5, NextToken: a.NextToken }));
  expect(b.NextToken).toBe(a.NextToken);

  simulator.control.faults.clear();
  simulator.control.addFault({ effect: { kind: 'partial-pages', maxItems: 3 }, times: 1 });
  const cut = await ec2.send(new DescribeInstancesCommand({ MaxResults: 1000 }));
  expect(cut.Reservations?.flatMap((r) => r.Instances ?? []).length).toBe(3);
  expect(cut.NextToken).toBeTruthy();
});

test('snapshots and images without owner are the public ones too', async () => {
  const all = await ec2.send(new DescribeSnapshotsCommand({}));
  expect(all.Snapshots?.length).toBe(1000);
  const own = await ec2.send(new DescribeSnapshotsCommand({ OwnerIds: ['self'] }));
  expect(own.Snapshots).toEqual([]);
  const images = await ec2.send(new DescribeImagesCommand({ Owners: ['self'] }));
  expect(images.Images).toEqual([]);
});

test('regions: enabled ones only, unless all are asked for', async () => {
  const enabled = (await ec2.send(new DescribeRegionsCommand({}))).Regions ?? [];
  expect(enabled.some((r) => r.RegionName === 'af-south-1')).toBe(false);
  const all = (await ec2.send(new DescribeRegionsCommand({ AllRegions: true }))).Regions ?? [];
  expect(all.find((r) => r.RegionName === 'af-south-1')?.OptInStatus).toBe('not-opted-in');
});

test('DescribeTags lists keys and values with resource ids', async () => {
  const { Tags } = await ec2.send(
    new DescribeTagsCommand({ Filters: [{ Name: 'key', Values: ['batch'] }], MaxResults: 5 }),
  );
  expect(Tags?.length).toBe(5);
  expect(Tags?.[0]).toMatchObject({ Key: 'batch', Value: '700', ResourceType: 'instance' });
});
