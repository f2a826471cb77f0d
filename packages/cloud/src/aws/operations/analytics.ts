import { KINESIS, OPENSEARCH, RDS, REDSHIFT } from '../clients.ts';
import { CloudError } from '../../errors.ts';
import type { FieldValues } from '../../fields.ts';
import type { OpenSearchPartitionInstanceType } from '@aws-sdk/client-opensearch';
import type { Resource } from '../../resource.ts';
import { attribute, member, result, type Operation } from './model.ts';
import { number, text } from '../../shared/parameters.ts';
import { startAndStop } from './pairs.ts';

const setStorage: Operation = {
  descriptor: {
    id: 'modify',
    type: 'aws.rds.cluster',
    label: 'Set storage type',
    states: ['running'],
    parameters: [
      {
        name: 'storageType',
        label: 'Storage type',
        help: 'AWS lets a cluster change to I/O-Optimized once in 30 days, and back at any time.',
        kind: 'select',
        required: true,
        options: [
          { value: 'aurora', label: 'Standard' },
          { value: 'aurora-iopt1', label: 'I/O-Optimized' },
        ],
      },
    ],
    confirm: 'simple',
    dryRun: false,
    undo: 'modify',
    actions: ['rds:ModifyDBCluster'],
  },
  async run({ scope, resource, before, parameters }) {
    const rds = await scope.session.open(RDS, scope.region);
    const answer = await rds.send(
      new rds.sdk.ModifyDBClusterCommand({
        DBClusterIdentifier: resource.id,
        StorageType: text(parameters, 'storageType'),
        ApplyImmediately: true,
      }),
      scope,
    );
    const former = attribute(before, 'StorageType') ?? 'aurora';
    return result('accepted', answer, { undo: { operation: 'modify', parameters: { storageType: former } } });
  },
  evidence: (seen, { parameters }) =>
    seen && (attribute(seen, 'StorageType') ?? 'aurora') === text(parameters, 'storageType') ? 'yes' : 'no',
};

const DOMAIN_SETTINGS = [
  ['instanceType', 'InstanceType'],
  ['instanceCount', 'InstanceCount'],
  ['masterType', 'DedicatedMasterType'],
  ['masterCount', 'DedicatedMasterCount'],
] as const;

const modifyDomain: Operation = {
  descriptor: {
    id: 'modify',
    type: 'aws.opensearch.domain',
    label: 'Change nodes',
    states: ['running'],
    parameters: [
      ...(['instanceType', 'masterType'] as const).map((name) => ({
        name,
        label: name === 'instanceType' ? 'Node type' : 'Master type',
        kind: 'text' as const,
        required: false,
        pattern: {
          source: '[a-z0-9]+\\.[a-z0-9]+\\.search',
          message: 'is not a type such as r6g.large.search',
        },
      })),
      ...(['instanceCount', 'masterCount'] as const).map((name) => ({
        name,
        label: name === 'instanceCount' ? 'Nodes' : 'Masters',
        kind: 'number' as const,
        required: false,
        integer: true,
        min: name === 'instanceCount' ? 1 : 3,
        max: name === 'instanceCount' ? 1_002 : 5,
      })),
    ],
    confirm: 'simple',
    dryRun: false,
    until: ['running'],
    undo: 'modify',
    actions: ['es:UpdateDomainConfig'],
  },
  async run({ scope, resource, before, parameters }) {
    const search = await scope.session.open(OPENSEARCH, scope.region);
    const answer = await search.send(
      new search.sdk.UpdateDomainConfigCommand({
        DomainName: resource.id,
        ClusterConfig: {
          InstanceType: text(parameters, 'instanceType') as OpenSearchPartitionInstanceType | undefined,
          InstanceCount: number(parameters, 'instanceCount'),
          DedicatedMasterType: text(parameters, 'masterType') as OpenSearchPartitionInstanceType | undefined,
          DedicatedMasterCount: number(parameters, 'masterCount'),
        },
      }),
      scope,
    );
    const former = Object.fromEntries(
      DOMAIN_SETTINGS.filter(([name]) => parameters[name] !== undefined).map(([name, inner]) => [
        name,
        member(before, 'ClusterConfig', inner) ?? null,
      ]),
    );
    const known = Object.values(former).every((v) => v !== null);
    return result('accepted', answer, known ? { undo: { operation: 'modify', parameters: former } } : {});
  },
  evidence: (seen, { parameters }) =>
    seen &&
    DOMAIN_SETTINGS.every(
      ([name, inner]) =>
        parameters[name] === undefined || member(seen, 'ClusterConfig', inner) === parameters[name],
    )
      ? 'yes'
      : 'no',
};

