import type {
  DescribeInstanceAttributeRequest,
  InstanceAttribute,
  ModifyInstanceAttributeRequest,
  MonitorInstancesRequest,
  MonitorInstancesResult,
  _InstanceType,
} from '@aws-sdk/client-ec2';
import type { RequestContext } from '../../context.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { needInstanceType } from './instance-types.ts';
import { KINDS, missing, need, needAll } from './query.ts';
import { ec2Store, type InstanceRecord } from './store.ts';

function needStopped(record: InstanceRecord): void {
  if (record.instance.State?.Name === 'stopped') return;
  throw new AwsError(
    'IncorrectInstanceState',
    `The instance '${record.instance.InstanceId}' is not in the 'stopped' state.`,
  );
}

function changeType(record: InstanceRecord, type: string, context: RequestContext): void {
  needStopped(record);
  const facts = needInstanceType(type, context.region);
  const { instance } = record;
  if (facts.architecture !== instance.Architecture) {
    throw new AwsError(
      'InvalidParameterValue',
      `The architecture '${facts.architecture}' of the specified instance type does not match the architecture '${instance.Architecture}' of the instance.`,
    );
  }
  instance.InstanceType = type as _InstanceType;
  instance.CpuOptions = { CoreCount: Math.max(1, facts.vcpus / 2), ThreadsPerCore: facts.vcpus > 1 ? 2 : 1 };
  record.history.push({ at: context.now, state: 'stopped', type });
}

/** Flags, security groups and source/destination check change at once; the type only while stopped. */
export function modifyInstanceAttribute(
  input: ModifyInstanceAttributeRequest,
  context: RequestContext,
): void {
  const store = context.store(ec2Store);
  const { data: record } = need(store.instances, KINDS.instance, input.InstanceId, context);
  const { instance } = record;
  const named = input.Attribute === 'instanceType' ? input.Value : undefined;
  const type = input.InstanceType?.Value ?? named;
  if (type !== undefined) changeType(record, type, context);
  if (input.DisableApiTermination?.Value !== undefined)
    record.disableApiTermination = input.DisableApiTermination.Value;
  if (input.DisableApiStop?.Value !== undefined) record.disableApiStop = input.DisableApiStop.Value;
  if (input.SourceDestCheck?.Value !== undefined) instance.SourceDestCheck = input.SourceDestCheck.Value;
  if (input.EbsOptimized?.Value !== undefined) {
    needStopped(record);
    instance.EbsOptimized = input.EbsOptimized.Value;
  }
  const behavior = input.InstanceInitiatedShutdownBehavior?.Value;
  if (behavior === 'stop' || behavior === 'terminate') record.shutdownBehavior = behavior;
  if (input.UserData?.Value !== undefined) {
    needStopped(record);
    record.userData = Buffer.from(input.UserData.Value).toString('base64');
  }
  if (input.Groups && input.Groups.length > 0) {
    const groups = input.Groups.map(
      (id) => need(store.securityGroups, KINDS.securityGroup, id, context).data,
    );
    instance.SecurityGroups = groups.map((g) => ({ GroupId: g.GroupId, GroupName: g.GroupName }));
    for (const nic of instance.NetworkInterfaces ?? []) {
      nic.Groups = instance.SecurityGroups;
      const stored = store.networkInterfaces.get(nic.NetworkInterfaceId ?? '')?.data;
      if (stored) stored.Groups = instance.SecurityGroups;
    }
  }
  for (const mapping of input.BlockDeviceMappings ?? []) {
    const found = instance.BlockDeviceMappings?.find((m) => m.DeviceName === mapping.DeviceName);
    if (!found?.Ebs)
      throw new AwsError(
        'InvalidInstanceAttributeValue',
        `No device is currently mapped at ${mapping.DeviceName}`,
      );
    found.Ebs.DeleteOnTermination = mapping.Ebs?.DeleteOnTermination;
    const attachment = store.volumes.get(found.Ebs.VolumeId ?? '')?.data.volume.Attachments?.[0];
    if (attachment) attachment.DeleteOnTermination = mapping.Ebs?.DeleteOnTermination;
  }
}

export function describeInstanceAttribute(
  input: DescribeInstanceAttributeRequest,
  context: RequestContext,
): InstanceAttribute {
  const { id, data: record } = need(
    context.store(ec2Store).instances,
    KINDS.instance,
    input.InstanceId,
    context,
  );
  const { instance } = record;
  const answers: Readonly<Record<string, InstanceAttribute>> = {
    instanceType: { InstanceType: { Value: instance.InstanceType } },
    disableApiTermination: { DisableApiTermination: { Value: record.disableApiTermination } },
    disableApiStop: { DisableApiStop: { Value: record.disableApiStop } },
    instanceInitiatedShutdownBehavior: {
      InstanceInitiatedShutdownBehavior: { Value: record.shutdownBehavior },
    },
    userData: { UserData: record.userData === undefined ? {} : { Value: record.userData } },
    rootDeviceName: { RootDeviceName: { Value: instance.RootDeviceName } },
    ebsOptimized: { EbsOptimized: { Value: instance.EbsOptimized } },
    sourceDestCheck: { SourceDestCheck: { Value: instance.SourceDestCheck } },
    groupSet: { Groups: instance.SecurityGroups },
    blockDeviceMapping: { BlockDeviceMappings: instance.BlockDeviceMappings },
    enaSupport: { EnaSupport: { Value: instance.EnaSupport } },
  };
  if (!input.Attribute) throw missing('attribute');
  const answer = answers[input.Attribute];
  if (!answer) throw new AwsError('InvalidParameterValue', `Unknown attribute: ${input.Attribute}`);
  return { InstanceId: id, ...answer };
}

function setMonitoring(
  input: MonitorInstancesRequest,
  state: 'enabled' | 'disabled',
  context: RequestContext,
): MonitorInstancesResult {
  const entities = needAll(
    context.store(ec2Store).instances,
    KINDS.instance,
    input.InstanceIds ?? [],
    context,
  );
  return {
    InstanceMonitorings: entities.map(({ id, data }) => {
      data.instance.Monitoring = { State: state };
      return { InstanceId: id, Monitoring: { State: state === 'enabled' ? 'pending' : 'disabling' } };
    }),
  };
}

export function monitorInstances(
  input: MonitorInstancesRequest,
  context: RequestContext,
): MonitorInstancesResult {
  return setMonitoring(input, 'enabled', context);
}

export function unmonitorInstances(
  input: MonitorInstancesRequest,
  context: RequestContext,
): MonitorInstancesResult {
  return setMonitoring(input, 'disabled', context);
}
