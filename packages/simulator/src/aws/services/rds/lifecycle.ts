import type {
  DBInstance,
  DeleteDBInstanceMessage,
  DeleteDBInstanceResult,
  RebootDBInstanceMessage,
  RebootDBInstanceResult,
  StartDBInstanceMessage,
  StartDBInstanceResult,
  StopDBInstanceMessage,
  StopDBInstanceResult,
} from '@aws-sdk/client-rds';
import type { RequestContext } from '../../context.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { endpointOf } from './build.ts';
import { needInstance } from './lookup.ts';
import { takeSnapshot } from './snapshots.ts';
import { rdsStore, type DatabaseEntity, type RdsStore } from './store.ts';

const SEVEN_DAYS_MS = 7 * 24 * 3600 * 1000;

/** How long transitions take, in simulated seconds. */
export const DURATION = {
  create: 420,
  stop: 240,
  start: 300,
  reboot: 90,
  modify: 360,
  delete: 240,
  snapshot: 180,
};

/** A copy for the answer: later changes must not reach into what was already said. */
export function view(instance: DBInstance): DBInstance {
  return { ...instance, PendingModifiedValues: { ...instance.PendingModifiedValues } };
}

/** Refuses an operation in the wrong state, in RDS's words. */
export function requireState(entity: DatabaseEntity, states: readonly string[]): void {
  const status = entity.data.instance.DBInstanceStatus ?? '';
  if (states.includes(status)) return;
  throw new AwsError(
    'InvalidDBInstanceStateFault',
    `Instance ${entity.id} is not in ${states.join(' or ')} state. Current state is ${status}.`,
  );
}

function become(store: RdsStore, entity: DatabaseEntity, seconds: number, apply: () => void): void {
  store.instances.schedule(entity, store.world.after(seconds), apply);
}

/** Starts the way back to `available`; also what RDS does by itself after seven days. */
function beginStart(store: RdsStore, entity: DatabaseEntity, at: number): void {
  const { instance } = entity.data;
  instance.DBInstanceStatus = 'starting';
  instance.AutomaticRestartTime = undefined;
  store.note(entity.data, 'running', at);
  const until = at + DURATION.start * 1000 * store.world.transitionScale;
  store.instances.schedule(entity, until, () => {
    instance.DBInstanceStatus = 'available';
    instance.Endpoint = endpointOf(store, entity.id, instance.Engine ?? '');
  });
}

/** Stops an instance; charges of the class end when it is stopped, storage goes on. */
export function stopInstance(store: RdsStore, entity: DatabaseEntity): void {
  const { instance } = entity.data;
  instance.DBInstanceStatus = 'stopping';
  const stoppedAt = store.world.after(DURATION.stop);
  store.instances.schedule(entity, stoppedAt, () => {
    instance.DBInstanceStatus = 'stopped';
    const restart = stoppedAt + SEVEN_DAYS_MS;
    instance.AutomaticRestartTime = new Date(restart);
    store.note(entity.data, 'stopped', stoppedAt);
    store.instances.schedule(entity, restart, () => {
      if (instance.DBInstanceStatus === 'stopped') beginStart(store, entity, restart);
    });
  });
}

export function stopDBInstance(input: StopDBInstanceMessage, context: RequestContext): StopDBInstanceResult {
  const store = context.store(rdsStore);
  const entity = needInstance(context, input.DBInstanceIdentifier);
  const { instance } = entity.data;
  requireState(entity, ['available']);
  if (instance.DBClusterIdentifier !== undefined) {
    throw new AwsError(
      'InvalidDBInstanceStateFault',
      'Stopping a DB instance of an Aurora cluster is not supported: stop the cluster instead.',
    );
  }
  if (
    instance.ReadReplicaSourceDBInstanceIdentifier !== undefined ||
    (instance.ReadReplicaDBInstanceIdentifiers?.length ?? 0) > 0
  ) {
    throw new AwsError(
      'InvalidDBInstanceStateFault',
      'Cannot stop or start a DB instance that has or is a read replica.',
    );
  }
  if (input.DBSnapshotIdentifier) takeSnapshot(store, entity, input.DBSnapshotIdentifier, 'manual');
  stopInstance(store, entity);
  return { DBInstance: view(instance) };
}

export function startDBInstance(
  input: StartDBInstanceMessage,
  context: RequestContext,
): StartDBInstanceResult {
  const store = context.store(rdsStore);
  const entity = needInstance(context, input.DBInstanceIdentifier);
  requireState(entity, ['stopped']);
  // The automatic restart of this stop must not fire later.
  entity.pending = [];
  beginStart(store, entity, context.now);
  return { DBInstance: view(entity.data.instance) };
}

export function rebootDBInstance(
  input: RebootDBInstanceMessage,
  context: RequestContext,
): RebootDBInstanceResult {
  const store = context.store(rdsStore);
  const entity = needInstance(context, input.DBInstanceIdentifier);
  requireState(entity, ['available']);
  if (input.ForceFailover === true && entity.data.instance.MultiAZ !== true) {
    throw new AwsError('InvalidParameterCombination', 'Force failover requires a Multi-AZ configuration.');
  }
  const { instance } = entity.data;
  instance.DBInstanceStatus = 'rebooting';
  become(store, entity, DURATION.reboot, () => {
    instance.DBInstanceStatus = 'available';
  });
  return { DBInstance: view(instance) };
}

export function deleteDBInstance(
  input: DeleteDBInstanceMessage,
  context: RequestContext,
): DeleteDBInstanceResult {
  const store = context.store(rdsStore);
  const entity = needInstance(context, input.DBInstanceIdentifier);
  const { instance } = entity.data;
  const skip = input.SkipFinalSnapshot === true;
  if (instance.DeletionProtection === true) {
    throw new AwsError(
      'InvalidParameterCombination',
      'Cannot delete protected DB Instance, please disable deletion protection and try again.',
    );
  }
  if (!skip && !input.FinalDBSnapshotIdentifier && instance.DBClusterIdentifier === undefined) {
    throw new AwsError(
      'InvalidParameterCombination',
      'FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified.',
    );
  }
  if (skip && input.FinalDBSnapshotIdentifier) {
    throw new AwsError(
      'InvalidParameterCombination',
      'FinalDBSnapshotIdentifier can not be specified when deleting with SkipFinalSnapshot.',
    );
  }
  if (instance.DBInstanceStatus === 'deleting') {
    throw new AwsError('InvalidDBInstanceStateFault', `Instance ${entity.id} is already being deleted.`);
  }
  if (!skip) requireState(entity, ['available']);
  if (input.FinalDBSnapshotIdentifier) takeSnapshot(store, entity, input.FinalDBSnapshotIdentifier, 'manual');
  entity.pending = [];
  instance.DBInstanceStatus = 'deleting';
  become(store, entity, DURATION.delete, () => {
    store.instances.delete(entity.id);
  });
  store.note(entity.data, 'deleted', context.now);
  return { DBInstance: view(instance) };
}