function streamNow(seen: Resource | undefined): { mode: string; shards: number } {
  return {
    mode: member(seen, 'StreamModeDetails', 'StreamMode') === 'ON_DEMAND' ? 'ON_DEMAND' : 'PROVISIONED',
    shards: number(seen?.attributes ?? {}, 'OpenShardCount') ?? 1,
  };
}

const streamCapacity: Operation = {
  descriptor: {
    id: 'set-capacity',
    type: 'aws.kinesis.stream',
    label: 'Set capacity',
    states: ['active'],
    parameters: [
      {
        name: 'mode',
        label: 'Mode',
        kind: 'select',
        required: true,
        options: [
          { value: 'PROVISIONED', label: 'Provisioned' },
          { value: 'ON_DEMAND', label: 'On demand' },
        ],
      },
      {
        name: 'shards',
        label: 'Shards',
        help: 'Without a number they stay; AWS at most doubles or halves them at once.',
        kind: 'number',
        required: false,
        integer: true,
        min: 1,
        max: 10_000,
        when: { field: 'mode', in: ['PROVISIONED'] },
      },
    ],
    confirm: 'simple',
    dryRun: false,
    until: ['active'],
    undo: 'set-capacity',
    actions: ['kinesis:UpdateStreamMode', 'kinesis:UpdateShardCount'],
  },
  async run({ scope, resource, before, parameters }) {
    const kinesis = await scope.session.open(KINESIS, scope.region);
    const former = streamNow(before);
    const mode = text(parameters, 'mode') === 'ON_DEMAND' ? 'ON_DEMAND' : 'PROVISIONED';
    const shards = number(parameters, 'shards');
    if (mode !== former.mode && mode === 'PROVISIONED' && shards !== undefined && shards !== former.shards)
      throw new CloudError({
        kind: 'conflict_state',
        message:
          'AWS keeps the shards when the mode changes; set their number once the stream is provisioned.',
        region: scope.region,
      });
    const answer =
      mode === former.mode && shards !== undefined
        ? await kinesis.send(
            new kinesis.sdk.UpdateShardCountCommand({
              StreamName: resource.id,
              TargetShardCount: shards,
              ScalingType: 'UNIFORM_SCALING',
            }),
            { ...scope, retry: 'refused-only' },
          )
        : await kinesis.send(
            new kinesis.sdk.UpdateStreamModeCommand({
              StreamARN: resource.nativeId,
              StreamModeDetails: { StreamMode: mode },
            }),
            { ...scope, retry: 'refused-only' },
          );
    const undo: FieldValues = {
      mode: former.mode,
      ...(mode === former.mode ? { shards: former.shards } : {}),
    };
    return result('accepted', answer, {
      undo: { operation: 'set-capacity', parameters: undo },
      note: 'AWS allows two changes of mode in 24 hours.',
    });
  },
  evidence: (seen, { parameters }) => {
    const { mode, shards } = streamNow(seen);
    const want = number(parameters, 'shards');
    const same = mode === text(parameters, 'mode') && (want === undefined || want === shards);
    return seen && same ? 'yes' : 'no';
  },
};

const warehouse = startAndStop(
  'aws.redshift.cluster',
  ['Resume', 'Pause'],
  ['redshift:ResumeCluster', 'redshift:PauseCluster'],
  async ({ scope, resource }, verb) => {
    const redshift = await scope.session.open(REDSHIFT, scope.region);
    const input = { ClusterIdentifier: resource.id };
    const options = { ...scope, retry: 'refused-only' } as const;
    return verb === 'start'
      ? redshift.send(new redshift.sdk.ResumeClusterCommand(input), options)
      : redshift.send(new redshift.sdk.PauseClusterCommand(input), options);
  },
);

const databaseCluster = startAndStop(
  'aws.rds.cluster',
  ['Start', 'Stop'],
  ['rds:StartDBCluster', 'rds:StopDBCluster'],
  async ({ scope, resource }, verb) => {
    const rds = await scope.session.open(RDS, scope.region);
    const input = { DBClusterIdentifier: resource.id };
    const options = { ...scope, retry: 'refused-only' } as const;
    return verb === 'start'
      ? rds.send(new rds.sdk.StartDBClusterCommand(input), options)
      : rds.send(new rds.sdk.StopDBClusterCommand(input), options);
  },
  'AWS starts a stopped cluster by itself after seven days.',
);

/** Clusters, domains and streams. */
export const analyticsOperations: readonly Operation[] = [
  setStorage,
  modifyDomain,
  streamCapacity,
  ...warehouse,
  ...databaseCluster,
];
