import type {
  CreateImageRequest,
  CreateImageResult,
  DeregisterImageRequest,
  DeregisterImageResult,
  DescribeImagesRequest,
  DescribeImagesResult,
  Image,
  RegisterImageRequest,
  RegisterImageResult,
} from '@aws-sdk/client-ec2';
import type { RequestContext } from '../../context.ts';
import { AwsError } from '../../wire/aws-error.ts';
import {
  checkId,
  checkPageSize,
  filterBy,
  KINDS,
  missing,
  need,
  notFound,
  pageOf,
  type FieldTable,
} from './query.ts';
import { addSnapshot } from './snapshots.ts';
import { ec2Store, type Ec2Store } from './store.ts';
import { tagsFor } from './tags.ts';

const IMAGE_SECONDS = 90;
const BOUNDS = { min: 1, max: 1000 };

const FIELDS: FieldTable<Image> = {
  'image-id': (i) => i.ImageId,
  name: (i) => i.Name,
  description: (i) => i.Description,
  architecture: (i) => i.Architecture,
  state: (i) => i.State,
  'is-public': (i) => i.Public,
  'owner-id': (i) => i.OwnerId,
  'owner-alias': (i) => i.ImageOwnerAlias,
  platform: (i) => i.Platform,
  'platform-details': (i) => i.PlatformDetails,
  'root-device-type': (i) => i.RootDeviceType,
  'root-device-name': (i) => i.RootDeviceName,
  'virtualization-type': (i) => i.VirtualizationType,
  hypervisor: (i) => i.Hypervisor,
  'image-type': (i) => i.ImageType,
  'ena-support': (i) => i.EnaSupport,
  'creation-date': (i) => i.CreationDate,
  'block-device-mapping.snapshot-id': (i) => i.BlockDeviceMappings?.map((m) => m.Ebs?.SnapshotId),
  'block-device-mapping.volume-type': (i) => i.BlockDeviceMappings?.map((m) => m.Ebs?.VolumeType),
};

function byId(store: Ec2Store, ids: readonly string[]): Image[] {
  for (const id of ids) checkId(KINDS.image, id);
  return ids.map((id) => {
    const image = store.images.get(id)?.data ?? store.publicImages.find((i) => i.ImageId === id);
    if (!image) throw notFound(KINDS.image, [id]);
    return image;
  });
}

/** Without Owners it lists public images too. */
export function describeImages(input: DescribeImagesRequest, context: RequestContext): DescribeImagesResult {
  const store = context.store(ec2Store);
  const ids = input.ImageIds;
  checkPageSize(input, ids, 'imageIds', BOUNDS);
  const owners = input.Owners?.map((owner) => (owner === 'self' ? store.accountId : owner));
  const test = filterBy(input.Filters, FIELDS, (i) => i.Tags);
  const source =
    ids && ids.length > 0
      ? byId(store, ids)
      : [...store.images.list().map((e) => e.data), ...store.publicImages];
  const matching = source.filter(
    (i) => (owners?.some((o) => o === i.OwnerId || o === i.ImageOwnerAlias) ?? true) && test(i),
  );
  const page = pageOf(matching, input, (i) => i.ImageId ?? '', context, BOUNDS);
  return { Images: [...page.items], NextToken: page.NextToken };
}

