import type {
  AddTagsInput,
  CreateTargetGroupInput,
  CreateTargetGroupOutput,
  DeleteTargetGroupInput,
  DeregisterTargetsInput,
  DescribeTagsInput,
  DescribeTagsOutput,
  DescribeTargetGroupsInput,
  DescribeTargetGroupsOutput,
  DescribeTargetHealthInput,
  DescribeTargetHealthOutput,
  RegisterTargetsInput,
  RemoveTagsInput,
  TargetHealth,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Entity } from '../../collection.ts';
import type { RequestContext } from '../../context.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { ec2Store } from '../ec2/store.ts';
import { findLoadBalancer, markerPage } from './load-balancers.ts';
import { addTargetGroup, elbStore, type Target, type TargetGroupRecord } from './store.ts';

const HEALTHY_AFTER_SECONDS = 60;

function find(arn: string | undefined, context: RequestContext): Entity<TargetGroupRecord> {
  const entity = context.store(elbStore).targetGroups.get(arn ?? '');
  if (!entity) throw new AwsError('TargetGroupNotFoundException', `Target group '${arn ?? ''}' not found`);
  return entity;
}

export function describeTargetGroups(
  input: DescribeTargetGroupsInput,
  context: RequestContext,
): DescribeTargetGroupsOutput {
  const all = context
    .store(elbStore)
    .targetGroups.list()
    .map((e) => e.data.group);
  const arns = input.TargetGroupArns ?? [];
  const names = input.Names ?? [];
  for (const arn of arns) find(arn, context);
  if (input.LoadBalancerArn) findLoadBalancer(input.LoadBalancerArn, context);
  const absent = names.find((name) => !all.some((g) => g.TargetGroupName === name));
  if (absent !== undefined)
    throw new AwsError('TargetGroupNotFoundException', `Target groups '[${absent}]' not found`);
  const chosen = all.filter(
    (g) =>
      (arns.length === 0 || arns.includes(g.TargetGroupArn ?? '')) &&
      (names.length === 0 || names.includes(g.TargetGroupName ?? '')) &&
      (!input.LoadBalancerArn || g.LoadBalancerArns?.includes(input.LoadBalancerArn)),
  );
  const { items, NextMarker } = markerPage(chosen, input, (g) => g.TargetGroupArn ?? '', context);
  return { TargetGroups: items, NextMarker };
}

export function createTargetGroup(
  input: CreateTargetGroupInput,
  context: RequestContext,
): CreateTargetGroupOutput {
  const store = context.store(elbStore);
  const name = input.Name ?? '';
  if (!/^(?!-)[A-Za-z0-9-]{1,32}(?<!-)$/.test(name))
    throw new AwsError('ValidationError', `Target group name '${name}' is invalid`, 400);
  if (store.targetGroups.list().some((e) => e.data.group.TargetGroupName === name)) {
    throw new AwsError(
      'DuplicateTargetGroupNameException',
      `A target group with the same name '${name}' exists, but with different settings`,
    );
  }
  const protocol = input.Protocol === 'HTTPS' || input.Protocol === 'TCP' ? input.Protocol : 'HTTP';
  if (!context.store(ec2Store).vpcs.get(input.VpcId ?? ''))
    throw new AwsError('ValidationError', `The VPC ID '${input.VpcId ?? ''}' is not found`, 400);
  const spec = {
    name,
    protocol,
    port: input.Port ?? 80,
    vpcId: input.VpcId ?? '',
    tags: input.Tags,
    targetType: input.TargetType === 'ip' ? 'ip' : 'instance',
  } as const;
  return { TargetGroups: [addTargetGroup(store, spec).data.group] };
}

export function deleteTargetGroup(
  input: DeleteTargetGroupInput,
  context: RequestContext,
): Record<string, never> {
  const store = context.store(elbStore);
  const { id, data } = find(input.TargetGroupArn, context);
  const used = store.listeners
    .list()
    .some((e) => e.data.DefaultActions?.some((a) => a.TargetGroupArn === id));
  if (used)
    throw new AwsError(
      'ResourceInUseException',
      `Target group '${data.group.TargetGroupArn}' is currently in use by a listener or a rule`,
    );
  store.targetGroups.delete(id);
  store.tags.delete(id);
  return {};
}

