import { AUTOSCALING, ECS, EKS } from '../clients.ts';
import type { Field, FieldValues } from '../../fields.ts';
import type { Resource } from '../../resource.ts';
import { ecsPlace, nodegroupPlace } from '../services/containers.ts';
import { attribute, member, result, type Operation, type OperationContext } from './model.ts';
import { number, text } from '../../shared/parameters.ts';

interface Sizes {
  readonly minimum: number;
  readonly maximum: number;
  readonly desired: number;
}

const SIZE_FIELDS: readonly Field[] = (
  [
    ['minimum', 'Minimum'],
    ['maximum', 'Maximum'],
    ['desired', 'Desired'],
  ] as const
).map(([name, label]) => ({
  name,
  label,
  kind: 'number',
  required: true,
  integer: true,
  min: 0,
  max: 10_000,
}));

/** Sets the three sizes of a group. */
function setSize(
  type: string,
  action: string,
  now: (seen: Resource | undefined) => Partial<Sizes>,
  send: (
    context: OperationContext,
    sizes: Sizes,
  ) => Promise<{ $metadata: { requestId?: string | undefined } }>,
): Operation {
  const wanted = (parameters: FieldValues): Sizes => ({
    minimum: number(parameters, 'minimum') ?? 0,
    maximum: number(parameters, 'maximum') ?? 0,
    desired: number(parameters, 'desired') ?? 0,
  });
  return {
    descriptor: {
      id: 'set-size',
      type,
      label: 'Set size',
      states: ['active', 'running'],
      parameters: SIZE_FIELDS,
      confirm: 'simple',
      dryRun: false,
      undo: 'set-size',
      actions: [action],
    },
    async run(context) {
      const answer = await send(context, wanted(context.parameters));
      return result('accepted', answer, {
        undo: { operation: 'set-size', parameters: { ...now(context.before) } },
      });
    },
    evidence: (seen, { parameters }) => {
      const there = now(seen);
      const want = wanted(parameters);
      return seen &&
        there.minimum === want.minimum &&
        there.maximum === want.maximum &&
        there.desired === want.desired
        ? 'yes'
        : 'no';
    },
  };
}

const scalingGroup = setSize(
  'aws.autoscaling.group',
  'autoscaling:UpdateAutoScalingGroup',
  (seen) => ({
    minimum: number(seen?.attributes ?? {}, 'MinSize') ?? 0,
    maximum: number(seen?.attributes ?? {}, 'MaxSize') ?? 0,
    desired: number(seen?.attributes ?? {}, 'DesiredCapacity') ?? 0,
  }),
  async ({ scope, resource }, sizes) => {
    const scaling = await scope.session.open(AUTOSCALING, scope.region);
    const input = {
      AutoScalingGroupName: resource.id,
      MinSize: sizes.minimum,
      MaxSize: sizes.maximum,
      DesiredCapacity: sizes.desired,
    };
    return scaling.send(new scaling.sdk.UpdateAutoScalingGroupCommand(input), scope);
  },
);

const nodegroup = setSize(
  'aws.eks.nodegroup',
  'eks:UpdateNodegroupConfig',
  (seen) => ({
    minimum: Number(member(seen, 'scalingConfig', 'minSize') ?? 0),
    maximum: Number(member(seen, 'scalingConfig', 'maxSize') ?? 0),
    desired: Number(member(seen, 'scalingConfig', 'desiredSize') ?? 0),
  }),
  async ({ scope, resource, clientToken }, sizes) => {
    const eks = await scope.session.open(EKS, scope.region);
    return eks.send(
      new eks.sdk.UpdateNodegroupConfigCommand({
        ...nodegroupPlace(resource.nativeId),
        scalingConfig: { minSize: sizes.minimum, maxSize: sizes.maximum, desiredSize: sizes.desired },
        clientRequestToken: clientToken,
      }),
      scope,
    );
  },
);

