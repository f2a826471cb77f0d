import type { Volume } from '@aws-sdk/client-ec2';
import { CloudError } from '../../errors.ts';
import type { ResourceRef } from '../../resource.ts';
import { EC2 } from '../clients.ts';
import { ec2Arn, type Scope } from '../scope.ts';
import { TOKEN_TAG } from '../token.ts';
import { partToken } from '../../shared/token.ts';
import { passes } from './dry-run.ts';
import { result, type Operation } from './model.ts';
import { text } from '../../shared/parameters.ts';
import { captured, restoration, restored, restoredTags, undoOfDelete, type TokenContext } from './restore.ts';

const VOLUME = 'aws.ec2.volume';
const SNAPSHOT = 'aws.ec2.snapshot';

/** Types whose IOPS are chosen; those of the others follow from the size. */
export const CHOSEN_IOPS = ['gp3', 'io1', 'io2'];

const deleteVolume: Operation = {
  descriptor: {
    id: 'delete',
    type: VOLUME,
    label: 'Delete volume',
    states: ['available', 'failed'],
    parameters: [
      {
        name: 'snapshotId',
        label: 'Snapshot of it',
        help: 'A completed snapshot from which the volume can be brought back.',
        kind: 'text',
        required: false,
        pattern: { source: 'snap-[0-9a-f]{8,17}', message: 'is not a snapshot id' },
      },
    ],
    confirm: 'typed',
    dryRun: true,
    until: ['deleted'],
    undo: 'restore',
    actions: ['ec2:DeleteVolume'],
  },
  async run({ scope, resource, before, parameters, dryRun }) {
    const snapshotId = text(parameters, 'snapshotId');
    if (snapshotId) await checkSnapshot(scope, resource.id, snapshotId);
    const ec2 = await scope.session.open(EC2, scope.region);
    const call = ec2.send(new ec2.sdk.DeleteVolumeCommand({ VolumeId: resource.id, DryRun: dryRun }), {
      ...scope,
      retry: 'refused-only',
    });
    if (dryRun && (await passes(call))) return result('allowed', undefined);
    // Without a snapshot the data are gone, and an empty volume would be no undo.
    return result('accepted', await call, snapshotId ? undoOfDelete(before, { snapshotId }) : {});
  },
  evidence: (seen) => (!seen || seen.state === 'deleting' || seen.state === 'deleted' ? 'yes' : 'no'),
};

/** @throws CloudError `conflict_state` unless the snapshot is complete and of this volume. */
async function checkSnapshot(scope: Scope, volumeId: string, snapshotId: string): Promise<void> {
  const ec2 = await scope.session.open(EC2, scope.region);
  const answer = await ec2.send(new ec2.sdk.DescribeSnapshotsCommand({ SnapshotIds: [snapshotId] }), scope);
  const found = answer.Snapshots?.[0];
  if (found?.VolumeId === volumeId && found.State === 'completed') return;
  throw new CloudError({
    kind: 'conflict_state',
    message: `${snapshotId} is not a completed snapshot of ${volumeId}; nothing was deleted.`,
    region: scope.region,
  });
}

/** The volume an earlier try with this token made. */
async function volumeOfToken({ scope, clientToken }: TokenContext): Promise<ResourceRef[]> {
  const ec2 = await scope.session.open(EC2, scope.region);
  const Filters = [{ Name: `tag:${TOKEN_TAG}`, Values: [clientToken] }];
  const answer = await ec2.send(new ec2.sdk.DescribeVolumesCommand({ Filters }), scope);
  const id = answer.Volumes?.[0]?.VolumeId;
  return id ? [volumeRef(scope, id)] : [];
}

function volumeRef(scope: Scope, id: string): ResourceRef {
  return { type: VOLUME, id, nativeId: ec2Arn(scope, 'volume', id), region: scope.region };
}

