import { CreateVpcCommand, DescribeSubnetsCommand } from '@aws-sdk/client-ec2';
import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import { CreateDBInstanceCommand, RDSClient } from '@aws-sdk/client-rds';
import {
  CreateBucketCommand,
  DeletePublicAccessBlockCommand,
  GetBucketAclCommand,
  PutBucketAclCommand,
  PutBucketOwnershipControlsCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSimulator, type Simulator } from '../src/server.ts';
import { clientConfig, ec2Client, failure } from './support.ts';

let simulator: Simulator;

beforeAll(async () => {
  // A clock that runs away: what the first request of a region makes is younger than the request by hours.
  simulator = await startSimulator({ scenario: 'empty', clock: { factor: 1_000_000 } });
});
afterAll(() => simulator.close());

test('the first request of a region sees what the region has from the start', async () => {
  const ec2 = ec2Client(simulator, 'admin', 'sa-east-1');
  expect((await ec2.send(new DescribeSubnetsCommand({}))).Subnets?.length).toBeGreaterThan(1);
});

test('tags for another type than the one that is made are refused', async () => {
  const TagSpecifications = [{ ResourceType: 'instance' as const, Tags: [{ Key: 'a', Value: 'b' }] }];
  const create = new CreateVpcCommand({ CidrBlock: '10.0.0.0/16', TagSpecifications });
  expect(await failure(ec2Client(simulator).send(create))).toMatchObject({
    name: 'InvalidParameterValue',
    status: 400,
  });
});

test('roles are made, hold policies, and go when these are gone', async () => {
  const iam = new IAMClient(clientConfig(simulator));
  const AssumeRolePolicyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ],
  });
  const RoleName = 'worker';
  const create = new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument });
  expect((await iam.send(create)).Role?.Arn).toMatch(/:role\/worker$/);
  expect(await failure(iam.send(create))).toMatchObject({
    name: 'EntityAlreadyExistsException',
    status: 409,
  });
  const broken = new CreateRoleCommand({ RoleName: 'other', AssumeRolePolicyDocument: '{' });
  expect(await failure(iam.send(broken))).toMatchObject({ name: 'MalformedPolicyDocumentException' });
  const PolicyArn = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
  await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
  const remove = new DeleteRoleCommand({ RoleName });
  expect(await failure(iam.send(remove))).toMatchObject({ name: 'DeleteConflictException', status: 409 });
  await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
  await iam.send(remove);
  expect(await failure(iam.send(new GetRoleCommand({ RoleName })))).toMatchObject({ status: 404 });
  iam.destroy();
});

test('the access list of a bucket', async () => {
  const s3 = new S3Client({ ...clientConfig(simulator), forcePathStyle: true });
  const Bucket = 'bucket-with-a-list';
  await s3.send(new CreateBucketCommand({ Bucket }));
  const open = new PutBucketAclCommand({ Bucket, ACL: 'public-read' });
  expect(await failure(s3.send(open))).toMatchObject({ name: 'AccessControlListNotSupported', status: 400 });
  const OwnershipControls = { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' as const }] };
  await s3.send(new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls }));
  expect(await failure(s3.send(open))).toMatchObject({ name: 'AccessDenied', status: 403 });
  await s3.send(new DeletePublicAccessBlockCommand({ Bucket }));
  await s3.send(open);
  const { Grants } = await s3.send(new GetBucketAclCommand({ Bucket }));
  expect(Grants?.map((g) => [g.Grantee?.URI?.split('/').pop(), g.Permission])).toEqual([
    [undefined, 'FULL_CONTROL'],
    ['AllUsers', 'READ'],
  ]);
  s3.destroy();
});

test('a database with a reserved name or an unknown subnet group is refused', async () => {
  const rds = new RDSClient(clientConfig(simulator));
  const input = {
    DBInstanceIdentifier: 'refused',
    DBInstanceClass: 'db.t3.micro',
    Engine: 'postgres',
    AllocatedStorage: 20,
    MasterUsername: 'admin',
    MasterUserPassword: 'Passw0rd1234',
  };
  expect(await failure(rds.send(new CreateDBInstanceCommand(input)))).toMatchObject({
    status: 400,
    message: expect.stringContaining('reserved word'),
  });
  const elsewhere = { ...input, MasterUsername: 'chief', DBSubnetGroupName: 'nowhere' };
  expect(await failure(rds.send(new CreateDBInstanceCommand(elsewhere)))).toMatchObject({
    name: 'DBSubnetGroupNotFoundFault',
    status: 404,
  });
  rds.destroy();
});
