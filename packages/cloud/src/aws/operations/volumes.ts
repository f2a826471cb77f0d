import type { VolumeType } from '@aws-sdk/client-ec2';
import type { FieldValues } from '../../fields.ts';
import type { Resource } from '../../resource.ts';
import { EC2 } from '../clients.ts';
import { ec2Arn, type Scope } from '../scope.ts';
import { TOKEN_TAG } from '../token.ts';
import { passes } from './dry-run.ts';
import { flag, number, result, text, type Operation } from './model.ts';

const VOLUME = 'aws.ec2.volume';
const SNAPSHOT = 'aws.ec2.snapshot';

function modified(seen: Resource | undefined, parameters: FieldValues): boolean {
  if (!seen) return false;
  const wanted = [
    [text(parameters, 'volumeType'), seen.size?.sku],
    [number(parameters, 'sizeGiB'), seen.size?.storageGiB],
    [number(parameters, 'iops'), seen.size?.iops],
    [number(parameters, 'throughputMiBs'), seen.size?.throughputMiBs],
  ];
  return wanted.every(([want, has]) => want === undefined || want === has);
}

/** What brings type and performance back; undefined after growth, since volumes never shrink. */
function undoModify(
  before: Resource | undefined,
  parameters: FieldValues,
): { operation: string; parameters: FieldValues } | undefined {
  const size = before?.size;
  const grown = number(parameters, 'sizeGiB');
  if (!size?.sku || (grown !== undefined && grown !== size.storageGiB)) return undefined;
  const takesIops = size.sku !== 'gp2' && size.iops !== undefined && ['gp3', 'io1', 'io2'].includes(size.sku);
  return {
    operation: 'modify',
    parameters: {
      volumeType: size.sku,
      ...(takesIops && size.iops !== undefined ? { iops: size.iops } : {}),
      ...(size.sku === 'gp3' && size.throughputMiBs !== undefined
        ? { throughputMiBs: size.throughputMiBs }
        : {}),
    },
  };
}

const modify: Operation = {
  descriptor: {
    id: 'modify',
    type: VOLUME,
    label: 'Modify volume',
    states: ['available', 'in_use'],
    parameters: [
      {
        name: 'volumeType',
        label: 'Type',
        kind: 'select',
        required: false,
        options: ['gp3', 'gp2', 'io1', 'io2', 'st1', 'sc1', 'standard'].map((value) => ({
          value,
          label: value,
        })),
      },
      {
        name: 'sizeGiB',
        label: 'Size',
        help: 'A volume can grow and never shrink.',
        kind: 'number',
        required: false,
        integer: true,
        min: 1,
        max: 65_536,
        unit: 'GiB',
      },
      { name: 'iops', label: 'IOPS', kind: 'number', required: false, integer: true, min: 100, max: 256_000 },
      {
        name: 'throughputMiBs',
        label: 'Throughput',
        kind: 'number',
        required: false,
        integer: true,
        min: 125,
        max: 2_000,
        unit: 'MiB/s',
      },
    ],
    confirm: 'simple',
    dryRun: true,
    undo: 'modify',
    actions: ['ec2:ModifyVolume'],
  },
  async run({ scope, resource, before, parameters, dryRun }) {
    const ec2 = await scope.session.open(EC2, scope.region);
    const input = {
      VolumeId: resource.id,
      VolumeType: text(parameters, 'volumeType') as VolumeType | undefined,
      Size: number(parameters, 'sizeGiB'),
      Iops: number(parameters, 'iops'),
      Throughput: number(parameters, 'throughputMiBs'),
      DryRun: dryRun,
    };
    const call = ec2.send(new ec2.sdk.ModifyVolumeCommand(input), { ...scope, retry: 'refused-only' });
    if (dryRun && (await passes(call))) return result('allowed', undefined);
    const undo = undoModify(before, parameters);
    return result('accepted', await call, {
      ...(undo ? { undo } : {}),
      note: 'AWS allows the next modification after six hours at the earliest.',
    });
  },
  evidence: (seen, { parameters }) => (modified(seen, parameters) ? 'yes' : 'no'),
};

