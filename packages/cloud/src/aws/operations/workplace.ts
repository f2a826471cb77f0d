import type { DescribeEndpointOutput } from '@aws-sdk/client-sagemaker';
import type { WorkspaceProperties } from '@aws-sdk/client-workspaces';
import { ATHENA, ECR, EMR, SAGEMAKER, WORKSPACES } from '../clients.ts';
import { CloudError } from '../../errors.ts';
import type { Resource, ResourceRef } from '../../resource.ts';
import { arn, type Scope } from '../scope.ts';
import { attribute, member, result, type Operation } from './model.ts';
import { number, text } from '../../shared/parameters.ts';
import { startAndStop } from './pairs.ts';
import { captured, restoration, restored, restoredTags, undoOfDelete } from './restore.ts';

const ENDPOINT = 'aws.sagemaker.endpoint';

function endpointRef(scope: Scope, name: string): ResourceRef {
  const nativeId = arn(scope, 'sagemaker', `endpoint/${name.toLowerCase()}`);
  return { type: ENDPOINT, id: name, nativeId, region: scope.region };
}

const deleteEndpoint: Operation = {
  descriptor: {
    id: 'delete',
    type: ENDPOINT,
    label: 'Delete endpoint',
    states: ['running', 'failed'],
    parameters: [],
    confirm: 'typed',
    dryRun: false,
    until: ['deleted'],
    undo: 'restore',
    actions: ['sagemaker:DeleteEndpoint'],
  },
  async run({ scope, resource, before }) {
    const handle = await scope.session.open(SAGEMAKER, scope.region);
    const answer = await handle.send(new handle.sdk.DeleteEndpointCommand({ EndpointName: resource.id }), {
      ...scope,
      retry: 'refused-only',
    });
    return result('accepted', answer, {
      ...undoOfDelete(before),
      note: 'Its configuration and models stay; they are free.',
    });
  },
  evidence: (seen) => (!seen || seen.state === 'deleting' ? 'yes' : 'no'),
};

const restoreEndpoint = restoration({
  type: ENDPOINT,
  label: 'Bring endpoint back',
  until: ['running'],
  actions: ['sagemaker:CreateEndpoint', 'sagemaker:AddTags'],
  async made({ scope, parameters }) {
    const name = captured<DescribeEndpointOutput>(parameters).EndpointName ?? '';
    const handle = await scope.session.open(SAGEMAKER, scope.region);
    try {
      // The name can be taken once: an endpoint that is there again is the one that came back.
      const found = await handle.send(new handle.sdk.DescribeEndpointCommand({ EndpointName: name }), scope);
      return found.EndpointStatus === 'Deleting' ? [] : [endpointRef(scope, name)];
    } catch (error) {
      if (error instanceof CloudError && /could not find/i.test(error.message)) return [];
      throw error;
    }
  },
  async run(context) {
    const former = captured<DescribeEndpointOutput>(context.parameters);
    const { scope } = context;
    const handle = await scope.session.open(SAGEMAKER, scope.region);
    const answer = await handle.send(
      new handle.sdk.CreateEndpointCommand({
        EndpointName: former.EndpointName,
        EndpointConfigName: former.EndpointConfigName,
        Tags: restoredTags(context),
      }),
      { ...scope, retry: 'refused-only' },
    );
    return restored(answer, endpointRef(scope, former.EndpointName ?? ''));
  },
});

const notebook = startAndStop(
  'aws.sagemaker.notebook-instance',
  ['Start', 'Stop'],
  ['sagemaker:StartNotebookInstance', 'sagemaker:StopNotebookInstance'],
  async ({ scope, resource }, verb) => {
    const handle = await scope.session.open(SAGEMAKER, scope.region);
    const input = { NotebookInstanceName: resource.id };
    const options = { ...scope, retry: 'refused-only' } as const;
    return verb === 'start'
      ? handle.send(new handle.sdk.StartNotebookInstanceCommand(input), options)
      : handle.send(new handle.sdk.StopNotebookInstanceCommand(input), options);
  },
);

const MINUTES = 'RunningModeAutoStopTimeoutInMinutes';

const runningMode: Operation = {
  descriptor: {
    id: 'set-running-mode',
    type: 'aws.workspaces.workspace',
    label: 'Set running mode',
    states: ['running', 'stopped'],
    parameters: [
      {
        name: 'mode',
        label: 'Mode',
        kind: 'select',
        required: true,
        options: [
          { value: 'AUTO_STOP', label: 'By the hour, stops by itself' },
          { value: 'ALWAYS_ON', label: 'By the month, always on' },
        ],
      },
      {
        name: 'autoStopMinutes',
        label: 'Stops after',
        help: 'In steps of 60.',
        kind: 'number',
        required: false,
        default: 60,
        integer: true,
        min: 60,
        max: 36_000,
        unit: 'min',
        when: { field: 'mode', in: ['AUTO_STOP'] },
      },
    ],
    confirm: 'simple',
    dryRun: false,
    undo: 'set-running-mode',
    actions: ['workspaces:ModifyWorkspaceProperties'],
  },
  async run({ scope, resource, before, parameters }) {
    const handle = await scope.session.open(WORKSPACES, scope.region);
    const mode = text(parameters, 'mode') === 'ALWAYS_ON' ? 'ALWAYS_ON' : 'AUTO_STOP';
    const WorkspaceProperties: WorkspaceProperties = {
      RunningMode: mode,
      ...(mode === 'AUTO_STOP' ? { [MINUTES]: number(parameters, 'autoStopMinutes') } : {}),
    };
    const answer = await handle.send(
      new handle.sdk.ModifyWorkspacePropertiesCommand({ WorkspaceId: resource.id, WorkspaceProperties }),
      scope,
    );
    const minutes = member(before, 'WorkspaceProperties', MINUTES);
    return result('accepted', answer, {
      undo: {
        operation: 'set-running-mode',
        parameters: {
          mode: member(before, 'WorkspaceProperties', 'RunningMode') ?? 'ALWAYS_ON',
          ...(minutes === undefined ? {} : { autoStopMinutes: minutes }),
        },
      },
      note: 'A month that began as always on is charged as one.',
    });
  },
  evidence: (seen, { parameters }) => {
    const mode = member(seen, 'WorkspaceProperties', 'RunningMode');
    const minutes = member(seen, 'WorkspaceProperties', MINUTES);
    const same = mode === text(parameters, 'mode');
    return same && (mode !== 'AUTO_STOP' || minutes === number(parameters, 'autoStopMinutes')) ? 'yes' : 'no';
  },
};

