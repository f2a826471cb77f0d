import type { HealthCheck } from '@aws-sdk/client-route-53';
import type { Field } from '../../fields.ts';
import type { ResourceRef } from '../../resource.ts';
import { CLOUDTRAIL, KMS, ROUTE53, SECRETS } from '../clients.ts';
import { partToken } from '../../shared/token.ts';
import { result, type Operation, type OperationContext } from './model.ts';
import { number, text } from '../../shared/parameters.ts';
import { startAndStop } from './pairs.ts';
import { captured, restoration, restored, restoredTags, undoOfDelete } from './restore.ts';

const WINDOW: Field = {
  name: 'windowDays',
  label: 'Can be had back for',
  kind: 'number',
  required: false,
  default: 7,
  integer: true,
  min: 7,
  max: 30,
  unit: 'days',
};

/** A deletion with a window in which it is taken back on the same resource. */
function windowed(
  type: string,
  label: string,
  actions: readonly [remove: string, ...restore: string[]],
  remove: (
    context: OperationContext,
    days: number,
  ) => Promise<{ $metadata: { requestId?: string | undefined } }>,
  restore: (context: OperationContext) => Promise<{ $metadata: { requestId?: string | undefined } }>,
  formerly: (context: OperationContext) => string,
  isBack: (state: string | undefined, parameters: OperationContext['parameters']) => boolean,
): Operation[] {
  const [removal, ...restoring] = actions;
  return [
    {
      descriptor: {
        id: 'delete',
        type,
        label: `Delete ${label}`,
        parameters: [WINDOW],
        confirm: 'typed',
        dryRun: false,
        until: ['deleted'],
        undo: 'restore',
        actions: [removal],
      },
      async run(context) {
        const answer = await remove(context, number(context.parameters, 'windowDays') ?? 7);
        return result('done', answer, {
          undo: { operation: 'restore', parameters: { former: formerly(context) } },
          note: 'It does not work from now on; it is gone for good after the window.',
        });
      },
      evidence: (seen) => (!seen || seen.state === 'deleted' ? 'yes' : 'no'),
    },
    {
      descriptor: {
        id: 'restore',
        type,
        label: `Take deletion of ${label} back`,
        states: ['deleted'],
        parameters: [
          { name: 'former', label: 'Former state', kind: 'text', required: false, default: 'active' },
        ],
        confirm: 'simple',
        dryRun: false,
        captured: true,
        until: ['active', 'stopped'],
        undo: 'delete',
        actions: restoring,
      },
      async run(context) {
        return result('done', await restore(context), { undo: { operation: 'delete', parameters: {} } });
      },
      evidence: (seen, { parameters }) => (isBack(seen?.state, parameters) ? 'yes' : 'no'),
    },
  ];
}

const secret = windowed(
  'aws.secretsmanager.secret',
  'secret',
  ['secretsmanager:DeleteSecret', 'secretsmanager:RestoreSecret'],
  async ({ scope, resource }, RecoveryWindowInDays) => {
    const handle = await scope.session.open(SECRETS, scope.region);
    const input = { SecretId: resource.nativeId, RecoveryWindowInDays };
    return handle.send(new handle.sdk.DeleteSecretCommand(input), scope);
  },
  async ({ scope, resource }) => {
    const handle = await scope.session.open(SECRETS, scope.region);
    return handle.send(new handle.sdk.RestoreSecretCommand({ SecretId: resource.nativeId }), scope);
  },
  () => 'active',
  (state) => state === 'active',
);

const key = windowed(
  'aws.kms.key',
  'key',
  ['kms:ScheduleKeyDeletion', 'kms:CancelKeyDeletion', 'kms:EnableKey'],
  async ({ scope, resource }, PendingWindowInDays) => {
    const kms = await scope.session.open(KMS, scope.region);
    const input = { KeyId: resource.id, PendingWindowInDays };
    return kms.send(new kms.sdk.ScheduleKeyDeletionCommand(input), { ...scope, retry: 'refused-only' });
  },
  async ({ scope, resource, before, parameters }) => {
    const kms = await scope.session.open(KMS, scope.region);
    const KeyId = resource.id;
    // Cancelled, a key is disabled (KMS API reference, CancelKeyDeletion).
    const cancelled =
      before?.state === 'deleted'
        ? await kms.send(new kms.sdk.CancelKeyDeletionCommand({ KeyId }), { ...scope, retry: 'refused-only' })
        : undefined;
    return text(parameters, 'former') === 'stopped' && cancelled
      ? cancelled
      : kms.send(new kms.sdk.EnableKeyCommand({ KeyId }), scope);
  },
  ({ before }) => (before?.state === 'stopped' ? 'stopped' : 'active'),
  (state, parameters) => state === text(parameters, 'former'),
);

