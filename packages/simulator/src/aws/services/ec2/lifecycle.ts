import type {
  InstanceStateChange,
  RebootInstancesRequest,
  StartInstancesRequest,
  StartInstancesResult,
  StopInstancesRequest,
  StopInstancesResult,
  TerminateInstancesRequest,
  TerminateInstancesResult,
} from '@aws-sdk/client-ec2';
import type { RequestContext } from '../../context.ts';
import { AwsError } from '../../wire/aws-error.ts';
import {
  becomeRunning,
  clearPublicIp,
  DURATIONS,
  setState,
  STATE_CODES,
  type StateName,
} from './instance-model.ts';
import { KINDS, missing, needAll } from './query.ts';
import { ec2Store, type Ec2Store, type InstanceEntity } from './store.ts';
import { unlinkVolume } from './volume-model.ts';

function stateOf(entity: InstanceEntity): StateName {
  return entity.data.instance.State?.Name ?? 'pending';
}

function select(ids: readonly string[] | undefined, context: RequestContext): InstanceEntity[] {
  if (!ids || ids.length === 0) throw missing('InstanceId');
  return needAll(context.store(ec2Store).instances, KINDS.instance, [...new Set(ids)], context);
}

function wrongState(entity: InstanceEntity, verb: string): AwsError {
  return new AwsError(
    'IncorrectInstanceState',
    `The instance '${entity.id}' is not in a state from which it can be ${verb}. Its state is '${stateOf(entity)}'.`,
  );
}

function change(entity: InstanceEntity, previous: StateName): InstanceStateChange {
  return {
    InstanceId: entity.id,
    PreviousState: { Code: STATE_CODES[previous], Name: previous },
    CurrentState: { ...entity.data.instance.State },
  };
}

/** EC2's wording of user actions: `User initiated (2026-01-31 10:00:00 GMT)`. */
function userInitiated(at: number): string {
  return `User initiated (${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} GMT)`;
}

/** Starts instances: `pending`, later `running`. Starting a running instance changes nothing. */
export function startInstances(input: StartInstancesRequest, context: RequestContext): StartInstancesResult {
  const store = context.store(ec2Store);
  const entities = select(input.InstanceIds, context);
  for (const entity of entities) {
    if (!['stopped', 'running', 'pending'].includes(stateOf(entity))) throw wrongState(entity, 'started');
  }
  const changes = entities.map((entity) => {
    const previous = stateOf(entity);
    if (previous === 'stopped') begin(store, entity, context.now);
    return change(entity, previous);
  });
  return { StartingInstances: changes };
}

function begin(store: Ec2Store, entity: InstanceEntity, now: number): void {
  const { instance } = entity.data;
  setState(entity.data, 'pending', now);
  instance.LaunchTime = new Date(now);
  instance.StateReason = undefined;
  instance.StateTransitionReason = '';
  const until = store.world.after(DURATIONS.start);
  store.instances.schedule(entity, until, () => becomeRunning(store, entity.data, until));
}

function checkStoppable(entity: InstanceEntity): void {
  const { instance, disableApiStop } = entity.data;
  if (!['running', 'stopping', 'stopped'].includes(stateOf(entity))) throw wrongState(entity, 'stopped');
  if (disableApiStop) {
    throw new AwsError(
      'OperationNotPermitted',
      `The instance '${entity.id}' may not be stopped. Modify its 'disableApiStop' instance attribute and try again.`,
    );
  }
  if (instance.RootDeviceType !== 'ebs') {
    throw new AwsError(
      'UnsupportedOperation',
      `The instance '${entity.id}' does not have an 'ebs' root device type and cannot be stopped.`,
    );
  }
  if (instance.InstanceLifecycle === 'spot') {
    throw new AwsError(
      'UnsupportedOperation',
      `You can't stop the Spot Instance '${entity.id}' because it is associated with a one-time Spot Instance request.`,
    );
  }
}

/** Stops instances: `stopping`, later `stopped` without the automatic public address. All or nothing. */
export function stopInstances(input: StopInstancesRequest, context: RequestContext): StopInstancesResult {
  const store = context.store(ec2Store);
  const entities = select(input.InstanceIds, context);
  for (const entity of entities) checkStoppable(entity);
  const changes = entities.map((entity) => {
    const previous = stateOf(entity);
    if (previous === 'running') halt(store, entity, context.now);
    return change(entity, previous);
  });
  return { StoppingInstances: changes };
}

