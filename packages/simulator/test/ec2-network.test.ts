import {
  AttachInternetGatewayCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateInternetGatewayCommand,
  CreateKeyPairCommand,
  CreateNatGatewayCommand,
  AllocateAddressCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DeleteInternetGatewayCommand,
  DeleteNatGatewayCommand,
  DeleteSecurityGroupCommand,
  DeleteSubnetCommand,
  DeleteVpcCommand,
  DescribeAddressesCommand,
  DescribeAvailabilityZonesCommand,
  DescribeImagesCommand,
  DescribeInstanceTypesCommand,
  DescribeNatGatewaysCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  DetachInternetGatewayCommand,
  RevokeSecurityGroupIngressCommand,
  RunInstancesCommand,
  type EC2Client,
} from '@aws-sdk/client-ec2';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  DeleteTargetGroupCommand,
  DescribeLoadBalancersCommand,
  DescribeTagsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSimulator, type Simulator } from '../src/server.ts';
import { clientConfig, ec2Client, failure } from './support.ts';

let simulator: Simulator;
let ec2: EC2Client;
beforeAll(async () => {
  simulator = await startSimulator({ scenario: 'empty', clock: { factor: 0 } });
  ec2 = ec2Client(simulator);
});
afterAll(() => simulator.close());

async function vpc(CidrBlock = '10.0.0.0/16'): Promise<string> {
  return (await ec2.send(new CreateVpcCommand({ CidrBlock }))).Vpc?.VpcId ?? '';
}

