import type { Volume, VolumeType } from '@aws-sdk/client-ec2';
import type { FieldValues } from '../../fields.ts';
import type { Resource } from '../../resource.ts';
import { EC2 } from '../clients.ts';
import { passes } from './dry-run.ts';
import { result, type Operation } from './model.ts';
import { flag, number, text } from '../../shared/parameters.ts';
import { CHOSEN_IOPS, volumeCopies } from './volume-copies.ts';

const VOLUME = 'aws.ec2.volume';

/** A volume may be modified again after so long (ModifyVolume, EC2 API reference). */
const MODIFY_PAUSE_MS = 6 * 3_600_000;

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
  const takesIops = size.sku !== 'gp2' && size.iops !== undefined && CHOSEN_IOPS.includes(size.sku);
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
    const notBefore = new Date(scope.session.clock.now() + MODIFY_PAUSE_MS).toISOString();
    return result('accepted', await call, {
      ...(undo ? { undo: { ...undo, notBefore } } : {}),
      note: 'AWS allows the next modification after six hours at the earliest.',
    });
  },
  evidence: (seen, { parameters }) => (modified(seen, parameters) ? 'yes' : 'no'),
};

/** Where a volume is attached, as `attach` takes it. */
function attachmentOf(
  seen: Resource | undefined,
): { instanceId: string; device: string; deleteOnTermination: boolean } | undefined {
  const [first] = (seen?.attributes['Attachments'] ?? []) as Volume['Attachments'] & object;
  if (!first?.InstanceId || !first.Device || first.State === 'detaching') return undefined;
  return {
    instanceId: first.InstanceId,
    device: first.Device,
    deleteOnTermination: first.DeleteOnTermination === true,
  };
}

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
    undo: 'attach',
    actions: ['ec2:DetachVolume'],
  },
  async run({ scope, resource, before, parameters, dryRun }) {
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
    const place = attachmentOf(before);
    const undo = place && { operation: 'attach', parameters: { ...place } };
    return result('accepted', await call, undo ? { undo } : {});
  },
  evidence: (seen) => (seen?.state === 'available' || !seen ? 'yes' : 'no'),
};

const attach: Operation = {
  descriptor: {
    id: 'attach',
    type: VOLUME,
    label: 'Attach',
    states: ['available'],
    parameters: [
      {
        name: 'instanceId',
        label: 'Instance',
        kind: 'text',
        required: true,
        pattern: { source: 'i-[0-9a-f]{8,17}', message: 'is not an instance id' },
      },
      {
        name: 'device',
        label: 'Device',
        help: 'For example /dev/sdf.',
        kind: 'text',
        required: true,
        maxLength: 32,
      },
      {
        name: 'deleteOnTermination',
        label: 'Delete with the instance',
        kind: 'boolean',
        required: false,
        default: false,
      },
    ],
    confirm: 'simple',
    dryRun: true,
    until: ['in_use'],
    undo: 'detach',
    actions: ['ec2:AttachVolume', 'ec2:ModifyInstanceAttribute'],
  },
  async run({ scope, resource, parameters, dryRun }) {
    const ec2 = await scope.session.open(EC2, scope.region);
    const InstanceId = text(parameters, 'instanceId');
    const Device = text(parameters, 'device');
    const call = ec2.send(
      new ec2.sdk.AttachVolumeCommand({ VolumeId: resource.id, InstanceId, Device, DryRun: dryRun }),
      { ...scope, retry: 'refused-only' },
    );
    if (dryRun && (await passes(call))) return result('allowed', undefined);
    const answer = await call;
    if (flag(parameters, 'deleteOnTermination')) {
      // A volume attached by hand outlives its instance unless told otherwise.
      const BlockDeviceMappings = [{ DeviceName: Device, Ebs: { DeleteOnTermination: true } }];
      await ec2.send(new ec2.sdk.ModifyInstanceAttributeCommand({ InstanceId, BlockDeviceMappings }), scope);
    }
    return result('accepted', answer, { undo: { operation: 'detach', parameters: {} } });
  },
  evidence: (seen, { parameters }) => {
    const place = attachmentOf(seen);
    const same =
      place?.instanceId === text(parameters, 'instanceId') && place?.device === text(parameters, 'device');
    return same && (!flag(parameters, 'deleteOnTermination') || place?.deleteOnTermination) ? 'yes' : 'no';
  },
};

export const volumeOperations: readonly Operation[] = [modify, attach, detach, ...volumeCopies];
