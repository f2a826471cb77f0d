import type {
  CopySnapshotRequest,
  CopySnapshotResult,
  CreateSnapshotRequest,
  DeleteSnapshotRequest,
  DescribeSnapshotsRequest,
  DescribeSnapshotsResult,
  ModifySnapshotTierRequest,
  ModifySnapshotTierResult,
  RestoreSnapshotTierRequest,
  RestoreSnapshotTierResult,
  Snapshot,
  Tag,
} from '@aws-sdk/client-ec2';
import type { Entity } from '../../collection.ts';
import type { RequestContext } from '../../context.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { SeededRandom } from '../../../random.ts';
import { checkPageSize, filterBy, KINDS, need, needAll, pageOf, type FieldTable } from './query.ts';
import { ec2Store, type Ec2Store } from './store.ts';
import { tagsFor } from './tags.ts';

/** Simulated seconds a snapshot takes, plus some per GiB. */
const BASE_SECONDS = 30;
const SECONDS_PER_GIB = 0.5;
/** Archiving and bringing back take hours. */
const ARCHIVE_SECONDS = 4 * 3600;
const UNARCHIVE_SECONDS = 24 * 3600;
const PUBLIC_SNAPSHOTS = 2500;

/** What a new snapshot needs; size in GiB. */
export interface SnapshotSpec {
  readonly volumeId: string;
  readonly size: number;
  readonly encrypted?: boolean;
  readonly description?: string | undefined;
  readonly tags?: Tag[] | undefined;
  /** Simulated time in milliseconds; default now. */
  readonly startedAt?: number;
}

/** Adds a snapshot in state `completed`. */
export function addSnapshot(store: Ec2Store, spec: SnapshotSpec): Entity<Snapshot> {
  const id = store.newId('snap');
  const at = spec.startedAt ?? store.world.clock.now();
  const snapshot: Snapshot = {
    SnapshotId: id,
    VolumeId: spec.volumeId,
    VolumeSize: spec.size,
    OwnerId: store.accountId,
    StartTime: new Date(at),
    CompletionTime: new Date(at),
    State: 'completed',
    Progress: '100%',
    Description: spec.description ?? '',
    Encrypted: spec.encrypted ?? false,
    StorageTier: 'standard',
    ...(spec.tags ? { Tags: spec.tags } : {}),
  };
  return store.snapshots.add(id, snapshot, at);
}

function startPending(store: Ec2Store, entity: Entity<Snapshot>): Snapshot {
  const { data: snapshot } = entity;
  const seconds = BASE_SECONDS + (snapshot.VolumeSize ?? 0) * SECONDS_PER_GIB;
  snapshot.State = 'pending';
  snapshot.Progress = '';
  snapshot.CompletionTime = undefined;
  const answer = { ...snapshot };
  store.snapshots.schedule(entity, store.world.after(seconds / 2), () => {
    snapshot.Progress = '50%';
  });
  const done = store.world.after(seconds);
  store.snapshots.schedule(entity, done, () => {
    snapshot.State = 'completed';
    snapshot.Progress = '100%';
    snapshot.CompletionTime = new Date(done);
  });
  return answer;
}

/** Creates a snapshot: `pending` with progress, then `completed`. */
export function createSnapshot(input: CreateSnapshotRequest, context: RequestContext): Snapshot {
  const store = context.store(ec2Store);
  const { id, data } = need(store.volumes, KINDS.volume, input.VolumeId, context);
  const { volume } = data;
  if (volume.State === 'creating')
    throw new AwsError('IncorrectState', `The volume '${id}' is in state 'creating'.`);
  const entity = addSnapshot(store, {
    volumeId: id,
    size: volume.Size ?? 0,
    encrypted: volume.Encrypted ?? false,
    description: input.Description,
    tags: tagsFor(input.TagSpecifications, 'snapshot', context),
  });
  return startPending(store, entity);
}

/** Copies a snapshot from another region of the account. */
export function copySnapshot(input: CopySnapshotRequest, context: RequestContext): CopySnapshotResult {
  const store = context.store(ec2Store);
  const from = context.account.store(ec2Store, input.SourceRegion ?? context.region);
  const source = need(from.snapshots, KINDS.snapshot, input.SourceSnapshotId, context).data;
  if (source.State !== 'completed') {
    throw new AwsError('IncorrectState', `Snapshot '${source.SnapshotId}' is not in state 'completed'`);
  }
  const entity = addSnapshot(store, {
    volumeId: 'vol-ffffffff',
    size: source.VolumeSize ?? 0,
    encrypted: input.Encrypted ?? source.Encrypted ?? false,
    description: input.Description,
    tags: tagsFor(input.TagSpecifications, 'snapshot', context),
  });
  startPending(store, entity);
  return { SnapshotId: entity.id, ...(entity.data.Tags ? { Tags: entity.data.Tags } : {}) };
}

