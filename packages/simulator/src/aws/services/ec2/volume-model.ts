import type { Tag, Volume, VolumeType } from '@aws-sdk/client-ec2';
import type { Ec2Store, InstanceRecord, VolumeEntity } from './store.ts';

/** What a new volume needs; sizes in GiB. */
export interface VolumeSpec {
  readonly size: number;
  readonly type: VolumeType;
  readonly zone: string;
  readonly encrypted?: boolean;
  readonly iops?: number | undefined;
  readonly throughput?: number | undefined;
  readonly snapshotId?: string | undefined;
  readonly tags?: Tag[] | undefined;
  /** Simulated time in milliseconds; default now. */
  readonly createdAt?: number;
}

/** Baseline IOPS of a type: gp3 has 3,000, gp2 three per GiB between 100 and 16,000. */
export function baselineIops(type: VolumeType, size: number): number | undefined {
  if (type === 'gp3') return 3000;
  if (type === 'gp2') return Math.min(16_000, Math.max(100, size * 3));
  return undefined;
}

/** Adds a volume in state `available`. */
export function addVolume(store: Ec2Store, spec: VolumeSpec): VolumeEntity {
  const id = store.newId('vol');
  const createdAt = spec.createdAt ?? store.world.clock.now();
  const iops = spec.iops ?? baselineIops(spec.type, spec.size);
  const volume: Volume = {
    VolumeId: id,
    Size: spec.size,
    SnapshotId: spec.snapshotId ?? '',
    AvailabilityZone: spec.zone,
    State: 'available',
    CreateTime: new Date(createdAt),
    Attachments: [],
    Encrypted: spec.encrypted ?? false,
    VolumeType: spec.type,
    MultiAttachEnabled: false,
    ...(iops === undefined ? {} : { Iops: iops }),
    ...(spec.type === 'gp3' ? { Throughput: spec.throughput ?? 125 } : {}),
    ...(spec.tags ? { Tags: spec.tags } : {}),
  };
  const history = [
    {
      at: createdAt,
      size: spec.size,
      type: spec.type as string,
      iops,
      throughput: volume.Throughput,
    },
  ];
  return store.volumes.add(id, { volume, modification: undefined, history }, createdAt);
}

/** Links a volume and an instance as attached. */
export function linkVolume(
  volume: VolumeEntity,
  record: InstanceRecord,
  device: string,
  at: number,
  deleteOnTermination: boolean,
): void {
  const { instance } = record;
  volume.data.volume.State = 'in-use';
  volume.data.volume.Attachments = [
    {
      VolumeId: volume.id,
      InstanceId: instance.InstanceId,
      Device: device,
      State: 'attached',
      AttachTime: new Date(at),
      DeleteOnTermination: deleteOnTermination,
    },
  ];
  instance.BlockDeviceMappings = [
    ...(instance.BlockDeviceMappings ?? []),
    {
      DeviceName: device,
      Ebs: {
        VolumeId: volume.id,
        Status: 'attached',
        AttachTime: new Date(at),
        DeleteOnTermination: deleteOnTermination,
      },
    },
  ];
}

/** Removes the link on both sides. */
export function unlinkVolume(store: Ec2Store, volume: VolumeEntity): void {
  const instanceId = volume.data.volume.Attachments?.[0]?.InstanceId;
  const record = instanceId ? store.instances.get(instanceId)?.data : undefined;
  if (record) {
    record.instance.BlockDeviceMappings = record.instance.BlockDeviceMappings?.filter(
      (m) => m.Ebs?.VolumeId !== volume.id,
    );
  }
  volume.data.volume.Attachments = [];
  volume.data.volume.State = 'available';
}
