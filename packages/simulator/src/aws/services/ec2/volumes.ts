import type {
  AttachVolumeRequest,
  CreateVolumeRequest,
  DeleteVolumeRequest,
  DescribeVolumesModificationsRequest,
  DescribeVolumesModificationsResult,
  DescribeVolumesRequest,
  DescribeVolumesResult,
  DetachVolumeRequest,
  ModifyVolumeRequest,
  ModifyVolumeResult,
  Volume,
  VolumeAttachment,
  VolumeModification,
} from '@aws-sdk/client-ec2';
import type { RequestContext } from '../../context.ts';
import { findRegion } from '../../regions.ts';
import { AwsError } from '../../wire/aws-error.ts';
import {
  checkPageSize,
  describe,
  filterBy,
  KINDS,
  missing,
  need,
  needAll,
  once,
  pageOf,
  type FieldTable,
} from './query.ts';
import { ec2Store, type Ec2Store, type VolumeEntity, type VolumeRecord } from './store.ts';
import { tagsFor } from './tags.ts';
import { addVolume, baselineIops, unlinkVolume } from './volume-model.ts';
import { checkVolume } from './volume-rules.ts';

/** Seconds of simulated time that the transitions take. */
const CREATE_SECONDS = 5;
const ATTACH_SECONDS = 5;
const DETACH_SECONDS = 5;
const MODIFY_SECONDS = 10;
const OPTIMIZE_SECONDS = 600;
/** After a modification the next one must wait this long. */
const COOL_DOWN_SECONDS = 6 * 3600;

const FIELDS: FieldTable<VolumeRecord> = {
  'volume-id': ({ volume: v }) => v.VolumeId,
  status: ({ volume: v }) => v.State,
  size: ({ volume: v }) => v.Size,
  'volume-type': ({ volume: v }) => v.VolumeType,
  'availability-zone': ({ volume: v }) => v.AvailabilityZone,
  'snapshot-id': ({ volume: v }) => v.SnapshotId || undefined,
  encrypted: ({ volume: v }) => v.Encrypted,
  'create-time': ({ volume: v }) => v.CreateTime,
  'multi-attach-enabled': ({ volume: v }) => v.MultiAttachEnabled,
  'attachment.instance-id': ({ volume: v }) => v.Attachments?.map((a) => a.InstanceId),
  'attachment.status': ({ volume: v }) => v.Attachments?.map((a) => a.State),
  'attachment.device': ({ volume: v }) => v.Attachments?.map((a) => a.Device),
  'attachment.delete-on-termination': ({ volume: v }) =>
    v.Attachments?.map((a) => String(a.DeleteOnTermination)),
};

export function describeVolumes(
  input: DescribeVolumesRequest,
  context: RequestContext,
): DescribeVolumesResult {
  const { volumes } = context.store(ec2Store);
  const page = describe(volumes, KINDS.volume, input.VolumeIds, input, FIELDS, context, (r) => r.volume.Tags);
  return { Volumes: page.data.map((r) => r.volume), NextToken: page.NextToken };
}

/** Creates a volume: `creating`, then `available`. */
export function createVolume(input: CreateVolumeRequest, context: RequestContext): Volume {
  const store = context.store(ec2Store);
  return once(store, 'CreateVolume', input, () => {
    const zone = input.AvailabilityZone;
    if (!zone) throw missing('AvailabilityZone');
    const letters = findRegion(context.region)?.zones ?? '';
    if (zone.slice(0, -1) !== context.region || !letters.includes(zone.slice(-1))) {
      throw new AwsError('InvalidZone.NotFound', `The zone '${zone}' does not exist.`);
    }
    const snapshot = input.SnapshotId
      ? need(store.snapshots, KINDS.snapshot, input.SnapshotId, context).data
      : undefined;
    const size = input.Size ?? snapshot?.VolumeSize;
    if (size === undefined) throw missing('Size');
    if (snapshot && size < (snapshot.VolumeSize ?? 0)) {
      throw new AwsError(
        'InvalidParameterValue',
        `Invalid Size ${size}GB: the snapshot has ${snapshot.VolumeSize}GB`,
      );
    }
    const type = input.VolumeType ?? 'gp2';
    checkVolume(type, size, input.Iops, input.Throughput);
    const entity = addVolume(store, {
      size,
      type,
      zone,
      encrypted: input.Encrypted ?? snapshot?.Encrypted ?? false,
      iops: input.Iops,
      throughput: input.Throughput,
      snapshotId: input.SnapshotId,
      tags: tagsFor(input.TagSpecifications, 'volume', context),
    });
    entity.data.volume.State = 'creating';
    const answer = { ...entity.data.volume };
    store.volumes.schedule(entity, store.world.after(CREATE_SECONDS), () => {
      entity.data.volume.State = 'available';
    });
    return answer;
  });
}

