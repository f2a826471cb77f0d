import {
  AddTagsToResourceCommand,
  CreateDBInstanceCommand,
  CreateDBSnapshotCommand,
  DeleteDBInstanceCommand,
  DeleteDBSnapshotCommand,
  DescribeDBEngineVersionsCommand,
  DescribeDBInstancesCommand,
  DescribeDBSnapshotsCommand,
  DescribeDBSubnetGroupsCommand,
  DescribeOrderableDBInstanceOptionsCommand,
  ListTagsForResourceCommand,
  ModifyDBInstanceCommand,
  RDSClient,
  RebootDBInstanceCommand,
  RemoveTagsFromResourceCommand,
  StartDBInstanceCommand,
  StopDBInstanceCommand,
  type CreateDBInstanceCommandInput,
  type DBInstance,
} from '@aws-sdk/client-rds';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startSimulator, type Simulator } from '../src/server.ts';
import { credentialsOf } from './support.ts';

const START = Date.UTC(2026, 10, 18, 12);
let simulator: Simulator;
let rds: RDSClient;

beforeEach(async () => {
  simulator = await startSimulator({ scenario: 'empty', clock: { start: START, factor: 0 } });
  rds = new RDSClient({
    region: 'us-east-1',
    endpoint: simulator.url,
    credentials: credentialsOf(simulator, 'admin'),
    maxAttempts: 1,
  });
});
afterEach(() => simulator.close());

const minutes = (n: number): void => simulator.control.world.clock.advance(n * 60_000);

async function create(
  id: string,
  more: Partial<CreateDBInstanceCommandInput> = {},
): Promise<DBInstance | undefined> {
  const input = {
    DBInstanceIdentifier: id,
    DBInstanceClass: 'db.t3.medium',
    Engine: 'postgres',
    AllocatedStorage: 50,
    MasterUsername: 'dba',
    MasterUserPassword: 'correct-horse',
  };
  return (await rds.send(new CreateDBInstanceCommand({ ...input, ...more }))).DBInstance;
}

async function get(id: string): Promise<DBInstance | undefined> {
  return (await rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: id }))).DBInstances?.[0];
}

async function ready(id: string): Promise<void> {
  await create(id);
  minutes(10);
}

