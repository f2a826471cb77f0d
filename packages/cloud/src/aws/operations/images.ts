import type { Image, Instance } from '@aws-sdk/client-ec2';
import { CloudError } from '../../errors.ts';
import type { ResourceRef } from '../../resource.ts';
import { EC2 } from '../clients.ts';
import { ec2Arn, type Scope } from '../scope.ts';
import { TOKEN_TAG } from '../token.ts';
import { partToken, shortToken } from '../../shared/token.ts';
import { passes } from './dry-run.ts';
import { result, type Operation } from './model.ts';
import { flag, text, textMap } from '../../shared/parameters.ts';
import { captured, restoration, restored, restoredTags, undoOfDelete, type TokenContext } from './restore.ts';

const INSTANCE = 'aws.ec2.instance';
const IMAGE = 'aws.ec2.image';

function imageRef(scope: Scope, id: string): ResourceRef {
  return { type: IMAGE, id, nativeId: ec2Arn(scope, 'image', id), region: scope.region };
}

/** @throws CloudError `conflict_state` unless the image is available and was made of this instance. */
export async function checkImage(scope: Scope, instanceId: string, imageId: string): Promise<void> {
  const ec2 = await scope.session.open(EC2, scope.region);
  const answer = await ec2.send(new ec2.sdk.DescribeImagesCommand({ ImageIds: [imageId] }), scope);
  const found = answer.Images?.[0];
  const source = found?.SourceInstanceId ?? instanceId;
  if (found?.State === 'available' && source === instanceId) return;
  throw new CloudError({
    kind: 'conflict_state',
    message: `${imageId} is not an available image of ${instanceId}; nothing was terminated.`,
    region: scope.region,
  });
}

async function imageOfToken({ scope, clientToken }: TokenContext): Promise<ResourceRef[]> {
  const ec2 = await scope.session.open(EC2, scope.region);
  const Filters = [{ Name: `tag:${TOKEN_TAG}`, Values: [clientToken] }];
  const answer = await ec2.send(new ec2.sdk.DescribeImagesCommand({ Owners: ['self'], Filters }), scope);
  const id = answer.Images?.[0]?.ImageId;
  return id ? [imageRef(scope, id)] : [];
}

const createImage: Operation = {
  descriptor: {
    id: 'snapshot',
    type: INSTANCE,
    label: 'Create image',
    states: ['running', 'stopped'],
    parameters: [
      { name: 'description', label: 'Description', kind: 'text', required: false, maxLength: 255 },
      { name: 'tags', label: 'Tags', kind: 'tags', required: false },
      {
        name: 'noReboot',
        label: 'Without reboot',
        help: 'What the instance has not written to disk yet is not in the image.',
        kind: 'boolean',
        required: false,
        default: true,
      },
    ],
    confirm: 'none',
    dryRun: true,
    actions: ['ec2:CreateImage', 'ec2:CreateTags'],
  },
  async run({ scope, resource, parameters, clientToken, dryRun }) {
    const ec2 = await scope.session.open(EC2, scope.region);
    const given = { ...textMap(parameters, 'tags'), [TOKEN_TAG]: clientToken };
    const Tags = Object.entries(given).map(([Key, Value]) => ({ Key, Value }));
    const call = ec2.send(
      new ec2.sdk.CreateImageCommand({
        InstanceId: resource.id,
        Name: `cloudatlas-${resource.id}-${shortToken(clientToken)}`,
        Description: text(parameters, 'description'),
        NoReboot: flag(parameters, 'noReboot'),
        TagSpecifications: [
          { ResourceType: 'image', Tags },
          { ResourceType: 'snapshot', Tags },
        ],
        DryRun: dryRun,
      }),
      // The name is unique to the order, and the tag tells after a lost answer.
      { ...scope, retry: 'refused-only' },
    );
    if (dryRun && (await passes(call))) return result('allowed', undefined);
    const answer = await call;
    return result('accepted', answer, { created: answer.ImageId ? [imageRef(scope, answer.ImageId)] : [] });
  },
  made: imageOfToken,
  evidence: () => 'no',
};

function instanceRef(scope: Scope, id: string): ResourceRef {
  return { type: INSTANCE, id, nativeId: ec2Arn(scope, 'instance', id), region: scope.region };
}