/** Deletes an unattached volume; it is gone at once for describes, as it nearly is on AWS. */
export function deleteVolume(input: DeleteVolumeRequest, context: RequestContext): void {
  const store = context.store(ec2Store);
  const entity = need(store.volumes, KINDS.volume, input.VolumeId, context);
  const instanceId = entity.data.volume.Attachments?.[0]?.InstanceId;
  if (instanceId)
    throw new AwsError('VolumeInUse', `Volume ${entity.id} is currently attached to ${instanceId}`);
  if (entity.data.volume.State !== 'available') throw wrongState(entity);
  store.volumes.delete(entity.id);
}

function wrongState(entity: VolumeEntity): AwsError {
  return new AwsError(
    'IncorrectState',
    `The volume '${entity.id}' is in state '${entity.data.volume.State}'.`,
  );
}

/** Attaches: `attaching` with the volume already `in-use`, then `attached`. */
export function attachVolume(input: AttachVolumeRequest, context: RequestContext): VolumeAttachment {
  const store = context.store(ec2Store);
  const entity = need(store.volumes, KINDS.volume, input.VolumeId, context);
  const { data: record } = need(store.instances, KINDS.instance, input.InstanceId, context);
  const device = input.Device;
  if (!device) throw missing('Device');
  const { volume } = entity.data;
  const { instance } = record;
  if (volume.State === 'in-use')
    throw new AwsError('VolumeInUse', `${entity.id} is already attached to an instance`);
  if (volume.State !== 'available') throw wrongState(entity);
  if (!['running', 'stopped', 'stopping'].includes(instance.State?.Name ?? '')) {
    throw new AwsError('IncorrectState', `Instance '${instance.InstanceId}' is not 'running'.`);
  }
  if (volume.AvailabilityZone !== instance.Placement?.AvailabilityZone) {
    throw new AwsError(
      'InvalidVolume.ZoneMismatch',
      `The volume '${entity.id}' is not in the same availability zone as instance '${instance.InstanceId}'`,
    );
  }
  if (instance.BlockDeviceMappings?.some((m) => m.DeviceName === device)) {
    throw new AwsError(
      'InvalidParameterValue',
      `Invalid value '${device}' for unixDevice. Attachment point ${device} is already in use`,
    );
  }
  const attachment: VolumeAttachment = {
    VolumeId: entity.id,
    InstanceId: instance.InstanceId,
    Device: device,
    State: 'attaching',
    AttachTime: new Date(context.now),
    DeleteOnTermination: false,
  };
  const mapping = {
    DeviceName: device,
    Ebs: {
      VolumeId: entity.id,
      Status: 'attaching' as const,
      AttachTime: new Date(context.now),
      DeleteOnTermination: false,
    },
  };
  volume.State = 'in-use';
  volume.Attachments = [attachment];
  instance.BlockDeviceMappings = [...(instance.BlockDeviceMappings ?? []), mapping];
  store.volumes.schedule(entity, store.world.after(ATTACH_SECONDS), () => {
    attachment.State = 'attached';
    mapping.Ebs.Status = 'attached' as never;
  });
  return { ...attachment };
}

/** Detaches: `detaching`, then the volume is `available`. A root volume needs a stopped instance. */
export function detachVolume(input: DetachVolumeRequest, context: RequestContext): VolumeAttachment {
  const store = context.store(ec2Store);
  const entity = need(store.volumes, KINDS.volume, input.VolumeId, context);
  const attachment = entity.data.volume.Attachments?.[0];
  if (!attachment || entity.data.volume.State !== 'in-use') {
    throw new AwsError('IncorrectState', `Volume '${entity.id}' is in the 'available' state.`);
  }
  if (input.InstanceId && input.InstanceId !== attachment.InstanceId) {
    throw new AwsError(
      'InvalidAttachment.NotFound',
      `Volume '${entity.id}' is not attached to instance '${input.InstanceId}'`,
    );
  }
  const instance = store.instances.get(attachment.InstanceId ?? '')?.data.instance;
  if (instance?.RootDeviceName === attachment.Device && instance?.State?.Name !== 'stopped') {
    throw new AwsError(
      'OperationNotPermitted',
      `Unable to detach root volume '${entity.id}' from instance '${instance?.InstanceId}'`,
    );
  }
  attachment.State = 'detaching';
  store.volumes.schedule(entity, store.world.after(DETACH_SECONDS), () => unlinkVolume(store, entity));
  return { ...attachment };
}

