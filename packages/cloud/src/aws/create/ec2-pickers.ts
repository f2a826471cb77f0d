import type { _InstanceType, Image } from '@aws-sdk/client-ec2';
import type { FieldOption, FieldValues } from '../../fields.ts';
import { EC2 } from '../clients.ts';
import { tagMap } from '../../shared/normalise.ts';
import { text } from '../../shared/parameters.ts';
import { collect } from '../../shared/paging.ts';
import type { Scope } from '../scope.ts';

type Tags = Parameters<typeof tagMap>[0];

function named(id: string, tags: Tags, detail: string): FieldOption {
  const name = tagMap(tags)['Name'];
  return { value: id, label: name ? `${name} (${id})` : id, detail };
}

/** Types offered in the region, current generation, smallest first. */
export async function instanceTypes(scope: Scope): Promise<FieldOption[]> {
  const ec2 = await scope.session.open(EC2, scope.region);
  const types = await collect(
    ec2.pages('DescribeInstanceTypes', async (NextToken) => {
      const answer = await ec2.send(
        new ec2.sdk.DescribeInstanceTypesCommand({
          NextToken,
          MaxResults: 100,
          Filters: [{ Name: 'current-generation', Values: ['true'] }],
        }),
        scope,
      );
      return { items: answer.InstanceTypes ?? [], next: answer.NextToken };
    }),
  );
  return types
    .map((t) => ({
      name: String(t.InstanceType),
      cpus: t.VCpuInfo?.DefaultVCpus ?? 0,
      memory: (t.MemoryInfo?.SizeInMiB ?? 0) / 1024,
      arch: t.ProcessorInfo?.SupportedArchitectures ?? [],
    }))
    .sort((a, b) => a.cpus - b.cpus || a.memory - b.memory || a.name.localeCompare(b.name))
    .map((t) => ({
      value: t.name,
      label: t.name,
      detail: `${t.cpus} vCPU · ${t.memory} GiB · ${t.arch.join(', ')}`,
    }));
}

/** Amazon's own current images; a catalogue of all public ones would be tens of thousands. */
const PUBLIC_IMAGE_NAMES = [
  'al2023-ami-2023*',
  'al2023-ami-minimal-2023*',
  'amzn2-ami-hvm-*-gp2',
  'ubuntu/images/hvm-ssd*/ubuntu-*-2?.04-*-server-*',
  'Windows_Server-202?-English-Full-Base-*',
];
const PUBLIC_OWNERS = ['amazon', '099720109477'];
const IMAGES_SHOWN = 40;

async function architectureOf(scope: Scope, instanceType: string | undefined): Promise<string | undefined> {
  if (instanceType === undefined) return undefined;
  const ec2 = await scope.session.open(EC2, scope.region);
  const answer = await ec2.send(
    new ec2.sdk.DescribeInstanceTypesCommand({ InstanceTypes: [instanceType as _InstanceType] }),
    scope,
  );
  return answer.InstanceTypes?.[0]?.ProcessorInfo?.SupportedArchitectures?.find(
    (a) => a === 'arm64' || a === 'x86_64',
  );
}

/** The account's own images first, then the newest of well-known systems, for the type's architecture. */
export async function images(scope: Scope, input: FieldValues): Promise<FieldOption[]> {
  const ec2 = await scope.session.open(EC2, scope.region);
  const architecture = await architectureOf(scope, text(input, 'instanceType'));
  const byArchitecture = architecture ? [{ Name: 'architecture', Values: [architecture] }] : [];
  const state = { Name: 'state', Values: ['available'] };
  const [own, common] = await Promise.all([
    ec2.send(
      new ec2.sdk.DescribeImagesCommand({ Owners: ['self'], Filters: [state, ...byArchitecture] }),
      scope,
    ),
    ec2.send(
      new ec2.sdk.DescribeImagesCommand({
        Owners: PUBLIC_OWNERS,
        Filters: [state, { Name: 'name', Values: PUBLIC_IMAGE_NAMES }, ...byArchitecture],
      }),
      scope,
    ),
  ]);
  const newestFirst = (a: Image, b: Image): number =>
    (b.CreationDate ?? '').localeCompare(a.CreationDate ?? '');
  const option = (image: Image): FieldOption => ({
    value: image.ImageId ?? '',
    label: image.Name ?? image.ImageId ?? '',
    detail: [image.PlatformDetails, image.Architecture, image.CreationDate?.slice(0, 10)]
      .filter(Boolean)
      .join(' · '),
  });
  return [
    ...(own.Images ?? []).sort(newestFirst),
    ...(common.Images ?? []).sort(newestFirst).slice(0, IMAGES_SHOWN),
  ].map(option);
}