/** Makes an image and a snapshot of each volume of an instance: `pending`, then `available`. */
export function createImage(input: CreateImageRequest, context: RequestContext): CreateImageResult {
  const store = context.store(ec2Store);
  if (!input.Name) throw missing('Name');
  const { data: record } = need(store.instances, KINDS.instance, input.InstanceId, context);
  if (store.images.list().some((e) => e.data.Name === input.Name)) {
    throw new AwsError('InvalidAMIName.Duplicate', `AMI name ${input.Name} is already in use by another AMI`);
  }
  const { instance } = record;
  const id = store.newId('ami');
  const snapshotTags = tagsFor(input.TagSpecifications, 'snapshot', context);
  const tags = tagsFor(input.TagSpecifications, 'image', context);
  const mappings = (instance.BlockDeviceMappings ?? []).map((mapping) => {
    const volume = store.volumes.get(mapping.Ebs?.VolumeId ?? '')?.data.volume;
    const snapshot = addSnapshot(store, {
      volumeId: volume?.VolumeId ?? '',
      size: volume?.Size ?? 8,
      encrypted: volume?.Encrypted ?? false,
      description: `Created by CreateImage(${instance.InstanceId}) for ${id}`,
      tags: snapshotTags,
    });
    return {
      DeviceName: mapping.DeviceName,
      Ebs: {
        SnapshotId: snapshot.id,
        VolumeSize: volume?.Size,
        VolumeType: volume?.VolumeType,
        DeleteOnTermination: mapping.Ebs?.DeleteOnTermination,
        Encrypted: volume?.Encrypted,
      },
    };
  });
  const entity = store.images.add(id, {
    ImageId: id,
    ImageLocation: `${store.accountId}/${input.Name}`,
    Name: input.Name,
    Description: input.Description ?? '',
    OwnerId: store.accountId,
    Architecture: instance.Architecture,
    CreationDate: new Date(context.now).toISOString(),
    State: 'pending',
    Public: false,
    ImageType: 'machine',
    Hypervisor: 'xen',
    VirtualizationType: 'hvm',
    EnaSupport: true,
    RootDeviceType: 'ebs',
    RootDeviceName: instance.RootDeviceName,
    ...(instance.Platform ? { Platform: instance.Platform } : {}),
    PlatformDetails: instance.PlatformDetails,
    UsageOperation: instance.UsageOperation,
    BlockDeviceMappings: mappings,
    SourceInstanceId: instance.InstanceId,
    ...(tags ? { Tags: tags } : {}),
  });
  store.images.schedule(entity, store.world.after(IMAGE_SECONDS), () => {
    entity.data.State = 'available';
  });
  return { ImageId: id };
}

/** Registers an image over snapshots that exist. */
export function registerImage(input: RegisterImageRequest, context: RequestContext): RegisterImageResult {
  const store = context.store(ec2Store);
  if (!input.Name) throw missing('Name');
  if (store.images.list().some((e) => e.data.Name === input.Name))
    throw new AwsError('InvalidAMIName.Duplicate', `AMI name ${input.Name} is already in use by another AMI`);
  const mappings = (input.BlockDeviceMappings ?? []).map(({ Ebs: ebs, ...mapping }) => {
    const snapshot = ebs?.SnapshotId
      ? need(store.snapshots, KINDS.snapshot, ebs.SnapshotId, context).data
      : undefined;
    return {
      ...mapping,
      ...(ebs ? { Ebs: { ...ebs, Encrypted: snapshot?.Encrypted ?? ebs.Encrypted } } : {}),
    };
  });
  const root = mappings.find((m) => m.DeviceName === input.RootDeviceName);
  if (!root?.Ebs?.SnapshotId)
    throw new AwsError('InvalidAMIAttributeItemValue', 'The root device needs a snapshot.');
  const id = store.newId('ami');
  const tags = tagsFor(input.TagSpecifications, 'image', context);
  const entity = store.images.add(id, {
    ImageId: id,
    ImageLocation: `${store.accountId}/${input.Name}`,
    Name: input.Name,
    Description: input.Description ?? '',
    OwnerId: store.accountId,
    Architecture: input.Architecture ?? 'i386',
    CreationDate: new Date(context.now).toISOString(),
    State: 'pending',
    Public: false,
    ImageType: 'machine',
    Hypervisor: 'xen',
    VirtualizationType: input.VirtualizationType === 'hvm' ? 'hvm' : 'paravirtual',
    EnaSupport: input.EnaSupport ?? false,
    RootDeviceType: 'ebs',
    RootDeviceName: input.RootDeviceName,
    PlatformDetails: 'Linux/UNIX',
    UsageOperation: 'RunInstances',
    BlockDeviceMappings: mappings,
    ...(tags ? { Tags: tags } : {}),
  });
  store.images.schedule(entity, store.world.after(IMAGE_SECONDS), () => {
    entity.data.State = 'available';
  });
  return { ImageId: id };
}

/** Removes an image; its snapshots stay and go on costing. */
export function deregisterImage(
  input: DeregisterImageRequest,
  context: RequestContext,
): DeregisterImageResult {
  const store = context.store(ec2Store);
  const { id } = need(store.images, KINDS.image, input.ImageId, context);
  store.images.delete(id);
  return { Return: true };
}