describe('life of an instance', () => {
  test('it is creating, backing up and then available with an endpoint', async () => {
    const created = await create('Storefront-DB');
    expect(created).toMatchObject({ DBInstanceIdentifier: 'storefront-db', DBInstanceStatus: 'creating' });
    expect(created?.Endpoint).toBeUndefined();
    minutes(6);
    expect((await get('storefront-db'))?.DBInstanceStatus).toBe('backing-up');
    minutes(4);
    const up = await get('storefront-db');
    expect(up).toMatchObject({ DBInstanceStatus: 'available', EngineVersion: '17.6' });
    expect(up?.Endpoint?.Address).toMatch(/^storefront-db\.\w+\.us-east-1\.rds\.amazonaws\.com$/);
  });

  test('stop, start and the wrong states', async () => {
    await ready('db1');
    expect(
      (await rds.send(new StopDBInstanceCommand({ DBInstanceIdentifier: 'db1' }))).DBInstance
        ?.DBInstanceStatus,
    ).toBe('stopping');
    await expect(rds.send(new StopDBInstanceCommand({ DBInstanceIdentifier: 'db1' }))).rejects.toMatchObject({
      name: 'InvalidDBInstanceStateFault',
      $metadata: { httpStatusCode: 400 },
    });
    minutes(5);
    const stopped = await get('db1');
    expect(stopped?.DBInstanceStatus).toBe('stopped');
    expect(stopped?.AutomaticRestartTime?.getTime()).toBeGreaterThan(START + 7 * 86_400_000);
    await expect(
      rds.send(new RebootDBInstanceCommand({ DBInstanceIdentifier: 'db1' })),
    ).rejects.toMatchObject({ name: 'InvalidDBInstanceStateFault' });
    await rds.send(new StartDBInstanceCommand({ DBInstanceIdentifier: 'db1' }));
    expect((await get('db1'))?.DBInstanceStatus).toBe('starting');
    minutes(6);
    expect((await get('db1'))?.DBInstanceStatus).toBe('available');
    minutes(8 * 24 * 60);
    expect((await get('db1'))?.DBInstanceStatus).toBe('available');
  });

  test('a stopped instance starts by itself after seven days', async () => {
    await ready('sleepy');
    await rds.send(new StopDBInstanceCommand({ DBInstanceIdentifier: 'sleepy' }));
    minutes(6 * 24 * 60);
    expect((await get('sleepy'))?.DBInstanceStatus).toBe('stopped');
    minutes(24 * 60 + 6);
    expect((await get('sleepy'))?.DBInstanceStatus).toBe('starting');
    minutes(6);
    expect((await get('sleepy'))?.DBInstanceStatus).toBe('available');
  });

  test('a change is pending first, then modifying, then made', async () => {
    await ready('db2');
    const answer = await rds.send(
      new ModifyDBInstanceCommand({
        DBInstanceIdentifier: 'db2',
        DBInstanceClass: 'db.t3.large',
        ApplyImmediately: true,
      }),
    );
    expect(answer.DBInstance).toMatchObject({
      DBInstanceStatus: 'available',
      DBInstanceClass: 'db.t3.medium',
      PendingModifiedValues: { DBInstanceClass: 'db.t3.large' },
    });
    minutes(2);
    expect((await get('db2'))?.DBInstanceStatus).toBe('modifying');
    minutes(10);
    const done = await get('db2');
    expect(done).toMatchObject({ DBInstanceStatus: 'available', DBInstanceClass: 'db.t3.large' });
    expect(done?.PendingModifiedValues?.DBInstanceClass).toBeUndefined();
  });

  test('without ApplyImmediately a change waits for the window; storage never shrinks', async () => {
    await ready('db3');
    await rds.send(
      new ModifyDBInstanceCommand({ DBInstanceIdentifier: 'db3', DBInstanceClass: 'db.t3.large' }),
    );
    minutes(120);
    expect(await get('db3')).toMatchObject({
      DBInstanceClass: 'db.t3.medium',
      PendingModifiedValues: { DBInstanceClass: 'db.t3.large' },
    });
    minutes(5 * 24 * 60);
    expect(await get('db3')).toMatchObject({ DBInstanceClass: 'db.t3.large' });
    await expect(
      rds.send(new ModifyDBInstanceCommand({ DBInstanceIdentifier: 'db3', AllocatedStorage: 20 })),
    ).rejects.toMatchObject({ name: 'InvalidParameterCombination' });
  });

  test('deletion wants a decision about the final snapshot', async () => {
    await ready('db4');
    await expect(
      rds.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier: 'db4' })),
    ).rejects.toMatchObject({ name: 'InvalidParameterCombination' });
    await rds.send(new ModifyDBInstanceCommand({ DBInstanceIdentifier: 'db4', DeletionProtection: true }));
    await expect(
      rds.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier: 'db4', SkipFinalSnapshot: true })),
    ).rejects.toMatchObject({ name: 'InvalidParameterCombination' });
    await rds.send(new ModifyDBInstanceCommand({ DBInstanceIdentifier: 'db4', DeletionProtection: false }));
    const deleting = await rds.send(
      new DeleteDBInstanceCommand({ DBInstanceIdentifier: 'db4', FinalDBSnapshotIdentifier: 'db4-final' }),
    );
    expect(deleting.DBInstance?.DBInstanceStatus).toBe('deleting');
    minutes(10);
    await expect(get('db4')).rejects.toMatchObject({
      name: 'DBInstanceNotFoundFault',
      $metadata: { httpStatusCode: 404 },
    });
    const { DBSnapshots } = await rds.send(new DescribeDBSnapshotsCommand({ DBInstanceIdentifier: 'db4' }));
    expect(DBSnapshots).toMatchObject([
      { DBSnapshotIdentifier: 'db4-final', Status: 'available', SnapshotType: 'manual' },
    ]);
  });

  test('snapshots are creating, then available, and can be deleted', async () => {
    await ready('db5');
    expect(
      (
        await rds.send(
          new CreateDBSnapshotCommand({ DBInstanceIdentifier: 'db5', DBSnapshotIdentifier: 's1' }),
        )
      ).DBSnapshot?.Status,
    ).toBe('creating');
    await expect(
      rds.send(new CreateDBSnapshotCommand({ DBInstanceIdentifier: 'db5', DBSnapshotIdentifier: 's1' })),
    ).rejects.toMatchObject({ name: 'DBSnapshotAlreadyExistsFault' });
    minutes(5);
    const { DBSnapshots } = await rds.send(new DescribeDBSnapshotsCommand({ DBSnapshotIdentifier: 's1' }));
    expect(DBSnapshots?.[0]).toMatchObject({ Status: 'available', PercentProgress: 100 });
    await rds.send(new DeleteDBSnapshotCommand({ DBSnapshotIdentifier: 's1' }));
    await expect(
      rds.send(new DescribeDBSnapshotsCommand({ DBSnapshotIdentifier: 's1' })),
    ).rejects.toMatchObject({ name: 'DBSnapshotNotFoundFault' });
  });
});

