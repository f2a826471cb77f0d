import { DYNAMODB, LAMBDA, S3 } from '../clients.ts';
import type { BucketLifecycleConfiguration, LifecycleRule } from '@aws-sdk/client-s3';
import type { FieldValues } from '../../fields.ts';
import type { Json, Resource } from '../../resource.ts';
import { bucketRegion } from '../services/s3.ts';
import { result, type Operation } from './model.ts';
import { number, text } from '../../shared/parameters.ts';

const FUNCTION = 'aws.lambda.function';

const configure: Operation = {
  descriptor: {
    id: 'configure',
    type: FUNCTION,
    label: 'Set memory and timeout',
    parameters: [
      {
        name: 'memoryMb',
        label: 'Memory',
        kind: 'number',
        required: false,
        integer: true,
        min: 128,
        max: 10_240,
        unit: 'MB',
      },
      {
        name: 'timeoutSeconds',
        label: 'Timeout',
        kind: 'number',
        required: false,
        integer: true,
        min: 1,
        max: 900,
        unit: 's',
      },
    ],
    confirm: 'simple',
    dryRun: false,
    undo: 'configure',
    actions: ['lambda:UpdateFunctionConfiguration'],
  },
  async run({ scope, resource, before, parameters }) {
    const lambda = await scope.session.open(LAMBDA, scope.region);
    const answer = await lambda.send(
      new lambda.sdk.UpdateFunctionConfigurationCommand({
        FunctionName: resource.id,
        MemorySize: number(parameters, 'memoryMb'),
        Timeout: number(parameters, 'timeoutSeconds'),
      }),
      scope,
    );
    return result('accepted', answer, {
      undo: { operation: 'configure', parameters: formerSettings(before, parameters) },
    });
  },
  evidence: (seen, { parameters }) =>
    seen && SETTINGS.every(([n, m]) => parameters[n] === undefined || seen.attributes[m] === parameters[n])
      ? 'yes'
      : 'no',
};

const SETTINGS = [
  ['memoryMb', 'MemorySize'],
  ['timeoutSeconds', 'Timeout'],
] as const;

function formerSettings(before: Resource | undefined, parameters: FieldValues): FieldValues {
  return Object.fromEntries(
    SETTINGS.filter(([name]) => parameters[name] !== undefined).map(([name, member]) => [
      name,
      before?.attributes[member] ?? null,
    ]),
  );
}

/** Provisioned executions of a version or alias as the reader collected them; 0 where there are none. */
function provisioned(seen: Resource | undefined, qualifier: string | undefined): number {
  const list = seen?.attributes['ProvisionedConcurrency'];
  for (const entry of Array.isArray(list) ? list : []) {
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) continue;
    if (entry['Qualifier'] === qualifier) return Number(entry['Requested'] ?? 0);
  }
  return 0;
}

const setProvisioned: Operation = {
  descriptor: {
    id: 'set-provisioned-concurrency',
    type: FUNCTION,
    label: 'Set provisioned concurrency',
    parameters: [
      { name: 'qualifier', label: 'Version or alias', kind: 'text', required: true, maxLength: 128 },
      {
        name: 'executions',
        label: 'Executions',
        help: '0 ends it.',
        kind: 'number',
        required: true,
        integer: true,
        min: 0,
        max: 10_000,
      },
    ],
    confirm: 'simple',
    dryRun: false,
    undo: 'set-provisioned-concurrency',
    actions: ['lambda:PutProvisionedConcurrencyConfig', 'lambda:DeleteProvisionedConcurrencyConfig'],
  },
  async run({ scope, resource, before, parameters }) {
    const lambda = await scope.session.open(LAMBDA, scope.region);
    const Qualifier = text(parameters, 'qualifier');
    const executions = number(parameters, 'executions') ?? 0;
    const input = { FunctionName: resource.id, Qualifier };
    const answer =
      executions === 0
        ? await lambda.send(new lambda.sdk.DeleteProvisionedConcurrencyConfigCommand(input), scope)
        : await lambda.send(
            new lambda.sdk.PutProvisionedConcurrencyConfigCommand({
              ...input,
              ProvisionedConcurrentExecutions: executions,
            }),
            scope,
          );
    return result('done', answer, {
      undo: {
        operation: 'set-provisioned-concurrency',
        parameters: { qualifier: Qualifier ?? '', executions: provisioned(before, Qualifier) },
      },
    });
  },
  evidence: (seen, { parameters }) =>
    seen && provisioned(seen, text(parameters, 'qualifier')) === number(parameters, 'executions')
      ? 'yes'
      : 'no',
};

const MODES = ['PROVISIONED', 'PAY_PER_REQUEST'] as const;

interface Capacity {
  readonly mode: string;
  readonly read: number;
  readonly write: number;
}

function capacityOf(seen: Resource | undefined): Capacity {
  const summary = (seen?.attributes['BillingModeSummary'] ?? {}) as { BillingMode?: string };
  const units = (seen?.attributes['ProvisionedThroughput'] ?? {}) as Record<string, Json>;
  return {
    mode: summary.BillingMode ?? 'PROVISIONED',
    read: Number(units['ReadCapacityUnits'] ?? 0),
    write: Number(units['WriteCapacityUnits'] ?? 0),
  };
}