/** Deletes a snapshot unless an image of the account uses it. */
export function deleteSnapshot(input: DeleteSnapshotRequest, context: RequestContext): void {
  const store = context.store(ec2Store);
  const { id } = need(store.snapshots, KINDS.snapshot, input.SnapshotId, context);
  const image = store.images
    .list()
    .find(({ data }) => data.BlockDeviceMappings?.some((m) => m.Ebs?.SnapshotId === id));
  if (image)
    throw new AwsError('InvalidSnapshot.InUse', `The snapshot ${id} is currently in use by ${image.id}`);
  store.snapshots.delete(id);
}

function moveTier(store: Ec2Store, entity: Entity<Snapshot>, tier: 'standard' | 'archive', at: number): void {
  store.snapshots.schedule(entity, at, () => {
    entity.data.StorageTier = tier;
    const began = { at: entity.data.StartTime?.getTime() ?? entity.createdAt, tier: 'standard' };
    store.snapshotTiers.set(entity.id, [...(store.snapshotTiers.get(entity.id) ?? [began]), { at, tier }]);
  });
}

/** Moves a snapshot to the archive: its tier changes when the move is done. */
export function modifySnapshotTier(
  input: ModifySnapshotTierRequest,
  context: RequestContext,
): ModifySnapshotTierResult {
  const store = context.store(ec2Store);
  const entity = need(store.snapshots, KINDS.snapshot, input.SnapshotId, context);
  if (entity.data.State !== 'completed' || entity.data.StorageTier === 'archive')
    throw new AwsError('IncorrectState', `Snapshot '${entity.id}' can not be archived in its present state.`);
  moveTier(store, entity, 'archive', store.world.after(ARCHIVE_SECONDS));
  return { SnapshotId: entity.id, TieringStartTime: new Date(context.now) };
}

/** Brings a snapshot back from the archive, for good or (not simulated) for some days. */
export function restoreSnapshotTier(
  input: RestoreSnapshotTierRequest,
  context: RequestContext,
): RestoreSnapshotTierResult {
  const store = context.store(ec2Store);
  const entity = need(store.snapshots, KINDS.snapshot, input.SnapshotId, context);
  if (entity.data.StorageTier !== 'archive')
    throw new AwsError('IncorrectState', `Snapshot '${entity.id}' is not archived.`);
  if (input.PermanentRestore !== true)
    throw new AwsError('InvalidParameterValue', 'Only permanent restores are simulated.');
  moveTier(store, entity, 'standard', store.world.after(UNARCHIVE_SECONDS));
  return { SnapshotId: entity.id, RestoreStartTime: new Date(context.now), IsPermanentRestore: true };
}

const publicCache = new Map<string, readonly Snapshot[]>();

/** Other people's public snapshots, which a listing without owner returns by the thousands. */
function publicSnapshots(region: string): readonly Snapshot[] {
  let snapshots = publicCache.get(region);
  if (!snapshots) {
    const random = SeededRandom.of('public-snapshots', region);
    snapshots = Array.from({ length: PUBLIC_SNAPSHOTS }, (_, i): Snapshot => {
      const at = new Date(Date.UTC(2024, 0, 1) + i * 3_600_000);
      return {
        SnapshotId: `snap-0${random.hex(16)}`,
        VolumeId: 'vol-ffffffff',
        VolumeSize: random.integer(8, 500),
        OwnerId: String(random.integer(200_000_000, 999_999_999)).padStart(12, '7'),
        StartTime: at,
        CompletionTime: at,
        State: 'completed',
        Progress: '100%',
        Description: 'Public data set',
        Encrypted: false,
        StorageTier: 'standard',
      };
    });
    publicCache.set(region, snapshots);
  }
  return snapshots;
}

const FIELDS: FieldTable<Snapshot> = {
  'snapshot-id': (s) => s.SnapshotId,
  'volume-id': (s) => s.VolumeId,
  'volume-size': (s) => s.VolumeSize,
  status: (s) => s.State,
  progress: (s) => s.Progress,
  'start-time': (s) => s.StartTime,
  description: (s) => s.Description,
  encrypted: (s) => s.Encrypted,
  'owner-id': (s) => s.OwnerId,
  'storage-tier': (s) => s.StorageTier,
};

/** Without OwnerIds it lists public snapshots too. */
export function describeSnapshots(
  input: DescribeSnapshotsRequest,
  context: RequestContext,
): DescribeSnapshotsResult {
  const store = context.store(ec2Store);
  const ids = input.SnapshotIds;
  checkPageSize(input, ids, 'snapshotIds');
  const test = filterBy(input.Filters, FIELDS, (s) => s.Tags);
  const owners = input.OwnerIds?.map((owner) => (owner === 'self' ? store.accountId : owner));
  const own =
    ids && ids.length > 0 ? needAll(store.snapshots, KINDS.snapshot, ids, context) : store.snapshots.list();
  const visible = own.filter((e) => context.isVisible(e.createdAt)).map((e) => e.data);
  const others =
    ids && ids.length > 0
      ? []
      : owners?.every((o) => o === store.accountId)
        ? []
        : publicSnapshots(context.region);
  const all = [...visible, ...others].filter((s) => (owners?.includes(s.OwnerId ?? '') ?? true) && test(s));
  const page = pageOf(all, input, (s) => s.SnapshotId ?? '', context);
  return { Snapshots: [...page.items], NextToken: page.NextToken };
}
