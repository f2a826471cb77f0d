import type { Resource } from '../../resource.ts';
import { EC2 } from '../clients.ts';
import { passes } from './dry-run.ts';
import { checkImage } from './images.ts';
import { attribute, result, type Operation } from './model.ts';
import { flag, text } from '../../shared/parameters.ts';
import { undoOfDelete } from './restore.ts';

const TYPE = 'aws.ec2.instance';

const start: Operation = {
  descriptor: {
    id: 'start',
    type: TYPE,
    label: 'Start',
    states: ['stopped'],
    parameters: [],
    confirm: 'none',
    dryRun: true,
    until: ['running'],
    undo: 'stop',
    actions: ['ec2:StartInstances'],
  },
  async run({ scope, resource, dryRun }) {
    const ec2 = await scope.session.open(EC2, scope.region);
    const call = ec2.send(
      new ec2.sdk.StartInstancesCommand({ InstanceIds: [resource.id], DryRun: dryRun }),
      scope,
    );
    if (dryRun && (await passes(call))) return result('allowed', undefined);
    return result('accepted', await call, { undo: { operation: 'stop', parameters: {} } });
  },
  evidence: (seen) => (seen?.state === 'starting' || seen?.state === 'running' ? 'yes' : 'no'),
};

const stop: Operation = {
  descriptor: {
    id: 'stop',
    type: TYPE,
    label: 'Stop',
    states: ['running'],
    parameters: [
      {
        name: 'force',
        label: 'Force',
        help: 'Without a clean shutdown of the operating system.',
        kind: 'boolean',
        required: false,
        default: false,
      },
    ],
    confirm: 'simple',
    dryRun: true,
    until: ['stopped'],
    undo: 'start',
    actions: ['ec2:StopInstances'],
  },
  async run({ scope, resource, parameters, dryRun }) {
    const ec2 = await scope.session.open(EC2, scope.region);
    const call = ec2.send(
      new ec2.sdk.StopInstancesCommand({
        InstanceIds: [resource.id],
        Force: flag(parameters, 'force'),
        DryRun: dryRun,
      }),
      scope,
    );
    if (dryRun && (await passes(call))) return result('allowed', undefined);
    return result('accepted', await call, { undo: { operation: 'start', parameters: {} } });
  },
  evidence: (seen) => (seen?.state === 'stopping' || seen?.state === 'stopped' ? 'yes' : 'no'),
};

const reboot: Operation = {
  descriptor: {
    id: 'restart',
    type: TYPE,
    label: 'Reboot',
    states: ['running'],
    parameters: [],
    confirm: 'simple',
    dryRun: true,
    actions: ['ec2:RebootInstances'],
  },
  async run({ scope, resource, dryRun }) {
    const ec2 = await scope.session.open(EC2, scope.region);
    const call = ec2.send(
      new ec2.sdk.RebootInstancesCommand({ InstanceIds: [resource.id], DryRun: dryRun }),
      { ...scope, retry: 'refused-only' },
    );
    if (dryRun && (await passes(call))) return result('allowed', undefined);
    return result('done', await call, { note: 'AWS queues the reboot; the state stays running.' });
  },
  // A reboot leaves no trace in the state.
  evidence: () => 'unknown',
  repeatable: true,
};

const terminate: Operation = {
  descriptor: {
    id: 'delete',
    type: TYPE,
    label: 'Terminate',
    parameters: [
      {
        name: 'imageId',
        label: 'Image of it',
        help: 'An available image from which the instance can be brought back.',
        kind: 'text',
        required: false,
        pattern: { source: 'ami-[0-9a-f]{8,17}', message: 'is not an image id' },
      },
    ],
    confirm: 'typed',
    dryRun: true,
    until: ['deleted'],
    undo: 'restore',
    actions: ['ec2:TerminateInstances'],
  },
  async run({ scope, resource, before, parameters, dryRun }) {
    const imageId = text(parameters, 'imageId');
    if (imageId) await checkImage(scope, resource.id, imageId);
    const ec2 = await scope.session.open(EC2, scope.region);
    const call = ec2.send(
      new ec2.sdk.TerminateInstancesCommand({ InstanceIds: [resource.id], DryRun: dryRun }),
      scope,
    );
    if (dryRun && (await passes(call))) return result('allowed', undefined);
    return result('accepted', await call, imageId ? undoOfDelete(before, { imageId }) : {});
  },
  evidence: (seen) => (!seen || seen.state === 'deleting' || seen.state === 'deleted' ? 'yes' : 'no'),
};

const resize: Operation = {
  descriptor: {
    id: 'resize',
    type: TYPE,
    label: 'Change type',
    // AWS refuses to change the type of a running instance.
    states: ['stopped'],
    parameters: [
      {
        name: 'instanceType',
        label: 'Instance type',
        kind: 'text',
        required: true,
        pattern: {
          source: '[a-z][a-z0-9-]*\\.[a-z0-9-]+',
          message: 'is not an instance type such as m7g.large',
        },
      },
    ],
    confirm: 'simple',
    dryRun: true,
    undo: 'resize',
    actions: ['ec2:ModifyInstanceAttribute'],
  },
  async run({ scope, resource, before, parameters, dryRun }) {
    const ec2 = await scope.session.open(EC2, scope.region);
    const former = attribute(before, 'InstanceType');
    const call = ec2.send(
      new ec2.sdk.ModifyInstanceAttributeCommand({
        InstanceId: resource.id,
        InstanceType: { Value: text(parameters, 'instanceType') },
        DryRun: dryRun,
      }),
      scope,
    );
    if (dryRun && (await passes(call))) return result('allowed', undefined);
    return result(
      'done',
      await call,
      former ? { undo: { operation: 'resize', parameters: { instanceType: former } } } : {},
    );
  },
  evidence: (seen, { parameters }) =>
    attribute(seen, 'InstanceType') === text(parameters, 'instanceType') ? 'yes' : 'no',
};

const setMonitoring: Operation = {
  descriptor: {
    id: 'set-monitoring',
    type: TYPE,
    label: 'Set monitoring',
    states: ['running', 'stopped'],
    parameters: [
      {
        name: 'detailed',
        label: 'Each minute',
        help: 'Detailed monitoring is charged; without it metrics come every five minutes.',
        kind: 'boolean',
        required: true,
      },
    ],
    confirm: 'none',
    dryRun: true,
    undo: 'set-monitoring',
    actions: ['ec2:MonitorInstances', 'ec2:UnmonitorInstances'],
  },
  async run({ scope, resource, before, parameters, dryRun }) {
    const ec2 = await scope.session.open(EC2, scope.region);
    const input = { InstanceIds: [resource.id], DryRun: dryRun };
    const call: Promise<object> = flag(parameters, 'detailed')
      ? ec2.send(new ec2.sdk.MonitorInstancesCommand(input), scope)
      : ec2.send(new ec2.sdk.UnmonitorInstancesCommand(input), scope);
    if (dryRun && (await passes(call))) return result('allowed', undefined);
    return result('done', await call, {
      undo: { operation: 'set-monitoring', parameters: { detailed: isDetailed(before) } },
    });
  },
  evidence: (seen, { parameters }) =>
    seen && isDetailed(seen) === flag(parameters, 'detailed') ? 'yes' : 'no',
};

function isDetailed(seen: Resource | undefined): boolean {
  const { State: state } = (seen?.attributes['Monitoring'] ?? {}) as { State?: string };
  return state === 'enabled' || state === 'pending';
}

export const instanceOperations: readonly Operation[] = [
  start,
  stop,
  reboot,
  resize,
  setMonitoring,
  terminate,
];