describe('networks', () => {
  test('each region has a default VPC with a subnet per zone', async () => {
    const { Vpcs } = await ec2.send(
      new DescribeVpcsCommand({ Filters: [{ Name: 'is-default', Values: ['true'] }] }),
    );
    expect(Vpcs).toHaveLength(1);
    const { Subnets } = await ec2.send(
      new DescribeSubnetsCommand({ Filters: [{ Name: 'default-for-az', Values: ['true'] }] }),
    );
    const { AvailabilityZones } = await ec2.send(new DescribeAvailabilityZonesCommand({}));
    expect(Subnets?.map((s) => s.AvailabilityZone).sort()).toEqual(
      AvailabilityZones?.map((z) => z.ZoneName).sort(),
    );
    expect(AvailabilityZones?.[0]?.ZoneId).toBe('use1-az1');
  });

  test('blocks are checked: form, size, inside the VPC, no overlap', async () => {
    const VpcId = await vpc();
    const subnet = (CidrBlock: string) => ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock }));
    expect(await failure(vpc('10.0.0/16'))).toMatchObject({ name: 'InvalidParameterValue' });
    expect(await failure(vpc('10.0.0.0/8'))).toMatchObject({ name: 'InvalidVpc.Range' });
    expect(await failure(subnet('10.1.0.0/24'))).toMatchObject({ name: 'InvalidSubnet.Range' });
    const { Subnet } = await subnet('10.0.0.0/24');
    expect(Subnet?.AvailableIpAddressCount).toBe(251);
    expect(await failure(subnet('10.0.0.128/25'))).toMatchObject({ name: 'InvalidSubnet.Conflict' });
    // Host bits are cleared.
    expect((await subnet('10.0.1.77/24')).Subnet?.CidrBlock).toBe('10.0.1.0/24');
  });

  test('deletion order is enforced with DependencyViolation', async () => {
    const VpcId = await vpc('10.9.0.0/16');
    const SubnetId = (await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: '10.9.0.0/24' }))).Subnet
      ?.SubnetId;
    const InternetGatewayId = (await ec2.send(new CreateInternetGatewayCommand({}))).InternetGateway
      ?.InternetGatewayId;
    await ec2.send(new AttachInternetGatewayCommand({ VpcId, InternetGatewayId }));
    const violation = { name: 'DependencyViolation', status: 400 };
    expect(await failure(ec2.send(new DeleteVpcCommand({ VpcId })))).toMatchObject(violation);
    expect(await failure(ec2.send(new DeleteInternetGatewayCommand({ InternetGatewayId })))).toMatchObject(
      violation,
    );
    const { Images } = await ec2.send(
      new DescribeImagesCommand({
        Owners: ['amazon'],
        Filters: [{ Name: 'architecture', Values: ['x86_64'] }],
      }),
    );
    await ec2.send(
      new RunInstancesCommand({
        ImageId: Images?.[0]?.ImageId ?? '',
        InstanceType: 't3.micro',
        MinCount: 1,
        MaxCount: 1,
        SubnetId,
      }),
    );
    expect(await failure(ec2.send(new DeleteSubnetCommand({ SubnetId })))).toMatchObject(violation);
    const empty = await vpc('10.8.0.0/16');
    const lone = (await ec2.send(new CreateSubnetCommand({ VpcId: empty, CidrBlock: '10.8.0.0/24' }))).Subnet
      ?.SubnetId;
    await ec2.send(new DeleteSubnetCommand({ SubnetId: lone }));
    await ec2.send(new DeleteVpcCommand({ VpcId: empty }));
    expect(await failure(ec2.send(new DescribeVpcsCommand({ VpcIds: [empty] })))).toMatchObject({
      name: 'InvalidVpcID.NotFound',
    });
    await ec2.send(new DetachInternetGatewayCommand({ VpcId, InternetGatewayId }));
  });

  test('a NAT gateway is pending, then available; deleted, its address stays', async () => {
    const VpcId = await vpc('10.7.0.0/16');
    const SubnetId = (await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: '10.7.0.0/24' }))).Subnet
      ?.SubnetId;
    const { AllocationId } = await ec2.send(new AllocateAddressCommand({}));
    expect(await failure(ec2.send(new CreateNatGatewayCommand({ SubnetId })))).toMatchObject({
      name: 'MissingParameter',
    });
    const { NatGateway } = await ec2.send(new CreateNatGatewayCommand({ SubnetId, AllocationId }));
    expect(NatGateway?.State).toBe('pending');
    const NatGatewayId = NatGateway?.NatGatewayId ?? '';
    const state = async () =>
      (await ec2.send(new DescribeNatGatewaysCommand({ NatGatewayIds: [NatGatewayId] }))).NatGateways?.[0]
        ?.State;
    simulator.control.advance(120);
    expect(await state()).toBe('available');
    const table = (await ec2.send(new CreateRouteTableCommand({ VpcId }))).RouteTable?.RouteTableId;
    await ec2.send(
      new CreateRouteCommand({ RouteTableId: table, DestinationCidrBlock: '0.0.0.0/0', NatGatewayId }),
    );
    await ec2.send(new DeleteNatGatewayCommand({ NatGatewayId }));
    expect(await state()).toBe('deleting');
    simulator.control.advance(120);
    expect(await state()).toBe('deleted');
    const { Addresses } = await ec2.send(
      new DescribeAddressesCommand({ AllocationIds: [AllocationId ?? ''] }),
    );
    expect(Addresses?.[0]).not.toHaveProperty('AssociationId');
  });

  test('security groups: rules come back, doubles and unknown ones are refused, used groups stay', async () => {
    const VpcId = await vpc('10.6.0.0/16');
    const { GroupId } = await ec2.send(
      new CreateSecurityGroupCommand({ GroupName: 'web', Description: 'web', VpcId }),
    );
    expect(
      await failure(
        ec2.send(new CreateSecurityGroupCommand({ GroupName: 'web', Description: 'web', VpcId })),
      ),
    ).toMatchObject({ name: 'InvalidGroup.Duplicate' });
    const IpPermissions = [
      {
        IpProtocol: 'tcp',
        FromPort: 443,
        ToPort: 443,
        IpRanges: [{ CidrIp: '0.0.0.0/0', Description: 'all' }],
      },
    ];
    await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
    expect(
      await failure(ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }))),
    ).toMatchObject({ name: 'InvalidPermission.Duplicate' });
    const look = async () =>
      (await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [GroupId ?? ''] }))).SecurityGroups?.[0];
    expect((await look())?.IpPermissions?.[0]).toMatchObject(IpPermissions[0] ?? {});
    const { GroupId: other } = await ec2.send(
      new CreateSecurityGroupCommand({ GroupName: 'app', Description: 'app', VpcId }),
    );
    await ec2.send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupId: other,
        IpPermissions: [{ IpProtocol: 'tcp', FromPort: 80, ToPort: 80, UserIdGroupPairs: [{ GroupId }] }],
      }),
    );
    expect(await failure(ec2.send(new DeleteSecurityGroupCommand({ GroupId })))).toMatchObject({
      name: 'DependencyViolation',
      status: 400,
    });
    await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
    expect((await look())?.IpPermissions).toEqual([]);
    expect(
      await failure(ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions }))),
    ).toMatchObject({ name: 'InvalidPermission.NotFound' });
    expect(
      await failure(ec2.send(new DeleteSecurityGroupCommand({ GroupId: 'sg-0123456789abcdef0' }))),
    ).toMatchObject({ name: 'InvalidGroup.NotFound' });
  });

  test('a key pair gives its private half once', async () => {
    const key = await ec2.send(new CreateKeyPairCommand({ KeyName: 'ops', KeyType: 'ed25519' }));
    expect(key.KeyMaterial).toContain('PRIVATE KEY');
    expect(await failure(ec2.send(new CreateKeyPairCommand({ KeyName: 'ops' })))).toMatchObject({
      name: 'InvalidKeyPair.Duplicate',
    });
  });

  test('instance types: about 80, in pages of at most 100, by architecture', async () => {
    const { InstanceTypes } = await ec2.send(
      new DescribeInstanceTypesCommand({
        Filters: [{ Name: 'processor-info.supported-architecture', Values: ['arm64'] }],
      }),
    );
    expect(InstanceTypes?.map((t) => t.InstanceType)).toContain('m7g.large');
    expect(InstanceTypes?.map((t) => t.InstanceType)).not.toContain('m5.large');
    const [m5] =
      (await ec2.send(new DescribeInstanceTypesCommand({ InstanceTypes: ['m5.xlarge'] }))).InstanceTypes ??
      [];
    expect(m5).toMatchObject({ VCpuInfo: { DefaultVCpus: 4 }, MemoryInfo: { SizeInMiB: 16384 } });
    expect(await failure(ec2.send(new DescribeInstanceTypesCommand({ MaxResults: 101 })))).toMatchObject({
      name: 'InvalidParameterValue',
    });
  });
});