export function registerTargets(input: RegisterTargetsInput, context: RequestContext): Record<string, never> {
  const { data } = find(input.TargetGroupArn, context);
  const ec2 = context.store(ec2Store);
  for (const { Id: id = '' } of input.Targets ?? []) {
    if (data.group.TargetType === 'instance' && !ec2.instances.get(id)) {
      throw new AwsError('InvalidTargetException', `The following targets do not exist: '${id}'`);
    }
  }
  for (const { Id: id = '', Port: port } of input.Targets ?? []) {
    data.targets.set(id, { id, port: port ?? data.group.Port ?? 80, registeredAt: context.now });
  }
  return {};
}

export function deregisterTargets(
  input: DeregisterTargetsInput,
  context: RequestContext,
): Record<string, never> {
  const { data } = find(input.TargetGroupArn, context);
  for (const { Id: id } of input.Targets ?? []) data.targets.delete(id ?? '');
  return {};
}

/** Health follows from the instance: unused without listener, initial at first, unhealthy unless running. */
function healthOf(target: Target, record: TargetGroupRecord, context: RequestContext): TargetHealth {
  const { group } = record;
  if ((group.LoadBalancerArns ?? []).length === 0) {
    return {
      State: 'unused',
      Reason: 'Target.NotInUse',
      Description: 'Target group is not configured to receive traffic from the load balancer',
    };
  }
  if (group.TargetType === 'instance') {
    const state = context.store(ec2Store).instances.get(target.id)?.data.instance.State?.Name;
    if (state !== 'running')
      return {
        State: 'unused',
        Reason: 'Target.InvalidState',
        Description: 'Target is in the stopped state',
      };
  }
  const settled = HEALTHY_AFTER_SECONDS * 1000 * context.world.transitionScale;
  if (context.now - target.registeredAt < settled) {
    return {
      State: 'initial',
      Reason: 'Elb.InitialHealthChecking',
      Description: 'Initial health checks in progress',
    };
  }
  return { State: 'healthy' };
}

export function describeTargetHealth(
  input: DescribeTargetHealthInput,
  context: RequestContext,
): DescribeTargetHealthOutput {
  const { data } = find(input.TargetGroupArn, context);
  const wanted = input.Targets?.map((t) => t.Id);
  const targets = [...data.targets.values()].filter((t) => wanted?.includes(t.id) ?? true);
  return {
    TargetHealthDescriptions: targets.map((target) => ({
      Target: { Id: target.id, Port: target.port },
      HealthCheckPort: String(target.port),
      TargetHealth: healthOf(target, data, context),
    })),
  };
}

function checkArns(arns: readonly string[] | undefined, context: RequestContext): readonly string[] {
  const store = context.store(elbStore);
  if (!arns || arns.length === 0 || arns.length > 20)
    throw new AwsError('ValidationError', 'Between 1 and 20 resource ARNs are needed', 400);
  for (const arn of arns) {
    if (store.loadBalancers.get(arn) || store.targetGroups.get(arn) || store.listeners.get(arn)) continue;
    const code = arn.includes(':targetgroup/')
      ? 'TargetGroupNotFoundException'
      : 'LoadBalancerNotFoundException';
    throw new AwsError(code, `'${arn}' not found`);
  }
  return arns;
}

/** Tags of up to 20 resources. */
export function describeTags(input: DescribeTagsInput, context: RequestContext): DescribeTagsOutput {
  const store = context.store(elbStore);
  return {
    TagDescriptions: checkArns(input.ResourceArns, context).map((arn) => ({
      ResourceArn: arn,
      Tags: [...(store.tags.get(arn) ?? [])].map(([Key, Value]) => ({ Key, Value })),
    })),
  };
}

export function addTags(input: AddTagsInput, context: RequestContext): Record<string, never> {
  for (const arn of checkArns(input.ResourceArns, context)) context.store(elbStore).setTags(arn, input.Tags);
  return {};
}

export function removeTags(input: RemoveTagsInput, context: RequestContext): Record<string, never> {
  for (const arn of checkArns(input.ResourceArns, context)) {
    for (const key of input.TagKeys ?? []) context.store(elbStore).tags.get(arn)?.delete(key);
  }
  return {};
}