describe('refusals', () => {
  test.each([
    [{ DBInstanceIdentifier: '9bad' }, 'InvalidParameterValue'],
    [{ DBInstanceIdentifier: 'bad--name' }, 'InvalidParameterValue'],
    [{ DBInstanceClass: 'db.m99.large' }, 'InvalidParameterCombination'],
    [{ Engine: 'foxpro' }, 'InvalidParameterValue'],
    [{ AllocatedStorage: 5 }, 'InvalidParameterValue'],
    [{ MasterUserPassword: 'short' }, 'InvalidParameterValue'],
    [{ StorageType: 'io1', AllocatedStorage: 100 }, 'InvalidParameterCombination'],
    [{ VpcSecurityGroupIds: ['sg-00000000000000000'] }, 'InvalidParameterValue'],
  ] as const)('%o is refused with %s', async (input, name) => {
    await expect(
      create('candidate', { ...input } as Partial<CreateDBInstanceCommandInput>),
    ).rejects.toMatchObject({ name });
  });

  test('a name can be used once', async () => {
    await create('twice');
    await expect(create('TWICE')).rejects.toMatchObject({ name: 'DBInstanceAlreadyExistsFault' });
  });
});

test('pages follow MaxRecords and Marker, and the bounds are enforced', async () => {
  for (let i = 0; i < 45; i++) await create(`fleet-${String(i).padStart(2, '0')}`);
  const ids: (string | undefined)[] = [];
  let Marker: string | undefined;
  let pages = 0;
  do {
    const page = await rds.send(new DescribeDBInstancesCommand({ MaxRecords: 20, Marker }));
    ids.push(...(page.DBInstances ?? []).map((i) => i.DBInstanceIdentifier));
    Marker = page.Marker;
    pages += 1;
  } while (Marker);
  expect(pages).toBe(3);
  expect(new Set(ids).size).toBe(45);
  await expect(rds.send(new DescribeDBInstancesCommand({ MaxRecords: 5 }))).rejects.toMatchObject({
    name: 'InvalidParameterValue',
  });
  const filtered = await rds.send(
    new DescribeDBInstancesCommand({
      Filters: [{ Name: 'db-instance-id', Values: ['fleet-03', 'fleet-04'] }],
    }),
  );
  expect(filtered.DBInstances).toHaveLength(2);
});

test('tags are added, listed and removed by ARN', async () => {
  const instance = await create('tagged', { Tags: [{ Key: 'env', Value: 'prod' }] });
  const ResourceName = instance?.DBInstanceArn;
  await rds.send(new AddTagsToResourceCommand({ ResourceName, Tags: [{ Key: 'owner', Value: 'São <&>' }] }));
  expect((await rds.send(new ListTagsForResourceCommand({ ResourceName }))).TagList).toEqual([
    { Key: 'env', Value: 'prod' },
    { Key: 'owner', Value: 'São <&>' },
  ]);
  await rds.send(new RemoveTagsFromResourceCommand({ ResourceName, TagKeys: ['env'] }));
  expect((await get('tagged'))?.TagList).toEqual([{ Key: 'owner', Value: 'São <&>' }]);
});

test('engine versions, orderable options and subnet groups feed a form', async () => {
  const { DBEngineVersions } = await rds.send(new DescribeDBEngineVersionsCommand({ Engine: 'postgres' }));
  expect(DBEngineVersions?.map((v) => v.EngineVersion)).toContain('16.10');
  const options = await rds.send(
    new DescribeOrderableDBInstanceOptionsCommand({
      Engine: 'mysql',
      EngineVersion: '8.0.43',
      DBInstanceClass: 'db.t3.micro',
    }),
  );
  expect(options.OrderableDBInstanceOptions?.map((o) => o.StorageType)).toEqual(['gp2', 'gp3', 'io1']);
  const { DBSubnetGroups } = await rds.send(new DescribeDBSubnetGroupsCommand({}));
  expect(DBSubnetGroups?.[0]?.Subnets?.length).toBeGreaterThan(1);
});