const detach: Operation = {
  descriptor: {
    id: 'detach',
    type: VOLUME,
    label: 'Detach',
    states: ['in_use'],
    parameters: [
      {
        name: 'force',
        label: 'Force',
        help: 'Data that was not written yet is lost.',
        kind: 'boolean',
        required: false,
        default: false,
      },
    ],
    confirm: 'simple',
    dryRun: true,
    until: ['available'],
    actions: ['ec2:DetachVolume'],
  },
  async run({ scope, resource, parameters, dryRun }) {
    const ec2 = await scope.session.open(EC2, scope.region);
    const call = ec2.send(
      new ec2.sdk.DetachVolumeCommand({
        VolumeId: resource.id,
        Force: flag(parameters, 'force'),
        DryRun: dryRun,
      }),
      { ...scope, retry: 'refused-only' },
    );
    if (dryRun && (await passes(call))) return result('allowed', undefined);
    return result('accepted', await call);
  },
  evidence: (seen) => (seen?.state === 'available' || !seen ? 'yes' : 'no'),
};

const deleteVolume: Operation = {
  descriptor: {
    id: 'delete',
    type: VOLUME,
    label: 'Delete volume',
    states: ['available', 'failed'],
    parameters: [],
    confirm: 'typed',
    dryRun: true,
    until: ['deleted'],
    actions: ['ec2:DeleteVolume'],
  },
  async run({ scope, resource, dryRun }) {
    const ec2 = await scope.session.open(EC2, scope.region);
    const call = ec2.send(new ec2.sdk.DeleteVolumeCommand({ VolumeId: resource.id, DryRun: dryRun }), {
      ...scope,
      retry: 'refused-only',
    });
    if (dryRun && (await passes(call))) return result('allowed', undefined);
    return result('accepted', await call);
  },
  evidence: (seen) => (!seen || seen.state === 'deleting' || seen.state === 'deleted' ? 'yes' : 'no'),
};

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
    const ref = (id: string) => ({
      type: SNAPSHOT,
      id,
      nativeId: ec2Arn(scope, 'snapshot', id),
      region: scope.region,
    });
    const earlier = dryRun ? undefined : await snapshotOfToken(scope, clientToken);
    if (earlier) return result('already', undefined, { created: [ref(earlier)] });
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
    return result('accepted', answer, { created: answer.SnapshotId ? [ref(answer.SnapshotId)] : [] });
  },
  evidence: async (_seen, { scope, clientToken }) =>
    (await snapshotOfToken(scope, clientToken)) ? 'yes' : 'no',
  repeatable: true,
};

const deleteSnapshot: Operation = {
  descriptor: {
    id: 'delete',
    type: SNAPSHOT,
    label: 'Delete snapshot',
    parameters: [],
    confirm: 'typed',
    dryRun: true,
    until: ['deleted'],
    actions: ['ec2:DeleteSnapshot'],
  },
  async run({ scope, resource, dryRun }) {
    const ec2 = await scope.session.open(EC2, scope.region);
    const call = ec2.send(new ec2.sdk.DeleteSnapshotCommand({ SnapshotId: resource.id, DryRun: dryRun }), {
      ...scope,
      retry: 'refused-only',
    });
    if (dryRun && (await passes(call))) return result('allowed', undefined);
    return result('done', await call);
  },
  evidence: (seen) => (seen ? 'no' : 'yes'),
};

const releaseAddress: Operation = {
  descriptor: {
    id: 'delete',
    type: 'aws.ec2.address',
    label: 'Release address',
    states: ['available'],
    parameters: [],
    confirm: 'typed',
    dryRun: true,
    until: ['deleted'],
    actions: ['ec2:ReleaseAddress'],
  },
  async run({ scope, resource, dryRun }) {
    const ec2 = await scope.session.open(EC2, scope.region);
    const call = ec2.send(new ec2.sdk.ReleaseAddressCommand({ AllocationId: resource.id, DryRun: dryRun }), {
      ...scope,
      retry: 'refused-only',
    });
    if (dryRun && (await passes(call))) return result('allowed', undefined);
    return result('done', await call, {
      note: 'The address may go to someone else and can then not be had back.',
    });
  },
  evidence: (seen) => (seen ? 'no' : 'yes'),
};

export const storageOperations: readonly Operation[] = [
  modify,
  snapshot,
  detach,
  deleteVolume,
  deleteSnapshot,
  releaseAddress,
];