function halt(store: Ec2Store, entity: InstanceEntity, now: number): void {
  const { data } = entity;
  entity.pending = [];
  setState(data, 'stopping', now);
  data.instance.StateTransitionReason = userInitiated(now);
  data.instance.StateReason = {
    Code: 'Client.UserInitiatedShutdown',
    Message: 'Client.UserInitiatedShutdown: User initiated shutdown',
  };
  const until = store.world.after(DURATIONS.stop);
  store.instances.schedule(entity, until, () => {
    setState(data, 'stopped', until);
    if (!hasElasticIp(store, entity.id)) clearPublicIp(store, data.instance);
  });
}

function hasElasticIp(store: Ec2Store, instanceId: string): boolean {
  return store.addresses.list().some((address) => address.data.InstanceId === instanceId);
}

/** Reboots: the state stays `running`, as on AWS. */
export function rebootInstances(input: RebootInstancesRequest, context: RequestContext): void {
  for (const entity of select(input.InstanceIds, context)) {
    if (stateOf(entity) !== 'running') throw wrongState(entity, 'rebooted');
  }
}

/** Terminates: `shutting-down`, `terminated` for an hour with little left, then gone. */
export function terminateInstances(
  input: TerminateInstancesRequest,
  context: RequestContext,
): TerminateInstancesResult {
  const store = context.store(ec2Store);
  const entities = select(input.InstanceIds, context);
  for (const entity of entities) {
    const attribute = entity.data.disableApiTermination
      ? 'disableApiTermination'
      : entity.data.disableApiStop
        ? 'disableApiStop'
        : undefined;
    if (!attribute) continue;
    throw new AwsError(
      'OperationNotPermitted',
      `The instance '${entity.id}' may not be terminated. Modify its '${attribute}' instance attribute and try again.`,
    );
  }
  const changes = entities.map((entity) => {
    const previous = stateOf(entity);
    if (previous !== 'shutting-down' && previous !== 'terminated') end(store, entity, context.now);
    return change(entity, previous);
  });
  return { TerminatingInstances: changes };
}

function end(store: Ec2Store, entity: InstanceEntity, now: number): void {
  const { data } = entity;
  entity.pending = [];
  setState(data, 'shutting-down', now);
  data.instance.StateTransitionReason = userInitiated(now);
  data.instance.StateReason = {
    Code: 'Client.UserInitiatedShutdown',
    Message: 'Client.UserInitiatedShutdown: User initiated shutdown',
  };
  const until = store.world.after(DURATIONS.terminate);
  store.instances.schedule(entity, until, () => dismantle(store, entity, until));
  // AWS forgets terminated instances after about an hour, also when transitions are immediate here.
  store.instances.schedule(entity, until + DURATIONS.forget * 1000, () => store.instances.delete(entity.id));
}

/** What is left of a terminated instance: no network, no disks; addresses are released from it. */
function dismantle(store: Ec2Store, entity: InstanceEntity, at: number): void {
  const { data } = entity;
  const { instance } = data;
  setState(data, 'terminated', at);
  releaseVolumes(store, entity, at);
  for (const nic of instance.NetworkInterfaces ?? [])
    store.networkInterfaces.delete(nic.NetworkInterfaceId ?? '');
  for (const { data: address } of store.addresses.list()) {
    if (address.InstanceId !== entity.id) continue;
    address.InstanceId = undefined;
    address.AssociationId = undefined;
    address.NetworkInterfaceId = undefined;
    address.NetworkInterfaceOwnerId = undefined;
    address.PrivateIpAddress = undefined;
  }
  const subnet = store.subnets.get(instance.SubnetId ?? '')?.data;
  if (subnet) subnet.AvailableIpAddressCount = (subnet.AvailableIpAddressCount ?? 0) + 1;
  instance.VpcId = undefined;
  instance.SubnetId = undefined;
  instance.PrivateIpAddress = undefined;
  instance.PublicIpAddress = undefined;
  instance.PrivateDnsName = '';
  instance.PublicDnsName = '';
  instance.NetworkInterfaces = [];
  instance.SecurityGroups = [];
  instance.BlockDeviceMappings = [];
}

function releaseVolumes(store: Ec2Store, entity: InstanceEntity, at: number): void {
  for (const mapping of entity.data.instance.BlockDeviceMappings ?? []) {
    const volume = store.volumes.get(mapping.Ebs?.VolumeId ?? '');
    if (!volume) continue;
    if (mapping.Ebs?.DeleteOnTermination) {
      volume.data.history.push({ at, size: 0, type: volume.data.volume.VolumeType ?? '' });
      store.volumes.delete(volume.id);
    } else {
      unlinkVolume(store, volume);
    }
  }
}