/** Modifies size, type, IOPS: `modifying`, `optimizing`, `completed`; never smaller, and not twice in six hours. */
export function modifyVolume(input: ModifyVolumeRequest, context: RequestContext): ModifyVolumeResult {
  const store = context.store(ec2Store);
  const entity = need(store.volumes, KINDS.volume, input.VolumeId, context);
  const { volume, modification: last } = entity.data;
  if (volume.State !== 'available' && volume.State !== 'in-use') throw wrongState(entity);
  const size = input.Size ?? volume.Size ?? 0;
  const type = input.VolumeType ?? volume.VolumeType ?? 'gp2';
  const sameType = type === volume.VolumeType;
  const iops = input.Iops ?? (sameType && type !== 'gp2' ? volume.Iops : undefined);
  const throughput = input.Throughput ?? (sameType ? volume.Throughput : undefined);
  if (size < (volume.Size ?? 0)) {
    throw new AwsError('InvalidParameterValue', `New size cannot be smaller than existing size`);
  }
  checkVolume(type, size, iops, throughput);
  checkCoolDown(last, entity.id, context.now, store);
  const modification: VolumeModification = {
    VolumeId: entity.id,
    ModificationState: 'modifying',
    Progress: 0,
    StartTime: new Date(context.now),
    OriginalSize: volume.Size,
    OriginalVolumeType: volume.VolumeType,
    OriginalIops: volume.Iops,
    OriginalThroughput: volume.Throughput,
    OriginalMultiAttachEnabled: false,
    TargetSize: size,
    TargetVolumeType: type,
    TargetIops: iops ?? baselineIops(type, size),
    TargetThroughput: throughput ?? (type === 'gp3' ? 125 : undefined),
    TargetMultiAttachEnabled: false,
  };
  entity.data.modification = modification;
  const answer = { ...modification };
  scheduleModification(store, entity, modification);
  return { VolumeModification: answer };
}

function checkCoolDown(last: VolumeModification | undefined, id: string, now: number, store: Ec2Store): void {
  if (!last) return;
  if (last.ModificationState === 'modifying' || last.ModificationState === 'optimizing') {
    throw new AwsError(
      'IncorrectModificationState',
      `${id} currently in modification state: ${last.ModificationState.toUpperCase()}.`,
    );
  }
  const wait = COOL_DOWN_SECONDS * 1000 * store.world.transitionScale;
  if (now - (last.StartTime?.getTime() ?? 0) < wait) {
    throw new AwsError(
      'VolumeModificationRateExceeded',
      `You've reached the maximum modification rate per volume limit. Wait at least 6 hours between modifications per EBS volume.`,
    );
  }
}

function scheduleModification(store: Ec2Store, entity: VolumeEntity, modification: VolumeModification): void {
  const { volume, history } = entity.data;
  const optimizing = store.world.after(MODIFY_SECONDS);
  store.volumes.schedule(entity, optimizing, () => {
    modification.ModificationState = 'optimizing';
    modification.Progress = 50;
    volume.Size = modification.TargetSize;
    volume.VolumeType = modification.TargetVolumeType;
    volume.Iops = modification.TargetIops;
    volume.Throughput = modification.TargetThroughput;
    history.push({
      at: optimizing,
      size: volume.Size ?? 0,
      type: volume.VolumeType ?? '',
      iops: volume.Iops,
      throughput: volume.Throughput,
    });
  });
  const completed = store.world.after(MODIFY_SECONDS + OPTIMIZE_SECONDS);
  store.volumes.schedule(entity, completed, () => {
    modification.ModificationState = 'completed';
    modification.Progress = 100;
    modification.EndTime = new Date(completed);
  });
}

const MODIFICATION_FIELDS: FieldTable<VolumeModification> = {
  'volume-id': (m) => m.VolumeId,
  'modification-state': (m) => m.ModificationState,
  'original-size': (m) => m.OriginalSize,
  'original-volume-type': (m) => m.OriginalVolumeType,
  'target-size': (m) => m.TargetSize,
  'target-volume-type': (m) => m.TargetVolumeType,
};

export function describeVolumesModifications(
  input: DescribeVolumesModificationsRequest,
  context: RequestContext,
): DescribeVolumesModificationsResult {
  const store = context.store(ec2Store);
  const ids = input.VolumeIds;
  checkPageSize(input, undefined, '');
  const entities =
    ids && ids.length > 0 ? needAll(store.volumes, KINDS.volume, ids, context) : store.volumes.list();
  const test = filterBy(input.Filters, MODIFICATION_FIELDS, () => []);
  const all = entities.flatMap((e) => e.data.modification ?? []).filter(test);
  const page = pageOf(all, input, (m) => m.VolumeId ?? '', context);
  return { VolumesModifications: [...page.items], NextToken: page.NextToken };
}