const setCapacity: Operation = {
  descriptor: {
    id: 'set-capacity',
    type: 'aws.dynamodb.table',
    label: 'Set capacity',
    states: ['active'],
    parameters: [
      {
        name: 'billingMode',
        label: 'Billing',
        kind: 'select',
        required: true,
        options: [
          { value: 'PROVISIONED', label: 'Provisioned' },
          { value: 'PAY_PER_REQUEST', label: 'On demand' },
        ],
      },
      ...(['read', 'write'] as const).map((kind) => ({
        name: `${kind}Units`,
        label: kind === 'read' ? 'Read units' : 'Write units',
        kind: 'number' as const,
        required: true,
        integer: true,
        min: 1,
        max: 1_000_000,
        when: { field: 'billingMode', in: ['PROVISIONED'] },
      })),
    ],
    confirm: 'simple',
    dryRun: false,
    until: ['active'],
    undo: 'set-capacity',
    actions: ['dynamodb:UpdateTable'],
  },
  async run({ scope, resource, before, parameters }) {
    const dynamo = await scope.session.open(DYNAMODB, scope.region);
    const mode = MODES.find((m) => m === text(parameters, 'billingMode'));
    const answer = await dynamo.send(
      new dynamo.sdk.UpdateTableCommand({
        TableName: resource.id,
        BillingMode: mode,
        ...(mode === 'PROVISIONED'
          ? {
              ProvisionedThroughput: {
                ReadCapacityUnits: number(parameters, 'readUnits'),
                WriteCapacityUnits: number(parameters, 'writeUnits'),
              },
            }
          : {}),
      }),
      { ...scope, retry: 'refused-only' },
    );
    const former = capacityOf(before);
    return result('accepted', answer, {
      undo: {
        operation: 'set-capacity',
        parameters: {
          billingMode: former.mode,
          ...(former.mode === 'PROVISIONED' ? { readUnits: former.read, writeUnits: former.write } : {}),
        },
      },
      note: 'AWS allows four switches to on demand within 24 hours, and so many decreases a day.',
    });
  },
  evidence: (seen, { parameters }) => {
    if (!seen) return 'no';
    const { mode, read, write } = capacityOf(seen);
    const same = mode === text(parameters, 'billingMode');
    const units = read === number(parameters, 'readUnits') && write === number(parameters, 'writeUnits');
    return same && (mode !== 'PROVISIONED' || units) ? 'yes' : 'no';
  },
};

/** JSON has no dates; the SDK wants them where S3 has a day instead of an age. */
function withDates(rule: LifecycleRule): LifecycleRule {
  const dated = <T extends { Date?: Date | undefined }>(part: T): T =>
    part.Date ? { ...part, Date: new Date(part.Date) } : part;
  return {
    ...rule,
    ...(rule.Expiration ? { Expiration: dated(rule.Expiration) } : {}),
    ...(rule.Transitions ? { Transitions: rule.Transitions.map(dated) } : {}),
  };
}

type Lifecycle = BucketLifecycleConfiguration & { readonly TransitionDefaultMinimumObjectSize?: string };

function lifecycleIn(value: Json | undefined): Lifecycle {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject && Array.isArray(value['Rules']) ? (value as object as Lifecycle) : { Rules: [] };
}

/** Rules without what S3 adds itself, in one order of members: to compare. */
function canonical(rules: readonly LifecycleRule[] | undefined): string {
  const sorted = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(sorted)
      : typeof value === 'object' && value !== null && !(value instanceof Date)
        ? Object.fromEntries(
            Object.entries(value)
              .sort(([a], [b]) => (a < b ? -1 : 1))
              .map(([k, v]) => [k, sorted(v)]),
          )
        : value;
  return JSON.stringify((rules ?? []).map((rule) => JSON.stringify(sorted(rule))).toSorted());
}

const setLifecycle: Operation = {
  descriptor: {
    id: 'set-lifecycle',
    type: 'aws.s3.bucket',
    label: 'Set lifecycle',
    parameters: [
      {
        name: 'configuration',
        label: 'Lifecycle configuration',
        help: 'The whole of it, with Rules; without rules it is removed.',
        kind: 'json',
        required: false,
      },
    ],
    // What rules expire is gone.
    confirm: 'typed',
    dryRun: false,
    captured: true,
    undo: 'set-lifecycle',
    actions: ['s3:PutLifecycleConfiguration', 's3:GetLifecycleConfiguration', 's3:GetBucketLocation'],
  },
  async run({ scope, resource, before, parameters }) {
    const s3 = await scope.session.open(S3, await bucketRegion(scope, resource.id));
    const wanted = lifecycleIn(parameters['configuration']);
    const rules = (wanted.Rules ?? []).map(withDates);
    const answer =
      rules.length === 0
        ? await s3.send(new s3.sdk.DeleteBucketLifecycleCommand({ Bucket: resource.id }), scope)
        : await s3.send(
            new s3.sdk.PutBucketLifecycleConfigurationCommand({
              Bucket: resource.id,
              LifecycleConfiguration: { Rules: rules },
              ...(wanted.TransitionDefaultMinimumObjectSize === 'varies_by_storage_class'
                ? { TransitionDefaultMinimumObjectSize: 'varies_by_storage_class' }
                : {}),
            }),
            scope,
          );
    const former = before?.attributes['Lifecycle'];
    const readable =
      former !== undefined && !(typeof former === 'object' && former !== null && 'unreadable' in former);
    return result('done', answer, {
      ...(readable ? { undo: { operation: 'set-lifecycle', parameters: { configuration: former } } } : {}),
      note: 'Rules act once a day; objects they deleted do not come back.',
    });
  },
  evidence: (seen, { parameters }) => {
    if (!seen || seen.attributes['Lifecycle'] === undefined) return 'unknown';
    const there = lifecycleIn(seen.attributes['Lifecycle']);
    return canonical(there.Rules) === canonical(lifecycleIn(parameters['configuration']).Rules)
      ? 'yes'
      : 'no';
  },
};

/** Whether a function's code can be had back is not known, so there is no undo. */
export const serverlessOperations: readonly Operation[] = [
  configure,
  setProvisioned,
  setCapacity,
  setLifecycle,
];