/** Keys are switched on and off at once, so the answer is the proof. */
const keySwitch: readonly Operation[] = (['enable', 'disable'] as const).map((verb): Operation => {
  const undo = verb === 'enable' ? 'disable' : 'enable';
  const wanted = verb === 'enable' ? 'active' : 'stopped';
  return {
    descriptor: {
      id: verb,
      type: 'aws.kms.key',
      label: verb === 'enable' ? 'Enable key' : 'Disable key',
      states: [verb === 'enable' ? 'stopped' : 'active'],
      parameters: [],
      confirm: 'simple',
      dryRun: false,
      until: [wanted],
      undo,
      actions: [verb === 'enable' ? 'kms:EnableKey' : 'kms:DisableKey'],
    },
    async run({ scope, resource }) {
      const kms = await scope.session.open(KMS, scope.region);
      const input = { KeyId: resource.id };
      const answer: { $metadata: { requestId?: string | undefined } } =
        verb === 'enable'
          ? await kms.send(new kms.sdk.EnableKeyCommand(input), scope)
          : await kms.send(new kms.sdk.DisableKeyCommand(input), scope);
      return result('done', answer, { undo: { operation: undo, parameters: {} } });
    },
    evidence: (seen) => (seen?.state === wanted ? 'yes' : 'no'),
  };
});

const logging = startAndStop(
  'aws.cloudtrail.trail',
  ['Start logging', 'Stop logging'],
  ['cloudtrail:StartLogging', 'cloudtrail:StopLogging'],
  async ({ scope, resource }, verb) => {
    const handle = await scope.session.open(CLOUDTRAIL, scope.region);
    const input = { Name: resource.nativeId };
    return verb === 'start'
      ? handle.send(new handle.sdk.StartLoggingCommand(input), scope)
      : handle.send(new handle.sdk.StopLoggingCommand(input), scope);
  },
  'What happens while it is off is not written down.',
);

const CHECK = 'aws.route53.health-check';

function checkRef(id: string): ResourceRef {
  return { type: CHECK, id, nativeId: `arn:aws:route53:::healthcheck/${id}`, region: 'global' };
}

const deleteCheck: Operation = {
  descriptor: {
    id: 'delete',
    type: CHECK,
    label: 'Delete health check',
    states: ['available'],
    parameters: [],
    confirm: 'typed',
    dryRun: false,
    until: ['deleted'],
    undo: 'restore',
    actions: ['route53:DeleteHealthCheck'],
  },
  async run({ scope, resource, before }) {
    const route53 = await scope.session.open(ROUTE53);
    const answer = await route53.send(
      new route53.sdk.DeleteHealthCheckCommand({ HealthCheckId: resource.id }),
      scope,
    );
    return result('done', answer, undoOfDelete(before));
  },
  evidence: (seen) => (seen ? 'no' : 'yes'),
};

const restoreCheck = restoration({
  type: CHECK,
  label: 'Bring health check back',
  until: ['available', 'in_use'],
  actions: ['route53:CreateHealthCheck', 'route53:ChangeTagsForResource'],
  async made({ scope, clientToken }) {
    const route53 = await scope.session.open(ROUTE53);
    const reference = partToken(clientToken, 'check');
    const found = route53.pages('ListHealthChecks', async (Marker) => {
      const answer = await route53.send(new route53.sdk.ListHealthChecksCommand({ Marker }), scope);
      return { items: answer.HealthChecks ?? [], next: answer.IsTruncated ? answer.NextMarker : undefined };
    });
    for await (const items of found) {
      const ours = items.find((c) => c.CallerReference === reference);
      if (ours?.Id) return [checkRef(ours.Id)];
    }
    return [];
  },
  async run(context) {
    const { scope, parameters, clientToken } = context;
    const route53 = await scope.session.open(ROUTE53);
    const former = captured<HealthCheck>(parameters);
    const answer = await route53.send(
      new route53.sdk.CreateHealthCheckCommand({
        CallerReference: partToken(clientToken, 'check'),
        HealthCheckConfig: former.HealthCheckConfig,
      }),
      scope,
    );
    const id = answer.HealthCheck?.Id ?? '';
    await route53.send(
      new route53.sdk.ChangeTagsForResourceCommand({
        ResourceType: 'healthcheck',
        ResourceId: id,
        AddTags: restoredTags(context),
      }),
      scope,
    );
    return restored(answer, checkRef(id));
  },
});

/** Secrets, keys, trails and health checks. */
export const securityOperations: readonly Operation[] = [
  ...secret,
  ...key,
  ...keySwitch,
  ...logging,
  deleteCheck,
  restoreCheck,
];
