import type {
  AutoScalingGroup,
  AutoScalingGroupNamesType,
  AutoScalingGroupsType,
  CreateOrUpdateTagsType,
  DeleteTagsType,
  UpdateAutoScalingGroupType,
} from '@aws-sdk/client-auto-scaling';
import type { Entity } from '../../collection.ts';
import type { Output, RequestContext, ServiceDefinition } from '../../context.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { runInstances } from '../ec2/launch.ts';
import { terminateInstances } from '../ec2/lifecycle.ts';
import { ec2Store } from '../ec2/store.ts';
import { pageOf, shelfStore, type Item, type Kind } from '../shelf.ts';

const refuse = (message: string): AwsError => new AwsError('ValidationError', message, 400);

/** Groups cost nothing; their instances do. */
export const scalingGroup: Kind<AutoScalingGroup> = {
  name: 'autoscaling.group',
  id: (raw) => raw.AutoScalingGroupName ?? '',
  arn: (shelf, raw) =>
    raw.AutoScalingGroupARN ??
    shelf.arn('autoscaling', `autoScalingGroup:*:autoScalingGroupName/${raw.AutoScalingGroupName}`),
  rates: () => [],
};

function need(context: RequestContext, name: string | undefined): Entity<Item<AutoScalingGroup>> {
  const found = context
    .store(shelfStore)
    .of(scalingGroup)
    .get(name ?? '');
  if (!found) throw refuse(`AutoScalingGroup name not found - null`);
  return found;
}

function describeGroups(
  input: AutoScalingGroupNamesType,
  context: RequestContext,
): Output<AutoScalingGroupsType> {
  const names = input.AutoScalingGroupNames ?? [];
  const all = context
    .store(shelfStore)
    .of(scalingGroup)
    .list()
    .filter((e) => names.length === 0 || names.includes(e.id));
  const page = pageOf(all, input.NextToken, input.MaxRecords, 100, context, refuse);
  return {
    AutoScalingGroups: page.items.map(({ id, data }) => ({
      ...data.raw,
      Tags: [...data.tags].map(([Key, Value]) => ({
        ResourceId: id,
        ResourceType: 'auto-scaling-group',
        Key,
        Value,
        PropagateAtLaunch: false,
      })),
    })),
    NextToken: page.next,
  };
}

/** Starts and ends instances until there are as many as wanted. */
function settle(group: AutoScalingGroup, context: RequestContext): void {
  const members = group.Instances ?? [];
  const wanted = group.DesiredCapacity ?? 0;
  const surplus = members.slice(wanted);
  if (surplus.length > 0) {
    terminateInstances({ InstanceIds: surplus.flatMap((i) => i.InstanceId ?? []) }, context);
    group.Instances = members.slice(0, wanted);
  }
  const store = context.store(ec2Store);
  const template = group.LaunchTemplate?.LaunchTemplateId ?? '';
  const data = store.launchTemplates.get(template)?.data.versions.at(-1)?.LaunchTemplateData;
  const missing = wanted - members.length;
  if (missing <= 0 || !data?.ImageId) return;
  const subnets = (group.VPCZoneIdentifier ?? '').split(',');
  const started = runInstances(
    {
      ImageId: data.ImageId,
      InstanceType: data.InstanceType,
      MinCount: missing,
      MaxCount: missing,
      SubnetId: subnets[0],
    },
    context,
  );
  group.Instances = [
    ...members,
    ...(started.Instances ?? []).map((i) => ({
      InstanceId: i.InstanceId,
      InstanceType: i.InstanceType,
      AvailabilityZone: i.Placement?.AvailabilityZone,
      LifecycleState: 'InService' as const,
      HealthStatus: 'Healthy',
      ProtectedFromScaleIn: false,
    })),
  ];
}

function updateGroup(input: UpdateAutoScalingGroupType, context: RequestContext): void {
  const { raw } = need(context, input.AutoScalingGroupName).data;
  const min = input.MinSize ?? raw.MinSize ?? 0;
  const max = input.MaxSize ?? raw.MaxSize ?? 0;
  const desired = input.DesiredCapacity ?? Math.min(Math.max(raw.DesiredCapacity ?? 0, min), max);
  if (min > max) throw refuse(`Min bound, ${min}, must be less than or equal to max bound, ${max}`);
  if (desired < min || desired > max)
    throw refuse(
      `Desired capacity:${desired} must be between the specified min size:${min} and max size:${max}`,
    );
  Object.assign(raw, { MinSize: min, MaxSize: max, DesiredCapacity: desired });
  settle(raw, context);
}

function createOrUpdateTags(input: CreateOrUpdateTagsType, context: RequestContext): void {
  for (const tag of input.Tags ?? [])
    need(context, tag.ResourceId).data.tags.set(tag.Key ?? '', tag.Value ?? '');
}

function deleteTags(input: DeleteTagsType, context: RequestContext): void {
  for (const tag of input.Tags ?? []) need(context, tag.ResourceId).data.tags.delete(tag.Key ?? '');
}

/** Amazon EC2 Auto Scaling: groups, their sizes and tags. */
export const autoscaling: ServiceDefinition = {
  iamPrefix: 'autoscaling',
  handlers: {
    DescribeAutoScalingGroups: describeGroups,
    UpdateAutoScalingGroup: updateGroup,
    CreateOrUpdateTags: createOrUpdateTags,
    DeleteTags: deleteTags,
  },
};
