import { EC2 } from '../clients.ts';
import { passes } from './dry-run.ts';
import { attribute, result, type Operation } from './model.ts';
import { text } from '../../shared/parameters.ts';

const SNAPSHOT = 'aws.ec2.snapshot';

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

const setTier: Operation = {
  descriptor: {
    id: 'set-tier',
    type: SNAPSHOT,
    label: 'Set storage tier',
    states: ['available'],
    parameters: [
      {
        name: 'tier',
        label: 'Tier',
        help: 'An archived snapshot is a full copy, charged for 90 days at least; bringing it back takes up to three days.',
        kind: 'select',
        required: true,
        options: [
          { value: 'standard', label: 'Standard' },
          { value: 'archive', label: 'Archive' },
        ],
      },
    ],
    confirm: 'simple',
    dryRun: true,
    undo: 'set-tier',
    actions: ['ec2:ModifySnapshotTier', 'ec2:RestoreSnapshotTier'],
  },
  async run({ scope, resource, before, parameters, dryRun }) {
    const ec2 = await scope.session.open(EC2, scope.region);
    const SnapshotId = resource.id;
    const call: Promise<object> =
      text(parameters, 'tier') === 'archive'
        ? ec2.send(
            new ec2.sdk.ModifySnapshotTierCommand({ SnapshotId, StorageTier: 'archive', DryRun: dryRun }),
            { ...scope, retry: 'refused-only' },
          )
        : ec2.send(
            new ec2.sdk.RestoreSnapshotTierCommand({ SnapshotId, PermanentRestore: true, DryRun: dryRun }),
            { ...scope, retry: 'refused-only' },
          );
    if (dryRun && (await passes(call))) return result('allowed', undefined);
    return result('accepted', await call, {
      undo: { operation: 'set-tier', parameters: { tier: attribute(before, 'StorageTier') ?? 'standard' } },
    });
  },
  evidence: (seen, { parameters }) =>
    seen && (attribute(seen, 'StorageTier') ?? 'standard') === text(parameters, 'tier') ? 'yes' : 'no',
};

export const snapshotOperations: readonly Operation[] = [deleteSnapshot, setTier];
