import type { _InstanceType, BlockDeviceMapping, VolumeType } from '@aws-sdk/client-ec2';
import { CloudError, invalidInput } from '../../errors.ts';
import type { FieldValues } from '../../fields.ts';
import type { ResourceRef } from '../../resource.ts';
import { EC2 } from '../clients.ts';
import { passes } from '../operations/dry-run.ts';
import { number, text, textList } from '../../shared/parameters.ts';
import { ec2Arn, type Scope } from '../scope.ts';
import { orUnreadable } from '../services/lenient.ts';
import { TOKEN_TAG } from '../token.ts';
import * as pickers from './ec2-pickers.ts';
import { HOURS } from '../../shared/create.ts';
import type { Creator } from './model.ts';
import { orderTags, TAGS_FIELD } from './tags.ts';

const TYPE = 'aws.ec2.instance';

function ref(scope: Scope, id: string): ResourceRef {
  return { type: TYPE, id, nativeId: ec2Arn(scope, 'instance', id), region: scope.region };
}

/** The root disk must be named as in the image, and can't be smaller than there. */
async function rootDisk(scope: Scope, imageId: string): Promise<{ device: string; gib: number }> {
  const ec2 = await scope.session.open(EC2, scope.region);
  const answer = await ec2.send(new ec2.sdk.DescribeImagesCommand({ ImageIds: [imageId] }), scope);
  const image = answer.Images?.[0];
  if (!image) throw invalidInput([{ field: 'imageId', message: 'does not exist in this region' }]);
  const device = image.RootDeviceName ?? '/dev/xvda';
  const mapping = image.BlockDeviceMappings?.find((m) => m.DeviceName === device);
  return { device, gib: mapping?.Ebs?.VolumeSize ?? 1 };
}

async function disks(scope: Scope, input: FieldValues): Promise<BlockDeviceMapping[]> {
  const root = await rootDisk(scope, text(input, 'imageId') ?? '');
  const gib = number(input, 'volumeGiB') ?? root.gib;
  if (gib < root.gib)
    throw invalidInput([{ field: 'volumeGiB', message: `must be at least ${root.gib} for this image` }]);
  const Ebs = {
    VolumeSize: gib,
    VolumeType: text(input, 'volumeType') as VolumeType | undefined,
    Iops: number(input, 'iops'),
    DeleteOnTermination: true,
    Encrypted: true,
  };
  return [{ DeviceName: root.device, Ebs }];
}

/**
 * The instances of an order, told by the tag they were launched with: EC2 makes both or neither (RunInstances, API
 * reference), and unlike its client tokens, tags are kept by compatible endpoints too.
 */
async function made(scope: Scope, clientToken: string): Promise<ResourceRef[]> {
  const ec2 = await scope.session.open(EC2, scope.region);
  const Filters = [{ Name: `tag:${TOKEN_TAG}`, Values: [clientToken] }];
  const answer = await ec2.send(new ec2.sdk.DescribeInstancesCommand({ Filters }), scope);
  return (answer.Reservations ?? [])
    .flatMap((r) => r.Instances ?? [])
    .flatMap((i) => (i.InstanceId ? ref(scope, i.InstanceId) : []));
}

