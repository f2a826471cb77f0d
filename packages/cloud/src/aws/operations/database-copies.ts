import type { DBInstance } from '@aws-sdk/client-rds';
import { orGone } from '../../errors.ts';
import type { ResourceRef } from '../../resource.ts';
import { RDS } from '../clients.ts';
import { arn, type Scope } from '../scope.ts';
import { TOKEN_TAG } from '../token.ts';
import { shortToken } from '../../shared/token.ts';
import { result, type Operation } from './model.ts';
import { flag, text, textMap } from '../../shared/parameters.ts';
import { captured, restoration, restored, restoredTags, undoOfDelete } from './restore.ts';

const INSTANCE = 'aws.rds.instance';
const SNAPSHOT = 'aws.rds.snapshot';

function snapshotRef(scope: Scope, id: string): ResourceRef {
  return { type: SNAPSHOT, id, nativeId: arn(scope, 'rds', `snapshot:${id}`), region: scope.region };
}

function snapshotId(id: string, kind: 'final' | 'copy', clientToken: string): string {
  return `${id.slice(0, 200)}-${kind}-${shortToken(clientToken)}`;
}

async function known(scope: Scope, id: string): Promise<boolean> {
  const rds = await scope.session.open(RDS, scope.region);
  const command = new rds.sdk.DescribeDBSnapshotsCommand({ DBSnapshotIdentifier: id });
  return (await orGone(rds.send(command, scope))) !== undefined;
}

const snapshot: Operation = {
  descriptor: {
    id: 'snapshot',
    type: INSTANCE,
    label: 'Create snapshot',
    states: ['running', 'stopped'],
    parameters: [{ name: 'tags', label: 'Tags', kind: 'tags', required: false }],
    confirm: 'none',
    dryRun: false,
    actions: ['rds:CreateDBSnapshot', 'rds:AddTagsToResource'],
  },
  async run({ scope, resource, parameters, clientToken }) {
    const rds = await scope.session.open(RDS, scope.region);
    const id = snapshotId(resource.id, 'copy', clientToken);
    const tags = { ...textMap(parameters, 'tags'), [TOKEN_TAG]: clientToken };
    const answer = await rds.send(
      new rds.sdk.CreateDBSnapshotCommand({
        DBInstanceIdentifier: resource.id,
        DBSnapshotIdentifier: id,
        Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
      }),
      // The name is the order's own, so a second one can not come of it.
      { ...scope, retry: 'refused-only' },
    );
    return result('accepted', answer, { created: [snapshotRef(scope, id)] });
  },
  async made({ scope, resource, clientToken }) {
    const id = snapshotId(resource.id, 'copy', clientToken);
    return (await known(scope, id)) ? [snapshotRef(scope, id)] : [];
  },
  evidence: () => 'no',
};

const deleteDatabase: Operation = {
  descriptor: {
    id: 'delete',
    type: INSTANCE,
    label: 'Delete database',
    parameters: [
      {
        name: 'finalSnapshot',
        label: 'Keep a final snapshot',
        kind: 'boolean',
        required: false,
        default: true,
      },
      {
        name: 'deleteBackups',
        label: 'Delete automated backups',
        kind: 'boolean',
        required: false,
        default: false,
      },
    ],
    confirm: 'typed',
    dryRun: false,
    until: ['deleted'],
    undo: 'restore',
    actions: ['rds:DeleteDBInstance', 'rds:CreateDBSnapshot'],
  },
  async run({ scope, resource, before, parameters, clientToken }) {
    const rds = await scope.session.open(RDS, scope.region);
    const keep = flag(parameters, 'finalSnapshot');
    const id = snapshotId(resource.id, 'final', clientToken);
    const answer = await rds.send(
      new rds.sdk.DeleteDBInstanceCommand({
        DBInstanceIdentifier: resource.id,
        SkipFinalSnapshot: !keep,
        ...(keep ? { FinalDBSnapshotIdentifier: id } : {}),
        DeleteAutomatedBackups: flag(parameters, 'deleteBackups'),
      }),
      { ...scope, retry: 'refused-only' },
    );
    return result('accepted', answer, {
      created: keep ? [snapshotRef(scope, id)] : [],
      ...(keep ? undoOfDelete(before, { snapshotId: id }) : {}),
    });
  },
  evidence: (seen) => (!seen || seen.state === 'deleting' ? 'yes' : 'no'),
};

