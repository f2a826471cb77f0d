import type { CacheCluster, ReplicationGroup } from '@aws-sdk/client-elasticache';
import type { Field } from '../../fields.ts';
import { CloudError, orGone } from '../../errors.ts';
import type { Json, Resource, ResourceRef } from '../../resource.ts';
import { ELASTICACHE } from '../clients.ts';
import { toAttributes } from '../../shared/normalise.ts';
import { arn, type Scope } from '../scope.ts';
import { TOKEN_TAG } from '../token.ts';
import { shortToken } from '../../shared/token.ts';
import { attribute, result, type Operation, type OperationContext } from './model.ts';
import { text } from '../../shared/parameters.ts';
import { captured, restoration, restored, restoredTags, undoOfDelete, type TokenContext } from './restore.ts';

const CLUSTER = 'aws.elasticache.cluster';
const GROUP = 'aws.elasticache.replication-group';

type Kind = typeof CLUSTER | typeof GROUP;

const NODE_TYPE: Field = {
  name: 'nodeType',
  label: 'Node type',
  kind: 'text',
  required: true,
  pattern: { source: 'cache\\.[a-z0-9]+\\.[a-z0-9]+', message: 'is not a node type such as cache.t4g.micro' },
};

/** Members of a group are changed with their group. */
function checkAlone(before: Resource | undefined): void {
  const group = attribute(before, 'ReplicationGroupId');
  if (group)
    throw new CloudError({
      kind: 'conflict_state',
      message: `${before?.id} is a member of the replication group ${group}; act on the group.`,
    });
}

/** The type being changed to counts: AWS lists it as pending until all nodes have it. */
function nodeTypeOf(seen: Resource | undefined): string | undefined {
  const pending = (seen?.attributes['PendingModifiedValues'] ?? {}) as { CacheNodeType?: string };
  return pending.CacheNodeType ?? attribute(seen, 'CacheNodeType');
}

function modify(type: Kind): Operation {
  return {
    descriptor: {
      id: 'modify',
      type,
      label: 'Change node type',
      states: ['running'],
      parameters: [NODE_TYPE],
      confirm: 'simple',
      dryRun: false,
      until: ['running'],
      undo: 'modify',
      actions: [type === GROUP ? 'elasticache:ModifyReplicationGroup' : 'elasticache:ModifyCacheCluster'],
    },
    async run({ scope, resource, before, parameters }) {
      if (type === CLUSTER) checkAlone(before);
      const cache = await scope.session.open(ELASTICACHE, scope.region);
      const change = { CacheNodeType: text(parameters, 'nodeType'), ApplyImmediately: true };
      const answer =
        type === GROUP
          ? await cache.send(
              new cache.sdk.ModifyReplicationGroupCommand({ ReplicationGroupId: resource.id, ...change }),
              scope,
            )
          : await cache.send(
              new cache.sdk.ModifyCacheClusterCommand({ CacheClusterId: resource.id, ...change }),
              scope,
            );
      const former = attribute(before, 'CacheNodeType');
      return result(
        'accepted',
        answer,
        former ? { undo: { operation: 'modify', parameters: { nodeType: former } } } : {},
      );
    },
    evidence: (seen, { parameters }) => (nodeTypeOf(seen) === text(parameters, 'nodeType') ? 'yes' : 'no'),
  };
}

function snapshotName(id: string, clientToken: string): string {
  return `${id.slice(0, 40)}-final-${shortToken(clientToken)}`;
}

/** Memcached keeps nothing: it has no snapshots, and is made anew empty. */
function keepsData(before: Resource | undefined): boolean {
  return attribute(before, 'Engine') !== 'memcached';
}

/** Network and parameters of a group are told by its members only. */
async function memberSettings(scope: Scope, before: Resource | undefined): Promise<{ [key: string]: Json }> {
  const members = before?.attributes['MemberClusters'];
  const first = Array.isArray(members) ? members[0] : undefined;
  if (typeof first !== 'string') return {};
  const cache = await scope.session.open(ELASTICACHE, scope.region);
  const answer = await cache.send(
    new cache.sdk.DescribeCacheClustersCommand({ CacheClusterId: first }),
    scope,
  );
  const raw = answer.CacheClusters?.[0];
  return toAttributes({
    EngineVersion: raw?.EngineVersion,
    CacheSubnetGroupName: raw?.CacheSubnetGroupName,
    CacheParameterGroup: raw?.CacheParameterGroup,
    SecurityGroups: raw?.SecurityGroups,
  });
}

/** A group with what {@link memberSettings} adds. */
type FormerGroup = ReplicationGroup &
  Pick<CacheCluster, 'EngineVersion' | 'CacheSubnetGroupName' | 'CacheParameterGroup' | 'SecurityGroups'>;

function remove(type: Kind): Operation {
  return {
    descriptor: {
      id: 'delete',
      type,
      label: type === GROUP ? 'Delete replication group' : 'Delete cluster',
      states: ['running', 'failed'],
      parameters: [
        {
          name: 'finalSnapshot',
          label: 'Keep a final snapshot',
          help: 'Memcached has none.',
          kind: 'boolean',
          required: false,
          default: true,
        },
      ],
      confirm: 'typed',
      dryRun: false,
      until: ['deleted'],
      undo: 'restore',
      actions: [
        type === GROUP ? 'elasticache:DeleteReplicationGroup' : 'elasticache:DeleteCacheCluster',
        'elasticache:CreateSnapshot',
      ],
    },
    async run({ scope, resource, before, parameters, clientToken }) {
      if (type === CLUSTER) checkAlone(before);
      const cache = await scope.session.open(ELASTICACHE, scope.region);
      const configuration = type === GROUP ? await memberSettings(scope, before) : {};
      const keep = parameters['finalSnapshot'] !== false && keepsData(before);
      const name = snapshotName(resource.id, clientToken);
      const final = keep ? { FinalSnapshotIdentifier: name } : {};
      const answer =
        type === GROUP
          ? await cache.send(
              new cache.sdk.DeleteReplicationGroupCommand({ ReplicationGroupId: resource.id, ...final }),
              { ...scope, retry: 'refused-only' },
            )
          : await cache.send(
              new cache.sdk.DeleteCacheClusterCommand({ CacheClusterId: resource.id, ...final }),
              { ...scope, retry: 'refused-only' },
            );
      const undo = keep
        ? undoOfDelete(before, { configuration, snapshotName: name })
        : keepsData(before)
          ? {}
          : undoOfDelete(before, { configuration });
      return result('accepted', answer, undo);
    },
    evidence: (seen) => (!seen || seen.state === 'deleting' || seen.state === 'deleted' ? 'yes' : 'no'),
  };
}