describe('load balancers', () => {
  test('provisioning → active, targets from unused to healthy, groups in use are kept', async () => {
    const elb = new ElasticLoadBalancingV2Client(clientConfig(simulator));
    const { Subnets } = await ec2.send(
      new DescribeSubnetsCommand({ Filters: [{ Name: 'default-for-az', Values: ['true'] }] }),
    );
    const ids = (Subnets ?? []).slice(0, 2).map((s) => s.SubnetId ?? '');
    expect(
      await failure(elb.send(new CreateLoadBalancerCommand({ Name: 'one-zone', Subnets: ids.slice(0, 1) }))),
    ).toMatchObject({ name: 'ValidationError' });
    const { LoadBalancers } = await elb.send(
      new CreateLoadBalancerCommand({ Name: 'web', Subnets: ids, Tags: [{ Key: 'app', Value: 'shop' }] }),
    );
    const arn = LoadBalancers?.[0]?.LoadBalancerArn ?? '';
    expect(LoadBalancers?.[0]?.State?.Code).toBe('provisioning');
    simulator.control.advance(90);
    const { LoadBalancers: later } = await elb.send(
      new DescribeLoadBalancersCommand({ LoadBalancerArns: [arn] }),
    );
    expect(later?.[0]?.State?.Code).toBe('active');
    const { TagDescriptions } = await elb.send(new DescribeTagsCommand({ ResourceArns: [arn] }));
    expect(TagDescriptions?.[0]?.Tags).toEqual([{ Key: 'app', Value: 'shop' }]);

    const { TargetGroups } = await elb.send(
      new CreateTargetGroupCommand({ Name: 'web', Protocol: 'HTTP', Port: 80, VpcId: Subnets?.[0]?.VpcId }),
    );
    const TargetGroupArn = TargetGroups?.[0]?.TargetGroupArn ?? '';
    const { Images } = await ec2.send(
      new DescribeImagesCommand({
        Owners: ['amazon'],
        Filters: [{ Name: 'architecture', Values: ['x86_64'] }],
      }),
    );
    const { Instances } = await ec2.send(
      new RunInstancesCommand({
        ImageId: Images?.[0]?.ImageId ?? '',
        InstanceType: 't3.micro',
        MinCount: 1,
        MaxCount: 1,
      }),
    );
    simulator.control.advance(60);
    await elb.send(
      new RegisterTargetsCommand({ TargetGroupArn, Targets: [{ Id: Instances?.[0]?.InstanceId ?? '' }] }),
    );
    const health = async () =>
      (await elb.send(new DescribeTargetHealthCommand({ TargetGroupArn }))).TargetHealthDescriptions?.[0]
        ?.TargetHealth?.State;
    expect(await health()).toBe('unused');
    await elb.send(
      new CreateListenerCommand({
        LoadBalancerArn: arn,
        Protocol: 'HTTP',
        Port: 80,
        DefaultActions: [{ Type: 'forward', TargetGroupArn }],
      }),
    );
    expect(await health()).toBe('initial');
    simulator.control.advance(90);
    expect(await health()).toBe('healthy');
    expect(await failure(elb.send(new DeleteTargetGroupCommand({ TargetGroupArn })))).toMatchObject({
      name: 'ResourceInUseException',
      status: 400,
    });
    expect(await failure(elb.send(new DescribeLoadBalancersCommand({ Names: ['none'] })))).toMatchObject({
      name: 'LoadBalancerNotFoundException',
      status: 400,
    });
  });
});
