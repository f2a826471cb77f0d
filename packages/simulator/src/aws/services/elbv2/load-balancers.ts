import type {
  CreateListenerInput,
  CreateListenerOutput,
  CreateLoadBalancerInput,
  CreateLoadBalancerOutput,
  DeleteListenerInput,
  DeleteLoadBalancerInput,
  DescribeListenersInput,
  DescribeListenersOutput,
  DescribeLoadBalancersInput,
  DescribeLoadBalancersOutput,
  LoadBalancer,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Entity } from '../../collection.ts';
import type { RequestContext } from '../../context.ts';
import { paginate } from '../../paging.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { ec2Store } from '../ec2/store.ts';
import { checkTargets, targetsOf } from './rules.ts';
import { addListener, addLoadBalancer, elbStore } from './store.ts';

const PROVISION_SECONDS = 60;
const MAX_PAGE = 400;

interface MarkerInput {
  readonly Marker?: string | undefined;
  readonly PageSize?: number | undefined;
}

/** One page in ELB's way: Marker and PageSize, 1 to 400. */
export function markerPage<T>(
  items: readonly T[],
  input: MarkerInput,
  keyOf: (item: T) => string,
  context: RequestContext,
): { items: T[]; NextMarker: string | undefined } {
  const { Marker: token, PageSize: limit, ...parameters } = input;
  if (limit !== undefined && (!Number.isInteger(limit) || limit < 1 || limit > MAX_PAGE)) {
    throw new AwsError('ValidationError', `Page size '${limit}' must be between 1 and ${MAX_PAGE}`, 400);
  }
  const invalidToken = (): AwsError => new AwsError('ValidationError', 'Invalid marker', 400);
  const page = paginate(
    items,
    { token, limit, defaultLimit: MAX_PAGE, parameters, keyOf, invalidToken },
    context,
  );
  return { items: [...page.items], NextMarker: page.nextToken };
}

export function findLoadBalancer(arn: string | undefined, context: RequestContext): Entity<LoadBalancer> {
  const entity = context.store(elbStore).loadBalancers.get(arn ?? '');
  if (!entity) throw new AwsError('LoadBalancerNotFoundException', `Load balancer '${arn ?? ''}' not found`);
  return entity;
}

export function describeLoadBalancers(
  input: DescribeLoadBalancersInput,
  context: RequestContext,
): DescribeLoadBalancersOutput {
  const store = context.store(elbStore);
  const arns = input.LoadBalancerArns ?? [];
  const names = input.Names ?? [];
  const all = store.loadBalancers.list().map((e) => e.data);
  for (const arn of arns) findLoadBalancer(arn, context);
  const absent = names.find((name) => !all.some((b) => b.LoadBalancerName === name));
  if (absent !== undefined)
    throw new AwsError('LoadBalancerNotFoundException', `Load balancers '[${absent}]' not found`);
  const chosen = all.filter(
    (b) =>
      (arns.length === 0 || arns.includes(b.LoadBalancerArn ?? '')) &&
      (names.length === 0 || names.includes(b.LoadBalancerName ?? '')),
  );
  const { items, NextMarker } = markerPage(chosen, input, (b) => b.LoadBalancerArn ?? '', context);
  return { LoadBalancers: items, NextMarker };
}

/** Creates a load balancer: `provisioning`, then `active`. */
export function createLoadBalancer(
  input: CreateLoadBalancerInput,
  context: RequestContext,
): CreateLoadBalancerOutput {
  const store = context.store(elbStore);
  const ec2 = context.store(ec2Store);
  const name = input.Name ?? '';
  if (!/^(?!internal-)(?!-)[A-Za-z0-9-]{1,32}(?<!-)$/.test(name))
    throw new AwsError('ValidationError', `The load balancer name '${name}' is invalid`, 400);
  if (store.loadBalancers.list().some((e) => e.data.LoadBalancerName === name)) {
    throw new AwsError(
      'DuplicateLoadBalancerNameException',
      `A load balancer with the same name '${name}' exists, but with different settings`,
    );
  }
  const ids = input.Subnets ?? (input.SubnetMappings ?? []).flatMap((m) => m.SubnetId ?? []);
  const subnets = ids.map((id) => {
    const subnet = ec2.subnets.get(id)?.data;
    if (!subnet) throw new AwsError('SubnetNotFoundException', `The subnet ID '${id}' does not exist`);
    return subnet;
  });
  const type = input.Type === 'network' || input.Type === 'gateway' ? input.Type : 'application';
  const zones = new Set(subnets.map((s) => s.AvailabilityZone));
  if (zones.size < (type === 'application' ? 2 : 1)) {
    throw new AwsError(
      'ValidationError',
      'At least two subnets in two different Availability Zones must be specified',
      400,
    );
  }
  const entity = addLoadBalancer(store, {
    name,
    type,
    scheme: input.Scheme === 'internal' ? 'internal' : 'internet-facing',
    vpcId: subnets[0]?.VpcId ?? '',
    subnets: subnets.map((s) => ({ id: s.SubnetId ?? '', zone: s.AvailabilityZone ?? '' })),
    groupIds: input.SecurityGroups ?? [],
    tags: input.Tags,
  });
  entity.data.State = { Code: 'provisioning' };
  const answer = { ...entity.data };
  store.loadBalancers.schedule(entity, store.world.after(PROVISION_SECONDS), () => {
    entity.data.State = { Code: 'active' };
  });
  return { LoadBalancers: [answer] };
}