function instanceRef(scope: Scope, id: string): ResourceRef {
  return { type: INSTANCE, id, nativeId: arn(scope, 'rds', `db:${id}`), region: scope.region };
}

const restore = restoration({
  type: INSTANCE,
  label: 'Bring database back',
  parameters: [{ name: 'snapshotId', label: 'Snapshot', kind: 'text', required: true, maxLength: 255 }],
  until: ['running'],
  actions: ['rds:RestoreDBInstanceFromDBSnapshot', 'rds:AddTagsToResource'],
  async made({ scope, parameters, clientToken }) {
    const id = captured<DBInstance>(parameters).DBInstanceIdentifier ?? '';
    const rds = await scope.session.open(RDS, scope.region);
    const found = await orGone(
      rds.send(new rds.sdk.DescribeDBInstancesCommand({ DBInstanceIdentifier: id }), scope),
    );
    const tags = found?.DBInstances?.[0]?.TagList ?? [];
    const ours = tags.some((t) => t.Key === TOKEN_TAG && t.Value === clientToken);
    return ours ? [instanceRef(scope, id)] : [];
  },
  async run(context) {
    const { scope, parameters } = context;
    const former = captured<DBInstance>(parameters);
    const id = former.DBInstanceIdentifier ?? '';
    const rds = await scope.session.open(RDS, scope.region);
    const chosenIops = former.StorageType === 'io1' || former.StorageType === 'io2';
    const answer = await rds.send(
      new rds.sdk.RestoreDBInstanceFromDBSnapshotCommand({
        DBInstanceIdentifier: id,
        DBSnapshotIdentifier: text(parameters, 'snapshotId'),
        DBInstanceClass: former.DBInstanceClass,
        AvailabilityZone: former.MultiAZ ? undefined : former.AvailabilityZone,
        DBSubnetGroupName: former.DBSubnetGroup?.DBSubnetGroupName,
        VpcSecurityGroupIds: (former.VpcSecurityGroups ?? []).flatMap((g) => g.VpcSecurityGroupId ?? []),
        DBParameterGroupName: former.DBParameterGroups?.[0]?.DBParameterGroupName,
        Port: former.Endpoint?.Port,
        MultiAZ: former.MultiAZ,
        PubliclyAccessible: former.PubliclyAccessible,
        AutoMinorVersionUpgrade: former.AutoMinorVersionUpgrade,
        StorageType: former.StorageType,
        Iops: chosenIops ? former.Iops : undefined,
        CopyTagsToSnapshot: former.CopyTagsToSnapshot,
        DeletionProtection: former.DeletionProtection,
        EnableIAMDatabaseAuthentication: former.IAMDatabaseAuthenticationEnabled,
        Tags: restoredTags(context),
      }),
      // The identifier is taken once it is made.
      { ...scope, retry: 'refused-only' },
    );
    return restored(answer, instanceRef(scope, id), 'Name and address are the former ones.');
  },
});

const deleteSnapshot: Operation = {
  descriptor: {
    id: 'delete',
    type: SNAPSHOT,
    label: 'Delete snapshot',
    states: ['available', 'failed'],
    parameters: [],
    confirm: 'typed',
    dryRun: false,
    until: ['deleted'],
    actions: ['rds:DeleteDBSnapshot'],
  },
  async run({ scope, resource }) {
    const rds = await scope.session.open(RDS, scope.region);
    const answer = await rds.send(
      new rds.sdk.DeleteDBSnapshotCommand({ DBSnapshotIdentifier: resource.id }),
      { ...scope, retry: 'refused-only' },
    );
    return result('done', answer);
  },
  evidence: (seen) => (!seen || seen.state === 'deleting' || seen.state === 'deleted' ? 'yes' : 'no'),
};

/** Snapshots of databases, and deleting with a way back. */
export const databaseCopies: readonly Operation[] = [snapshot, deleteDatabase, restore, deleteSnapshot];
