import { EC2 } from '../clients.ts';
import { passes } from './dry-run.ts';
import { attribute, flag, result, text, type Operation } from './model.ts';

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
    parameters: [],
    confirm: 'typed',
    dryRun: true,
    until: ['deleted'],
    actions: ['ec2:TerminateInstances'],
  },
  async run({ scope, resource, dryRun }) {
    const ec2 = await scope.session.open(EC2, scope.region);
    const call = ec2.send(
      new ec2.sdk.TerminateInstancesCommand({ InstanceIds: [resource.id], DryRun: dryRun }),
      scope,
    );
    if (dryRun && (await passes(call))) return result('allowed', undefined);
    return result('accepted', await call);
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

export const instanceOperations: readonly Operation[] = [start, stop, reboot, resize, terminate];