const restore = restoration({
  type: VOLUME,
  label: 'Bring volume back',
  parameters: [
    {
      name: 'snapshotId',
      label: 'Snapshot',
      kind: 'text',
      required: true,
      pattern: { source: 'snap-[0-9a-f]{8,17}', message: 'is not a snapshot id' },
    },
  ],
  until: ['available'],
  actions: ['ec2:CreateVolume', 'ec2:CreateTags'],
  made: volumeOfToken,
  async run(context) {
    const { scope, parameters, clientToken } = context;
    const former = captured<Volume>(parameters);
    const type = former.VolumeType ?? 'gp3';
    const ec2 = await scope.session.open(EC2, scope.region);
    const answer = await ec2.send(
      new ec2.sdk.CreateVolumeCommand({
        AvailabilityZone: former.AvailabilityZone,
        SnapshotId: text(parameters, 'snapshotId'),
        Size: former.Size,
        VolumeType: type,
        Iops: CHOSEN_IOPS.includes(type) ? former.Iops : undefined,
        Throughput: type === 'gp3' ? former.Throughput : undefined,
        MultiAttachEnabled: former.MultiAttachEnabled || undefined,
        Encrypted: former.Encrypted || undefined,
        KmsKeyId: former.Encrypted ? former.KmsKeyId : undefined,
        TagSpecifications: [{ ResourceType: 'volume', Tags: restoredTags(context) }],
        ClientToken: partToken(clientToken, 'volume'),
      }),
      scope,
    );
    return restored(answer, volumeRef(scope, answer.VolumeId ?? ''));
  },
});

function snapshotRef(scope: Scope, id: string): ResourceRef {
  return { type: SNAPSHOT, id, nativeId: ec2Arn(scope, 'snapshot', id), region: scope.region };
}

/** The snapshot an earlier try with this token made. */
async function snapshotOfToken(scope: Scope, clientToken: string): Promise<string | undefined> {
  const ec2 = await scope.session.open(EC2, scope.region);
  const answer = await ec2.send(
    new ec2.sdk.DescribeSnapshotsCommand({
      OwnerIds: ['self'],
      Filters: [{ Name: `tag:${TOKEN_TAG}`, Values: [clientToken] }],
    }),
    scope,
  );
  return answer.Snapshots?.[0]?.SnapshotId;
}

const snapshot: Operation = {
  descriptor: {
    id: 'snapshot',
    type: VOLUME,
    label: 'Create snapshot',
    states: ['available', 'in_use'],
    parameters: [
      { name: 'description', label: 'Description', kind: 'text', required: false, maxLength: 255 },
      { name: 'tags', label: 'Tags', kind: 'tags', required: false },
    ],
    confirm: 'none',
    dryRun: true,
    actions: ['ec2:CreateSnapshot', 'ec2:CreateTags'],
  },
  async run({ scope, resource, parameters, clientToken, dryRun }) {
    const ec2 = await scope.session.open(EC2, scope.region);
    const given = parameters['tags'];
    const tags = {
      ...(typeof given === 'object' && given !== null && !Array.isArray(given) ? given : {}),
      [TOKEN_TAG]: clientToken,
    };
    const call = ec2.send(
      new ec2.sdk.CreateSnapshotCommand({
        VolumeId: resource.id,
        Description: text(parameters, 'description'),
        TagSpecifications: [
          {
            ResourceType: 'snapshot',
            Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
          },
        ],
        DryRun: dryRun,
      }),
      // The call has no idempotency token: after a lost answer the tag tells.
      { ...scope, retry: 'refused-only' },
    );
    if (dryRun && (await passes(call))) return result('allowed', undefined);
    const answer = await call;
    return result('accepted', answer, {
      created: answer.SnapshotId ? [snapshotRef(scope, answer.SnapshotId)] : [],
    });
  },
  made: async ({ scope, clientToken }) => {
    const id = await snapshotOfToken(scope, clientToken);
    return id ? [snapshotRef(scope, id)] : [];
  },
  evidence: () => 'no',
};

/** Snapshots of volumes, and deleting with a way back. */
export const volumeCopies: readonly Operation[] = [snapshot, deleteVolume, restore];
