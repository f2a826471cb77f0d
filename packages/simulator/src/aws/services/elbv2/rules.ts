import type {
  Action,
  AddListenerCertificatesInput,
  AddListenerCertificatesOutput,
  CreateRuleInput,
  CreateRuleOutput,
  DeleteRuleInput,
  DescribeListenerCertificatesInput,
  DescribeListenerCertificatesOutput,
  DescribeLoadBalancerAttributesInput,
  DescribeLoadBalancerAttributesOutput,
  DescribeRulesInput,
  DescribeRulesOutput,
  Listener,
  LoadBalancer,
  ModifyLoadBalancerAttributesInput,
  ModifyLoadBalancerAttributesOutput,
  Rule,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { RequestContext } from '../../context.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { elbStore, type ElbStore } from './store.ts';

/** Target groups that actions forward to. */
export function targetsOf(actions: readonly Action[]): string[] {
  return actions.flatMap((a) =>
    a.TargetGroupArn
      ? [a.TargetGroupArn]
      : (a.ForwardConfig?.TargetGroups ?? []).flatMap((t) => t.TargetGroupArn ?? []),
  );
}

/** Refuses actions that forward to what does not exist. */
export function checkTargets(store: ElbStore, actions: readonly Action[]): void {
  const absent = targetsOf(actions).find((arn) => !store.targetGroups.get(arn));
  if (absent !== undefined || actions.some((a) => a.Type === 'forward' && targetsOf([a]).length === 0))
    throw new AwsError('TargetGroupNotFoundException', `Target group '${absent ?? ''}' not found`);
}

function needListener(context: RequestContext, arn: string | undefined): Listener {
  const found = context.store(elbStore).listeners.get(arn ?? '')?.data;
  if (!found) throw new AwsError('ListenerNotFoundException', `Listener '${arn ?? ''}' not found`);
  return found;
}

function rulesOf(store: ElbStore, listener: Listener): Rule[] {
  const arn = listener.ListenerArn ?? '';
  const base: Rule = {
    RuleArn: `${arn.replace(':listener/', ':listener-rule/')}/default`,
    Priority: 'default',
    Conditions: [],
    Actions: listener.DefaultActions,
    IsDefault: true,
  };
  return [...(store.rules.get(arn) ?? []), base];
}

/** Rules of a listener in the order of their priorities, the default one last. */
export function describeRules(input: DescribeRulesInput, context: RequestContext): DescribeRulesOutput {
  const store = context.store(elbStore);
  if (input.ListenerArn) return { Rules: rulesOf(store, needListener(context, input.ListenerArn)) };
  const wanted = input.RuleArns ?? [];
  const all = store.listeners.list().flatMap((e) => rulesOf(store, e.data));
  return { Rules: all.filter((r) => wanted.includes(r.RuleArn ?? '')) };
}

export function createRule(input: CreateRuleInput, context: RequestContext): CreateRuleOutput {
  const store = context.store(elbStore);
  const arn = needListener(context, input.ListenerArn).ListenerArn ?? '';
  const present = store.rules.get(arn) ?? [];
  const Priority = String(input.Priority ?? '');
  if (present.some((r) => r.Priority === Priority))
    throw new AwsError('PriorityInUseException', `Priority '${Priority}' is currently in use`);
  checkTargets(store, input.Actions ?? []);
  const rule: Rule = {
    RuleArn: `${arn.replace(':listener/', ':listener-rule/')}/${store.random.hex(16)}`,
    Priority,
    Conditions: input.Conditions,
    Actions: (input.Actions ?? []).map((a, i) => ({ ...a, Order: a.Order ?? i + 1 })),
    IsDefault: false,
  };
  store.rules.set(
    arn,
    [...present, rule].sort((a, b) => Number(a.Priority) - Number(b.Priority)),
  );
  return { Rules: [rule] };
}

export function deleteRule(input: DeleteRuleInput, context: RequestContext): Record<string, never> {
  const { rules } = context.store(elbStore);
  for (const [arn, list] of rules) {
    const rest = list.filter((r) => r.RuleArn !== input.RuleArn);
    if (rest.length === list.length) continue;
    rules.set(arn, rest);
    return {};
  }
  throw new AwsError('RuleNotFoundException', `Rule '${input.RuleArn ?? ''}' not found`);
}

export function describeListenerCertificates(
  input: DescribeListenerCertificatesInput,
  context: RequestContext,
): DescribeListenerCertificatesOutput {
  const certificates = needListener(context, input.ListenerArn).Certificates ?? [];
  return { Certificates: certificates.map((c, i) => ({ ...c, IsDefault: i === 0 })) };
}

export function addListenerCertificates(
  input: AddListenerCertificatesInput,
  context: RequestContext,
): AddListenerCertificatesOutput {
  const listener = needListener(context, input.ListenerArn);
  const added = (input.Certificates ?? []).map((c) => ({ CertificateArn: c.CertificateArn }));
  listener.Certificates = [...(listener.Certificates ?? []), ...added];
  return { Certificates: added };
}

const DEFAULTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  application: {
    'deletion_protection.enabled': 'false',
    'access_logs.s3.enabled': 'false',
    'idle_timeout.timeout_seconds': '60',
    'routing.http2.enabled': 'true',
  },
  network: {
    'deletion_protection.enabled': 'false',
    'load_balancing.cross_zone.enabled': 'false',
    'access_logs.s3.enabled': 'false',
  },
  gateway: { 'deletion_protection.enabled': 'false', 'load_balancing.cross_zone.enabled': 'false' },
};

function needBalancer(context: RequestContext, arn: string | undefined): LoadBalancer {
  const found = context.store(elbStore).loadBalancers.get(arn ?? '')?.data;
  if (!found) throw new AwsError('LoadBalancerNotFoundException', `Load balancer '${arn ?? ''}' not found`);
  return found;
}

export function describeLoadBalancerAttributes(
  input: DescribeLoadBalancerAttributesInput,
  context: RequestContext,
): DescribeLoadBalancerAttributesOutput {
  const balancer = needBalancer(context, input.LoadBalancerArn);
  const set = context.store(elbStore).settings.get(balancer.LoadBalancerArn ?? '');
  const all = { ...DEFAULTS[balancer.Type ?? 'application'], ...Object.fromEntries(set ?? []) };
  return { Attributes: Object.entries(all).map(([Key, Value]) => ({ Key, Value })) };
}

export function modifyLoadBalancerAttributes(
  input: ModifyLoadBalancerAttributesInput,
  context: RequestContext,
): ModifyLoadBalancerAttributesOutput {
  const balancer = needBalancer(context, input.LoadBalancerArn);
  const known = DEFAULTS[balancer.Type ?? 'application'] ?? {};
  const { settings } = context.store(elbStore);
  const set = settings.get(balancer.LoadBalancerArn ?? '') ?? new Map<string, string>();
  for (const { Key: key = '', Value: value = '' } of input.Attributes ?? []) {
    if (!Object.hasOwn(known, key))
      throw new AwsError('InvalidConfigurationRequestException', `Key '${key}' is not valid`);
    set.set(key, value);
  }
  settings.set(balancer.LoadBalancerArn ?? '', set);
  return describeLoadBalancerAttributes(input, context);
}