/** The limit of a group; 0 where there is none. */
function scanLimit(seen: Resource | undefined): number {
  return Number(member(seen, 'Configuration', 'BytesScannedCutoffPerQuery') ?? 0);
}

const setScanLimit: Operation = {
  descriptor: {
    id: 'set-scan-limit',
    type: 'aws.athena.work-group',
    label: 'Set scan limit',
    parameters: [
      {
        name: 'bytes',
        label: 'Largest scan of a query',
        help: '0 removes the limit; otherwise 10 MB at least.',
        kind: 'number',
        required: true,
        integer: true,
        min: 0,
        max: Number.MAX_SAFE_INTEGER,
        unit: 'bytes',
      },
    ],
    confirm: 'simple',
    dryRun: false,
    undo: 'set-scan-limit',
    actions: ['athena:UpdateWorkGroup'],
  },
  async run({ scope, resource, before, parameters }) {
    const athena = await scope.session.open(ATHENA, scope.region);
    const bytes = number(parameters, 'bytes') ?? 0;
    const answer = await athena.send(
      new athena.sdk.UpdateWorkGroupCommand({
        WorkGroup: resource.id,
        ConfigurationUpdates:
          bytes === 0 ? { RemoveBytesScannedCutoffPerQuery: true } : { BytesScannedCutoffPerQuery: bytes },
      }),
      scope,
    );
    return result('done', answer, {
      undo: { operation: 'set-scan-limit', parameters: { bytes: scanLimit(before) } },
    });
  },
  evidence: (seen, { parameters }) =>
    seen && scanLimit(seen) === number(parameters, 'bytes') ? 'yes' : 'no',
};

const terminateCluster: Operation = {
  descriptor: {
    id: 'delete',
    type: 'aws.emr.cluster',
    label: 'Terminate cluster',
    states: ['creating', 'running'],
    parameters: [],
    confirm: 'typed',
    dryRun: false,
    until: ['deleted'],
    actions: ['elasticmapreduce:TerminateJobFlows'],
  },
  async run({ scope, resource }) {
    const emr = await scope.session.open(EMR, scope.region);
    const answer = await emr.send(new emr.sdk.TerminateJobFlowsCommand({ JobFlowIds: [resource.id] }), scope);
    return result('accepted', answer, { note: 'Data on the nodes (HDFS) is lost.' });
  },
  evidence: (seen) => (!seen || seen.state === 'deleting' || seen.state === 'deleted' ? 'yes' : 'no'),
};

/** A policy's text without differences of layout. */
function policyOf(value: unknown): string {
  if (typeof value !== 'string' || value === '') return '';
  try {
    return JSON.stringify(JSON.parse(value));
  } catch {
    return value;
  }
}

const setImageLifecycle: Operation = {
  descriptor: {
    id: 'set-lifecycle',
    type: 'aws.ecr.repository',
    label: 'Set lifecycle policy',
    parameters: [
      {
        name: 'policy',
        label: 'Lifecycle policy',
        help: 'The whole of it, as JSON text; without one it is removed.',
        kind: 'json',
        required: false,
      },
    ],
    // Images that a policy expires are gone.
    confirm: 'typed',
    dryRun: false,
    captured: true,
    undo: 'set-lifecycle',
    actions: ['ecr:PutLifecyclePolicy', 'ecr:DeleteLifecyclePolicy'],
  },
  async run({ scope, resource, before, parameters }) {
    const ecr = await scope.session.open(ECR, scope.region);
    const lifecyclePolicyText = policyOf(parameters['policy']);
    const repositoryName = resource.id;
    const answer =
      lifecyclePolicyText === ''
        ? await ecr.send(new ecr.sdk.DeleteLifecyclePolicyCommand({ repositoryName }), scope)
        : await ecr.send(
            new ecr.sdk.PutLifecyclePolicyCommand({ repositoryName, lifecyclePolicyText }),
            scope,
          );
    return result('done', answer, {
      undo: {
        operation: 'set-lifecycle',
        parameters: { policy: attribute(before, 'LifecyclePolicy') ?? null },
      },
      note: 'Images expire within a day; undoing does not bring them back.',
    });
  },
  evidence: (seen, { parameters }) =>
    seen && policyOf(seen.attributes['LifecyclePolicy']) === policyOf(parameters['policy']) ? 'yes' : 'no',
};

/** Endpoints, notebooks, desktops, work groups, clusters and image stores. */
export const workplaceOperations: readonly Operation[] = [
  deleteEndpoint,
  restoreEndpoint,
  ...notebook,
  runningMode,
  setScanLimit,
  terminateCluster,
  setImageLifecycle,
];