const restoreInstance = restoration({
  type: INSTANCE,
  label: 'Bring instance back',
  parameters: [
    {
      name: 'imageId',
      label: 'Image',
      kind: 'text',
      required: true,
      pattern: { source: 'ami-[0-9a-f]{8,17}', message: 'is not an image id' },
    },
  ],
  until: ['running'],
  actions: ['ec2:RunInstances', 'ec2:CreateTags', 'iam:PassRole'],
  async made({ scope, clientToken }) {
    const ec2 = await scope.session.open(EC2, scope.region);
    const Filters = [
      { Name: `tag:${TOKEN_TAG}`, Values: [clientToken] },
      { Name: 'instance-state-name', Values: ['pending', 'running', 'stopping', 'stopped'] },
    ];
    const answer = await ec2.send(new ec2.sdk.DescribeInstancesCommand({ Filters }), scope);
    const id = answer.Reservations?.[0]?.Instances?.[0]?.InstanceId;
    return id ? [instanceRef(scope, id)] : [];
  },
  async run(context) {
    const { scope, parameters, clientToken } = context;
    const former = captured<Instance>(parameters);
    const ec2 = await scope.session.open(EC2, scope.region);
    const answer = await ec2.send(
      new ec2.sdk.RunInstancesCommand({
        ImageId: text(parameters, 'imageId'),
        InstanceType: former.InstanceType,
        MinCount: 1,
        MaxCount: 1,
        KeyName: former.KeyName,
        SubnetId: former.SubnetId,
        SecurityGroupIds: (former.SecurityGroups ?? []).flatMap((g) => g.GroupId ?? []),
        // The old private address is free again once the instance is gone; names and peers may rely on it.
        PrivateIpAddress: former.PrivateIpAddress,
        EbsOptimized: former.EbsOptimized,
        Monitoring: { Enabled: former.Monitoring?.State === 'enabled' },
        IamInstanceProfile: former.IamInstanceProfile?.Arn
          ? { Arn: former.IamInstanceProfile.Arn }
          : undefined,
        TagSpecifications: [{ ResourceType: 'instance', Tags: restoredTags(context) }],
        ClientToken: partToken(clientToken, 'instance'),
      }),
      scope,
    );
    const id = answer.Instances?.[0]?.InstanceId ?? '';
    return restored(answer, instanceRef(scope, id), 'It runs, also when the former one was stopped.');
  },
});

const deregister: Operation = {
  descriptor: {
    id: 'delete',
    type: IMAGE,
    label: 'Deregister image',
    parameters: [],
    confirm: 'typed',
    dryRun: true,
    until: ['deleted'],
    undo: 'restore',
    actions: ['ec2:DeregisterImage'],
  },
  async run({ scope, resource, before, dryRun }) {
    const ec2 = await scope.session.open(EC2, scope.region);
    const call = ec2.send(new ec2.sdk.DeregisterImageCommand({ ImageId: resource.id, DryRun: dryRun }), {
      ...scope,
      retry: 'refused-only',
    });
    if (dryRun && (await passes(call))) return result('allowed', undefined);
    return result('done', await call, {
      ...undoOfDelete(before),
      note: 'Its snapshots stay and are still charged; without them it can not be brought back.',
    });
  },
  evidence: (seen) => (!seen || seen.state === 'deleted' ? 'yes' : 'no'),
};

const restoreImage = restoration({
  type: IMAGE,
  label: 'Register image again',
  until: ['available'],
  actions: ['ec2:RegisterImage', 'ec2:CreateTags'],
  made: imageOfToken,
  async run(context) {
    const { scope, parameters } = context;
    const former = captured<Image>(parameters);
    const ec2 = await scope.session.open(EC2, scope.region);
    const answer = await ec2.send(
      new ec2.sdk.RegisterImageCommand({
        Name: former.Name,
        Description: former.Description || undefined,
        Architecture: former.Architecture,
        RootDeviceName: former.RootDeviceName,
        BlockDeviceMappings: (former.BlockDeviceMappings ?? []).map(({ Ebs: ebs, ...mapping }) => ({
          ...mapping,
          // The encryption of a snapshot holds; saying it again is refused.
          ...(ebs ? { Ebs: { ...ebs, Encrypted: ebs.SnapshotId ? undefined : ebs.Encrypted } } : {}),
        })),
        VirtualizationType: former.VirtualizationType,
        EnaSupport: former.EnaSupport,
        SriovNetSupport: former.SriovNetSupport,
        BootMode: former.BootMode,
        TpmSupport: former.TpmSupport,
        ImdsSupport: former.ImdsSupport,
        TagSpecifications: [{ ResourceType: 'image', Tags: restoredTags(context) }],
      }),
      // The name is unique in the account, so a second image can not come of it.
      { ...scope, retry: 'refused-only' },
    );
    return restored(answer, imageRef(scope, answer.ImageId ?? ''));
  },
});

export const imageOperations: readonly Operation[] = [createImage, restoreInstance, deregister, restoreImage];