const scaleService: Operation = {
  descriptor: {
    id: 'scale',
    type: 'aws.ecs.service',
    label: 'Set number of tasks',
    states: ['active'],
    parameters: [
      { name: 'desired', label: 'Tasks', kind: 'number', required: true, integer: true, min: 0, max: 5_000 },
    ],
    confirm: 'simple',
    dryRun: false,
    undo: 'scale',
    actions: ['ecs:UpdateService'],
  },
  async run({ scope, resource, before, parameters }) {
    const ecs = await scope.session.open(ECS, scope.region);
    const answer = await ecs.send(
      new ecs.sdk.UpdateServiceCommand({
        ...ecsPlace(resource.nativeId),
        desiredCount: number(parameters, 'desired'),
      }),
      scope,
    );
    const former = number(before?.attributes ?? {}, 'desiredCount') ?? 0;
    return result('accepted', answer, { undo: { operation: 'scale', parameters: { desired: former } } });
  },
  evidence: (seen, { parameters }) =>
    number(seen?.attributes ?? {}, 'desiredCount') === number(parameters, 'desired') ? 'yes' : 'no',
};

/** Members of a task definition that AWS gives and does not take. */
const GIVEN_BY_ECS = [
  'taskDefinitionArn',
  'revision',
  'status',
  'requiresAttributes',
  'compatibilities',
  'registeredAt',
  'registeredBy',
  'deregisteredAt',
  '$metadata',
];

/** The revision in use with other sizes, registered as a new one. */
async function reviseTask({ scope, before, parameters }: OperationContext): Promise<string | undefined> {
  const ecs = await scope.session.open(ECS, scope.region);
  const taskDefinition = attribute(before, 'taskDefinition');
  const { taskDefinition: present, tags } = await ecs.send(
    new ecs.sdk.DescribeTaskDefinitionCommand({ taskDefinition, include: ['TAGS'] }),
    scope,
  );
  const { family, containerDefinitions, ...rest } = present ?? {};
  const kept = Object.fromEntries(Object.entries(rest).filter(([name]) => !GIVEN_BY_ECS.includes(name)));
  const answer = await ecs.send(
    new ecs.sdk.RegisterTaskDefinitionCommand({
      ...kept,
      family,
      containerDefinitions,
      cpu: text(parameters, 'cpu') ?? present?.cpu,
      memory: number(parameters, 'memoryMb')?.toString() ?? present?.memory,
      ...((tags ?? []).length > 0 ? { tags } : {}),
    }),
    // A second revision of the same content does no harm and costs nothing.
    scope,
  );
  return answer.taskDefinition?.taskDefinitionArn;
}

const resizeService: Operation = {
  descriptor: {
    id: 'resize',
    type: 'aws.ecs.service',
    label: 'Set size of tasks',
    states: ['active'],
    parameters: [
      {
        name: 'cpu',
        label: 'CPU',
        help: '1024 are one CPU.',
        kind: 'select',
        required: false,
        options: ['256', '512', '1024', '2048', '4096', '8192', '16384'].map((value) => ({
          value,
          label: value,
        })),
      },
      {
        name: 'memoryMb',
        label: 'Memory',
        kind: 'number',
        required: false,
        integer: true,
        min: 512,
        max: 122_880,
        unit: 'MiB',
      },
      {
        name: 'taskDefinition',
        label: 'Revision',
        help: 'An existing one, instead of CPU and memory.',
        kind: 'text',
        required: false,
        maxLength: 512,
      },
    ],
    confirm: 'simple',
    dryRun: false,
    undo: 'resize',
    actions: ['ecs:RegisterTaskDefinition', 'ecs:UpdateService', 'iam:PassRole'],
  },
  async run(context) {
    const { scope, resource, before, parameters } = context;
    const ecs = await scope.session.open(ECS, scope.region);
    const taskDefinition = text(parameters, 'taskDefinition') ?? (await reviseTask(context));
    const answer = await ecs.send(
      new ecs.sdk.UpdateServiceCommand({ ...ecsPlace(resource.nativeId), taskDefinition }),
      scope,
    );
    const former = attribute(before, 'taskDefinition');
    return result(
      'accepted',
      answer,
      former ? { undo: { operation: 'resize', parameters: { taskDefinition: former } } } : {},
    );
  },
  evidence: (seen, { parameters }) => {
    const exact = text(parameters, 'taskDefinition');
    if (exact) return attribute(seen, 'taskDefinition') === exact ? 'yes' : 'no';
    const cpu = text(parameters, 'cpu');
    const memory = number(parameters, 'memoryMb');
    const same =
      (cpu === undefined || member(seen, 'TaskDefinition', 'cpu') === cpu) &&
      (memory === undefined || member(seen, 'TaskDefinition', 'memory') === String(memory));
    return seen && same ? 'yes' : 'no';
  },
};

/** Sizes of groups, and of services and their tasks. */
export const scalingOperations: readonly Operation[] = [scalingGroup, nodegroup, scaleService, resizeService];
