import type {
  Action,
  Listener,
  LoadBalancer,
  LoadBalancerAttribute,
  Rule,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { CloudError } from '../../errors.ts';
import type { Json, ResourceRef } from '../../resource.ts';
import { ELB } from '../clients.ts';
import { toAttributes } from '../../shared/normalise.ts';
import type { Scope } from '../scope.ts';
import { TOKEN_TAG } from '../token.ts';
import { result, type Operation } from './model.ts';
import { captured, restoration, restored, restoredTags, undoOfDelete } from './restore.ts';

const TYPE = 'aws.elb.load-balancer';

/** A listener with its rules, other than the default one, which is in `DefaultActions`. */
interface FormerListener extends Listener {
  readonly Rules?: readonly Rule[];
}

interface FormerBalancer extends LoadBalancer {
  readonly Listeners?: readonly FormerListener[];
  readonly LoadBalancerAttributes?: readonly LoadBalancerAttribute[];
}

async function listenersOf(scope: Scope, LoadBalancerArn: string): Promise<Listener[]> {
  const elb = await scope.session.open(ELB, scope.region);
  const found: Listener[] = [];
  const pages = elb.pages('DescribeListeners', async (Marker) => {
    const answer = await elb.send(new elb.sdk.DescribeListenersCommand({ LoadBalancerArn, Marker }), scope);
    return { items: answer.Listeners ?? [], next: answer.NextMarker };
  });
  for await (const items of pages) found.push(...items);
  return found;
}

/** Listeners, rules, certificates and settings of a load balancer; its target groups live on without it. */
async function configurationOf(scope: Scope, arn: string): Promise<{ [key: string]: Json }> {
  const elb = await scope.session.open(ELB, scope.region);
  const listeners = await Promise.all(
    (await listenersOf(scope, arn)).map(async (listener) => {
      const input = { ListenerArn: listener.ListenerArn };
      const rules = await elb.send(new elb.sdk.DescribeRulesCommand(input), scope);
      const certificates =
        (listener.Certificates ?? []).length > 0
          ? await elb.send(new elb.sdk.DescribeListenerCertificatesCommand(input), scope)
          : undefined;
      return {
        ...listener,
        Rules: (rules.Rules ?? []).filter((r) => r.IsDefault !== true),
        ...(certificates ? { Certificates: certificates.Certificates } : {}),
      };
    }),
  );
  const settings = await elb.send(
    new elb.sdk.DescribeLoadBalancerAttributesCommand({ LoadBalancerArn: arn }),
    scope,
  );
  return toAttributes({ Listeners: listeners, LoadBalancerAttributes: settings.Attributes });
}

const remove: Operation = {
  descriptor: {
    id: 'delete',
    type: TYPE,
    label: 'Delete load balancer',
    parameters: [],
    confirm: 'typed',
    dryRun: false,
    until: ['deleted'],
    undo: 'restore',
    actions: [
      'elasticloadbalancing:DeleteLoadBalancer',
      'elasticloadbalancing:DescribeListeners',
      'elasticloadbalancing:DescribeRules',
      'elasticloadbalancing:DescribeListenerCertificates',
      'elasticloadbalancing:DescribeLoadBalancerAttributes',
    ],
  },
  async run({ scope, resource, before }) {
    const configuration = await configurationOf(scope, resource.nativeId);
    const elb = await scope.session.open(ELB, scope.region);
    const answer = await elb.send(
      new elb.sdk.DeleteLoadBalancerCommand({ LoadBalancerArn: resource.nativeId }),
      scope,
    );
    return result('done', answer, {
      ...undoOfDelete(before, { configuration }),
      note: 'Its target groups stay. Brought back, it has another DNS name and other addresses.',
    });
  },
  evidence: (seen) => (seen ? 'no' : 'yes'),
};

function refOf(scope: Scope, arn: string): ResourceRef {
  return { type: TYPE, id: arn, nativeId: arn, region: scope.region };
}

/** The load balancer of the former one's name, when this order made it. */
async function madeBy(scope: Scope, name: string, clientToken: string): Promise<string | undefined> {
  const elb = await scope.session.open(ELB, scope.region);
  try {
    const found = await elb.send(new elb.sdk.DescribeLoadBalancersCommand({ Names: [name] }), scope);
    const arn = found.LoadBalancers?.[0]?.LoadBalancerArn;
    if (!arn) return undefined;
    const tags = await elb.send(new elb.sdk.DescribeTagsCommand({ ResourceArns: [arn] }), scope);
    const ours = tags.TagDescriptions?.[0]?.Tags?.some((t) => t.Key === TOKEN_TAG && t.Value === clientToken);
    return ours ? arn : undefined;
  } catch (error) {
    if (error instanceof CloudError && error.kind === 'not_found') return undefined;
    throw error;
  }
}

/** Actions as they are given: AWS answers a forward twice, as ARN and as list, and takes one of them. */
function given(actions: readonly Action[] | undefined): Action[] {
  return (actions ?? []).map(({ TargetGroupArn: arn, ForwardConfig: forward, ...action }) => ({
    ...action,
    ...((forward?.TargetGroups ?? []).length > 1
      ? { ForwardConfig: forward }
      : arn
        ? { TargetGroupArn: arn }
        : forward
          ? { ForwardConfig: forward }
          : {}),
  }));
}

async function makeListener(scope: Scope, LoadBalancerArn: string, former: FormerListener): Promise<void> {
  const elb = await scope.session.open(ELB, scope.region);
  const certificates = former.Certificates ?? [];
  const first = certificates.find((c) => c.IsDefault) ?? certificates[0];
  const answer = await elb.send(
    new elb.sdk.CreateListenerCommand({
      LoadBalancerArn,
      Protocol: former.Protocol,
      Port: former.Port,
      SslPolicy: former.SslPolicy,
      ...(first ? { Certificates: [{ CertificateArn: first.CertificateArn }] } : {}),
      AlpnPolicy: former.AlpnPolicy,
      DefaultActions: given(former.DefaultActions),
    }),
    { ...scope, retry: 'refused-only' },
  );
  const ListenerArn = answer.Listeners?.[0]?.ListenerArn;
  const others = certificates.filter((c) => c !== first);
  if (others.length > 0)
    await elb.send(
      new elb.sdk.AddListenerCertificatesCommand({
        ListenerArn,
        Certificates: others.map((c) => ({ CertificateArn: c.CertificateArn })),
      }),
      scope,
    );
  for (const rule of former.Rules ?? [])
    await elb.send(
      new elb.sdk.CreateRuleCommand({
        ListenerArn,
        Priority: Number(rule.Priority),
        Conditions: (rule.Conditions ?? []).map(({ Values: values, ...condition }) =>
          // Values come again inside the typed member.
          Object.keys(condition).length > 1 ? condition : { ...condition, Values: values },
        ),
        Actions: given(rule.Actions),
      }),
      { ...scope, retry: 'refused-only' },
    );
}

/** Listeners that the new load balancer does not have yet; a half-made one is made anew. */
async function openListeners(
  scope: Scope,
  arn: string,
  former: readonly FormerListener[],
): Promise<FormerListener[]> {
  const elb = await scope.session.open(ELB, scope.region);
  const there = await listenersOf(scope, arn);
  const open: FormerListener[] = [];
  for (const listener of former) {
    const present = there.find((l) => l.Port === listener.Port && l.Protocol === listener.Protocol);
    if (!present) {
      open.push(listener);
      continue;
    }
    const rules = await elb.send(
      new elb.sdk.DescribeRulesCommand({ ListenerArn: present.ListenerArn }),
      scope,
    );
    const count = (rules.Rules ?? []).filter((r) => r.IsDefault !== true).length;
    if (count < (listener.Rules ?? []).length) open.push(listener);
  }
  return open;
}

const restore = restoration({
  type: TYPE,
  label: 'Bring load balancer back',
  until: ['running'],
  actions: [
    'elasticloadbalancing:CreateLoadBalancer',
    'elasticloadbalancing:AddTags',
    'elasticloadbalancing:ModifyLoadBalancerAttributes',
    'elasticloadbalancing:CreateListener',
    'elasticloadbalancing:DeleteListener',
    'elasticloadbalancing:AddListenerCertificates',
    'elasticloadbalancing:CreateRule',
  ],
  async made({ scope, parameters, clientToken }) {
    const former = captured<FormerBalancer>(parameters);
    const arn = await madeBy(scope, former.LoadBalancerName ?? '', clientToken);
    if (!arn) return [];
    const open = await openListeners(scope, arn, former.Listeners ?? []);
    return open.length === 0 ? [refOf(scope, arn)] : [];
  },
  async run(context) {
    const { scope, parameters, clientToken } = context;
    const former = captured<FormerBalancer>(parameters);
    const elb = await scope.session.open(ELB, scope.region);
    const earlier = await madeBy(scope, former.LoadBalancerName ?? '', clientToken);
    const arn = earlier ?? (await makeBalancer(scope, former, restoredTags(context)));
    const settings = (former.LoadBalancerAttributes ?? []).map(({ Key, Value }) => ({ Key, Value }));
    if (settings.length > 0)
      await elb.send(
        new elb.sdk.ModifyLoadBalancerAttributesCommand({ LoadBalancerArn: arn, Attributes: settings }),
        scope,
      );
    const there = await listenersOf(scope, arn);
    for (const listener of await openListeners(scope, arn, former.Listeners ?? [])) {
      const half = there.find((l) => l.Port === listener.Port && l.Protocol === listener.Protocol);
      if (half) await elb.send(new elb.sdk.DeleteListenerCommand({ ListenerArn: half.ListenerArn }), scope);
      await makeListener(scope, arn, listener);
    }
    return restored(
      undefined,
      refOf(scope, arn),
      'It has another DNS name: records that name it must follow.',
    );
  },
});

async function makeBalancer(
  scope: Scope,
  former: Partial<FormerBalancer>,
  tags: { Key: string; Value: string }[],
): Promise<string> {
  const elb = await scope.session.open(ELB, scope.region);
  const zones = former.AvailabilityZones ?? [];
  const fixed = zones.some((z) => z.LoadBalancerAddresses?.some((a) => a.AllocationId));
  const groups = former.SecurityGroups ?? [];
  const answer = await elb.send(
    new elb.sdk.CreateLoadBalancerCommand({
      Name: former.LoadBalancerName,
      Type: former.Type,
      Scheme: former.Type === 'gateway' ? undefined : former.Scheme,
      IpAddressType: former.IpAddressType,
      ...(groups.length > 0 ? { SecurityGroups: groups } : {}),
      ...(fixed
        ? {
            SubnetMappings: zones.map((z) => ({
              SubnetId: z.SubnetId,
              AllocationId: z.LoadBalancerAddresses?.[0]?.AllocationId,
            })),
          }
        : { Subnets: zones.flatMap((z) => z.SubnetId ?? []) }),
      Tags: tags,
    }),
    { ...scope, retry: 'refused-only' },
  );
  return answer.LoadBalancers?.[0]?.LoadBalancerArn ?? '';
}

export const loadBalancerOperations: readonly Operation[] = [remove, restore];