export const ec2Instance: Creator = {
  descriptor: {
    id: TYPE,
    type: TYPE,
    label: 'EC2 instance',
    dryRun: true,
    actions: [
      'ec2:RunInstances',
      'ec2:CreateTags',
      'ec2:DescribeInstances',
      'ec2:DescribeInstanceTypes',
      'ec2:DescribeImages',
    ],
    until: ['running'],
    fields: [
      { name: 'name', label: 'Name', kind: 'text', required: false, maxLength: 255 },
      { name: 'instanceType', label: 'Type', kind: 'select', required: true, picker: true },
      {
        name: 'imageId',
        label: 'Image',
        kind: 'select',
        required: true,
        picker: true,
        dependsOn: ['instanceType'],
        pattern: { source: 'ami-[0-9a-f]{8,17}', message: 'is not an image id' },
      },
      { name: 'subnetId', label: 'Subnet', kind: 'select', required: true, picker: true },
      {
        name: 'securityGroupIds',
        label: 'Security groups',
        kind: 'multiselect',
        required: true,
        picker: true,
        dependsOn: ['subnetId'],
        max: 5,
      },
      {
        name: 'keyName',
        label: 'Key pair',
        help: 'Without one there is no SSH with a key.',
        kind: 'select',
        required: false,
        picker: true,
      },
      {
        name: 'volumeType',
        label: 'Disk type',
        kind: 'select',
        required: false,
        default: 'gp3',
        options: ['gp3', 'gp2', 'io1', 'io2'].map((value) => ({ value, label: value })),
      },
      {
        name: 'volumeGiB',
        label: 'Disk size',
        help: "At least the image's own size, which it is when left empty.",
        kind: 'number',
        required: false,
        integer: true,
        min: 1,
        max: 16_384,
        unit: 'GiB',
      },
      {
        name: 'iops',
        label: 'IOPS',
        kind: 'number',
        required: true,
        integer: true,
        min: 100,
        max: 64_000,
        when: { field: 'volumeType', in: ['io1', 'io2'] },
      },
      TAGS_FIELD,
    ],
  },
  pickers: {
    instanceType: pickers.instanceTypes,
    imageId: pickers.images,
    subnetId: pickers.subnets,
    securityGroupIds: pickers.securityGroups,
    keyName: pickers.keyPairs,
  },
  plan: (region, input) => ({
    parts: [
      {
        label: `${text(input, 'instanceType')} (Linux)`,
        query: {
          product: 'compute',
          region,
          sku: text(input, 'instanceType') ?? '',
          variant: { os: 'linux' },
        },
        quantity: HOURS,
      },
      {
        label: `Disk ${text(input, 'volumeType') ?? 'gp3'}`,
        query: { product: 'disk', region, sku: text(input, 'volumeType') ?? 'gp3' },
        quantity: String(number(input, 'volumeGiB') ?? 20),
      },
    ],
    assumptions: [
      ...(number(input, 'volumeGiB') === undefined
        ? ['A disk of 20 GiB; the image may need a larger one.']
        : []),
      'On demand, running all month (730 hours).',
      'Linux without licence charges.',
      'Without traffic, public address, extra IOPS and snapshots.',
    ],
  }),
  async create(scope, { input, clientToken, dryRun, onCreated }) {
    const ec2 = await scope.session.open(EC2, scope.region);
    // Where it may not be looked for, AWS's own token still keeps one order to one instance.
    const [earlier] = dryRun ? [] : ((await orUnreadable(made(scope, clientToken))) ?? []);
    if (earlier) {
      await onCreated(earlier);
      return { status: 'existing', resources: [earlier] };
    }
    const BlockDeviceMappings = await disks(scope, input);
    const tags = orderTags(input, clientToken, text(input, 'name'));
    const call = ec2.send(
      new ec2.sdk.RunInstancesCommand({
        ImageId: text(input, 'imageId'),
        InstanceType: text(input, 'instanceType') as _InstanceType,
        MinCount: 1,
        MaxCount: 1,
        SubnetId: text(input, 'subnetId'),
        SecurityGroupIds: textList(input, 'securityGroupIds'),
        KeyName: text(input, 'keyName'),
        BlockDeviceMappings,
        // Version 1 of the metadata service leaks credentials through request forgery.
        MetadataOptions: { HttpTokens: 'required' },
        ClientToken: clientToken,
        TagSpecifications: [
          { ResourceType: 'instance', Tags: tags },
          { ResourceType: 'volume', Tags: tags },
        ],
        DryRun: dryRun,
      }),
      scope,
    );
    if (dryRun && (await passes(call))) return { status: 'allowed', resources: [] };
    const answer = await call;
    const id = answer.Instances?.[0]?.InstanceId;
    if (!id)
      throw new CloudError({
        kind: 'unavailable',
        message: 'AWS answered RunInstances without an instance.',
        call: 'ec2:RunInstances',
        region: scope.region,
      });
    await onCreated(ref(scope, id));
    return {
      status: 'created',
      resources: [ref(scope, id)],
      ...(answer.$metadata.requestId ? { requestId: answer.$metadata.requestId } : {}),
    };
  },
  find: (scope, { clientToken }) => made(scope, clientToken),
};