/** Subnets with their free addresses; full ones can't be chosen. */
export async function subnets(scope: Scope): Promise<FieldOption[]> {
  const ec2 = await scope.session.open(EC2, scope.region);
  const found = await collect(
    ec2.pages('DescribeSubnets', async (NextToken) => {
      const answer = await ec2.send(
        new ec2.sdk.DescribeSubnetsCommand({ NextToken, MaxResults: 1000 }),
        scope,
      );
      return { items: answer.Subnets ?? [], next: answer.NextToken };
    }),
  );
  return found.map((s) => ({
    ...named(
      s.SubnetId ?? '',
      s.Tags,
      [s.VpcId, s.AvailabilityZone, s.CidrBlock, `${s.AvailableIpAddressCount ?? 0} free`].join(' · '),
    ),
    ...(s.AvailableIpAddressCount === 0 ? { disabledReason: 'no free addresses' } : {}),
  }));
}

async function vpcOfSubnet(scope: Scope, subnetId: string): Promise<string | undefined> {
  const ec2 = await scope.session.open(EC2, scope.region);
  const answer = await ec2.send(new ec2.sdk.DescribeSubnetsCommand({ SubnetIds: [subnetId] }), scope);
  return answer.Subnets?.[0]?.VpcId;
}

/** Security groups of the chosen subnet's network; all before one is chosen. */
export async function securityGroups(scope: Scope, input: FieldValues): Promise<FieldOption[]> {
  const ec2 = await scope.session.open(EC2, scope.region);
  const subnet = text(input, 'subnetId');
  const vpc = subnet === undefined ? undefined : await vpcOfSubnet(scope, subnet);
  const found = await collect(
    ec2.pages('DescribeSecurityGroups', async (NextToken) => {
      const answer = await ec2.send(
        new ec2.sdk.DescribeSecurityGroupsCommand({
          NextToken,
          MaxResults: 1000,
          ...(vpc ? { Filters: [{ Name: 'vpc-id', Values: [vpc] }] } : {}),
        }),
        scope,
      );
      return { items: answer.SecurityGroups ?? [], next: answer.NextToken };
    }),
  );
  return found.map((g) => ({
    value: g.GroupId ?? '',
    label: `${g.GroupName} (${g.GroupId})`,
    detail: [g.VpcId, g.Description].filter(Boolean).join(' · '),
  }));
}

export async function keyPairs(scope: Scope): Promise<FieldOption[]> {
  const ec2 = await scope.session.open(EC2, scope.region);
  const answer = await ec2.send(new ec2.sdk.DescribeKeyPairsCommand({}), scope);
  return (answer.KeyPairs ?? []).map((k) => ({
    value: k.KeyName ?? '',
    label: k.KeyName ?? '',
    ...(k.KeyType ? { detail: k.KeyType } : {}),
  }));
}

/** Zones that can be used. */
export async function zones(scope: Scope): Promise<FieldOption[]> {
  const ec2 = await scope.session.open(EC2, scope.region);
  const answer = await ec2.send(
    new ec2.sdk.DescribeAvailabilityZonesCommand({
      Filters: [{ Name: 'zone-type', Values: ['availability-zone'] }],
    }),
    scope,
  );
  return (answer.AvailabilityZones ?? [])
    .filter((z) => z.State === 'available')
    .map((z) => ({ value: z.ZoneName ?? '', label: z.ZoneName ?? '' }));
}