/** Deletes a load balancer with its listeners; deleting one that is gone succeeds, as on AWS. */
export function deleteLoadBalancer(
  input: DeleteLoadBalancerInput,
  context: RequestContext,
): Record<string, never> {
  const store = context.store(elbStore);
  const arn = input.LoadBalancerArn ?? '';
  if (store.settings.get(arn)?.get('deletion_protection.enabled') === 'true')
    throw new AwsError(
      'OperationNotPermittedException',
      `Load balancer '${arn}' cannot be deleted because deletion protection is enabled`,
    );
  if (!store.loadBalancers.delete(arn)) return {};
  for (const { id, data } of store.listeners.list())
    if (data.LoadBalancerArn === arn) {
      store.listeners.delete(id);
      store.rules.delete(id);
    }
  store.settings.delete(arn);
  for (const { data } of store.targetGroups.list()) {
    data.group.LoadBalancerArns = data.group.LoadBalancerArns?.filter((a) => a !== arn);
  }
  store.tags.delete(arn);
  return {};
}

export function describeListeners(
  input: DescribeListenersInput,
  context: RequestContext,
): DescribeListenersOutput {
  const store = context.store(elbStore);
  const arns = input.ListenerArns ?? [];
  if (!input.LoadBalancerArn && arns.length === 0)
    throw new AwsError(
      'ValidationError',
      'You must specify either listener ARNs or a load balancer ARN',
      400,
    );
  if (input.LoadBalancerArn) findLoadBalancer(input.LoadBalancerArn, context);
  const absent = arns.find((arn) => !store.listeners.get(arn));
  if (absent !== undefined) throw new AwsError('ListenerNotFoundException', `Listener '${absent}' not found`);
  const chosen = store.listeners
    .list()
    .map((e) => e.data)
    .filter((l) =>
      input.LoadBalancerArn
        ? l.LoadBalancerArn === input.LoadBalancerArn
        : arns.includes(l.ListenerArn ?? ''),
    );
  const { items, NextMarker } = markerPage(chosen, input, (l) => l.ListenerArn ?? '', context);
  return { Listeners: items, NextMarker };
}

export function createListener(input: CreateListenerInput, context: RequestContext): CreateListenerOutput {
  const store = context.store(elbStore);
  const { id, data } = findLoadBalancer(input.LoadBalancerArn, context);
  const port = input.Port ?? 0;
  if (store.listeners.list().some((e) => e.data.LoadBalancerArn === id && e.data.Port === port)) {
    throw new AwsError(
      'DuplicateListenerException',
      `A listener already exists on port ${port} for load balancer '${data.LoadBalancerName}'`,
    );
  }
  const actions = input.DefaultActions ?? [];
  if (actions.length === 0) throw new AwsError('ValidationError', 'A listener needs a default action', 400);
  checkTargets(store, actions);
  const protocol = input.Protocol === 'HTTPS' || input.Protocol === 'TCP' ? input.Protocol : 'HTTP';
  const certificates = input.Certificates;
  if (protocol === 'HTTPS' && (certificates ?? []).length === 0)
    throw new AwsError('ValidationError', 'A certificate must be specified for HTTPS listeners', 400);
  const target = targetsOf(actions)[0] ?? '';
  const more = { certificates, sslPolicy: input.SslPolicy, actions };
  return { Listeners: [addListener(store, id, target, protocol, port, more).data] };
}

export function deleteListener(input: DeleteListenerInput, context: RequestContext): Record<string, never> {
  const store = context.store(elbStore);
  if (!store.listeners.delete(input.ListenerArn ?? ''))
    throw new AwsError('ListenerNotFoundException', `Listener '${input.ListenerArn ?? ''}' not found`);
  store.rules.delete(input.ListenerArn ?? '');
  return {};
}