function refOf(scope: Scope, type: Kind, id: string): ResourceRef {
  const kind = type === GROUP ? 'replicationgroup' : 'cluster';
  return { type, id, nativeId: arn(scope, 'elasticache', `${kind}:${id}`), region: scope.region };
}

async function madeBy(type: Kind, { scope, resource, clientToken }: TokenContext): Promise<ResourceRef[]> {
  const cache = await scope.session.open(ELASTICACHE, scope.region);
  const ref = refOf(scope, type, resource.id);
  const tags = await orGone(
    cache.send(new cache.sdk.ListTagsForResourceCommand({ ResourceName: ref.nativeId }), scope),
  );
  const ours = tags?.TagList?.some((t) => t.Key === TOKEN_TAG && t.Value === clientToken);
  return ours ? [ref] : [];
}

function groupsOf(former: { SecurityGroups?: CacheCluster['SecurityGroups'] }): string[] | undefined {
  const ids = (former.SecurityGroups ?? []).flatMap((g) => g.SecurityGroupId ?? []);
  return ids.length > 0 ? ids : undefined;
}

async function makeCluster(context: OperationContext) {
  const { scope, resource, parameters } = context;
  const former = captured<CacheCluster>(parameters);
  const cache = await scope.session.open(ELASTICACHE, scope.region);
  return cache.send(
    new cache.sdk.CreateCacheClusterCommand({
      CacheClusterId: resource.id,
      CacheNodeType: former.CacheNodeType,
      Engine: former.Engine,
      EngineVersion: former.EngineVersion,
      NumCacheNodes: former.NumCacheNodes,
      PreferredAvailabilityZone: former.NumCacheNodes === 1 ? former.PreferredAvailabilityZone : undefined,
      CacheSubnetGroupName: former.CacheSubnetGroupName,
      CacheParameterGroupName: former.CacheParameterGroup?.CacheParameterGroupName,
      SecurityGroupIds: groupsOf(former),
      SnapshotName: text(parameters, 'snapshotName'),
      SnapshotRetentionLimit: former.SnapshotRetentionLimit,
      PreferredMaintenanceWindow: former.PreferredMaintenanceWindow,
      TransitEncryptionEnabled: former.TransitEncryptionEnabled || undefined,
      Tags: restoredTags(context),
    }),
    { ...scope, retry: 'refused-only' },
  );
}

async function makeGroup(context: OperationContext) {
  const { scope, resource, parameters } = context;
  const former = captured<FormerGroup>(parameters);
  const cache = await scope.session.open(ELASTICACHE, scope.region);
  const shards = former.NodeGroups ?? [];
  return cache.send(
    new cache.sdk.CreateReplicationGroupCommand({
      ReplicationGroupId: resource.id,
      ReplicationGroupDescription: former.Description ?? resource.id,
      CacheNodeType: former.CacheNodeType,
      Engine: former.Engine,
      EngineVersion: former.EngineVersion,
      CacheSubnetGroupName: former.CacheSubnetGroupName,
      CacheParameterGroupName: former.CacheParameterGroup?.CacheParameterGroupName,
      SecurityGroupIds: groupsOf(former),
      NumNodeGroups: shards.length || 1,
      ReplicasPerNodeGroup: Math.max(0, (shards[0]?.NodeGroupMembers?.length ?? 1) - 1),
      AutomaticFailoverEnabled: former.AutomaticFailover === 'enabled',
      MultiAZEnabled: former.MultiAZ === 'enabled',
      SnapshotName: text(parameters, 'snapshotName'),
      SnapshotRetentionLimit: former.SnapshotRetentionLimit,
      AtRestEncryptionEnabled: former.AtRestEncryptionEnabled || undefined,
      TransitEncryptionEnabled: former.TransitEncryptionEnabled || undefined,
      KmsKeyId: former.KmsKeyId,
      Tags: restoredTags(context),
    }),
    { ...scope, retry: 'refused-only' },
  );
}

function restore(type: Kind): Operation {
  return restoration({
    type,
    label: type === GROUP ? 'Bring replication group back' : 'Bring cluster back',
    parameters: [{ name: 'snapshotName', label: 'Snapshot', kind: 'text', required: false, maxLength: 255 }],
    until: ['running'],
    actions: [
      type === GROUP ? 'elasticache:CreateReplicationGroup' : 'elasticache:CreateCacheCluster',
      'elasticache:AddTagsToResource',
    ],
    made: (context) => madeBy(type, context),
    async run(context) {
      const answer = await (type === GROUP ? makeGroup(context) : makeCluster(context));
      return restored(answer, refOf(context.scope, type, context.resource.id));
    },
  });
}

export const cacheOperations: readonly Operation[] = [CLUSTER, GROUP].flatMap((type) => [
  modify(type as Kind),
  remove(type as Kind),
  restore(type as Kind),
]);
