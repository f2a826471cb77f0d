import type { Field } from '../../fields.ts';
import { CloudError } from '../../errors.ts';
import type { Json, Resource } from '../../resource.ts';
import { text } from '../../shared/parameters.ts';
import { armId, type ArmId, type AzureOperation, type Scope } from '../scope.ts';
import { act, answer, descriptor, VM } from './model.ts';

type Remove = (scope: Scope, id: ArmId) => Promise<void>;

/** How a type is deleted, and put back from what it was where nothing is lost by it. */
const REMOVALS: readonly (readonly [
  type: string,
  action: string,
  remove: Remove,
  restore?: (scope: Scope, id: ArmId, body: Record<string, Json>) => Promise<void>,
])[] = [
  [
    VM,
    'Microsoft.Compute/virtualMachines/delete',
    (s, { group, names }) =>
      act(s, 'compute', 'Microsoft.Compute/virtualMachines/delete', (c, o) =>
        c.virtualMachines.beginDelete(group, names[0] ?? '', o),
      ),
  ],
  [
    'azure.compute.disk',
    'Microsoft.Compute/disks/delete',
    (s, { group, names }) =>
      act(s, 'compute', 'Microsoft.Compute/disks/delete', (c, o) =>
        c.disks.beginDelete(group, names[0] ?? '', o),
      ),
    (s, { group, names }, body) =>
      act(s, 'compute', 'Microsoft.Compute/disks/write', (c, o) =>
        c.disks.beginCreateOrUpdate(group, names[0] ?? '', body as never, o),
      ),
  ],
  [
    'azure.compute.snapshot',
    'Microsoft.Compute/snapshots/delete',
    (s, { group, names }) =>
      act(s, 'compute', 'Microsoft.Compute/snapshots/delete', (c, o) =>
        c.snapshots.beginDelete(group, names[0] ?? '', o),
      ),
  ],
  [
    'azure.network.public_ip',
    'Microsoft.Network/publicIPAddresses/delete',
    (s, { group, names }) =>
      act(s, 'network', 'Microsoft.Network/publicIPAddresses/delete', (c, o) =>
        c.publicIPAddresses.beginDelete(group, names[0] ?? '', o),
      ),
  ],
  [
    'azure.network.nic',
    'Microsoft.Network/networkInterfaces/delete',
    (s, { group, names }) =>
      act(s, 'network', 'Microsoft.Network/networkInterfaces/delete', (c, o) =>
        c.networkInterfaces.beginDelete(group, names[0] ?? '', o),
      ),
    (s, { group, names }, body) =>
      act(s, 'network', 'Microsoft.Network/networkInterfaces/write', (c, o) =>
        c.networkInterfaces.beginCreateOrUpdate(group, names[0] ?? '', body as never, o),
      ),
  ],
  [
    'azure.network.load_balancer',
    'Microsoft.Network/loadBalancers/delete',
    (s, { group, names }) =>
      act(s, 'network', 'Microsoft.Network/loadBalancers/delete', (c, o) =>
        c.loadBalancers.beginDelete(group, names[0] ?? '', o),
      ),
    (s, { group, names }, body) =>
      act(s, 'network', 'Microsoft.Network/loadBalancers/write', (c, o) =>
        c.loadBalancers.beginCreateOrUpdate(group, names[0] ?? '', body as never, o),
      ),
  ],
  [
    'azure.network.nat_gateway',
    'Microsoft.Network/natGateways/delete',
    (s, { group, names }) =>
      act(s, 'network', 'Microsoft.Network/natGateways/delete', (c, o) =>
        c.natGateways.beginDelete(group, names[0] ?? '', o),
      ),
    (s, { group, names }, body) =>
      act(s, 'network', 'Microsoft.Network/natGateways/write', (c, o) =>
        c.natGateways.beginCreateOrUpdate(group, names[0] ?? '', body as never, o),
      ),
  ],
  [
    'azure.web.plan',
    'Microsoft.Web/serverfarms/delete',
    (s, { group, names }) =>
      act(s, 'web', 'Microsoft.Web/serverfarms/delete', (c, o) =>
        c.appServicePlans.delete(group, names[0] ?? '', o),
      ),
    (s, { group, names }, body) =>
      act(s, 'web', 'Microsoft.Web/serverfarms/write', (c, o) =>
        c.appServicePlans.beginCreateOrUpdate(group, names[0] ?? '', body as never, o),
      ),
  ],
  [
    'azure.sql.elastic_pool',
    'Microsoft.Sql/servers/elasticPools/delete',
    (s, { group, names }) =>
      act(s, 'sql', 'Microsoft.Sql/servers/elasticPools/delete', (c, o) =>
        c.elasticPools.beginDelete(group, names[0] ?? '', names[1] ?? '', o),
      ),
    (s, { group, names }, body) =>
      act(s, 'sql', 'Microsoft.Sql/servers/elasticPools/write', (c, o) =>
        c.elasticPools.beginCreateOrUpdate(group, names[0] ?? '', names[1] ?? '', body as never, o),
      ),
  ],
  [
    'azure.sql.database',
    'Microsoft.Sql/servers/databases/delete',
    (s, { group, names }) =>
      act(s, 'sql', 'Microsoft.Sql/servers/databases/delete', (c, o) =>
        c.databases.beginDelete(group, names[0] ?? '', names[1] ?? '', o),
      ),
  ],
];

/** Members the service sets itself: it refuses or ignores them in a request. */
const READ_ONLY = new Set([
  'id',
  'type',
  'etag',
  'name',
  'provisioningState',
  'resourceGuid',
  'resourceGroup',
  'timeCreated',
  'uniqueId',
  'diskState',
  'lastOwnershipUpdateTime',
  'managedBy',
  'numberOfSites',
  'status',
  'creationDate',
  'state',
  'systemData',
]);

/** The configuration of a resource as a request may carry it. */
export function captured(before: Resource | undefined): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(before?.attributes ?? {}).filter(([name]) => !READ_ONLY.has(name)),
  );
}

const BODY: Field = { name: 'body', label: 'Captured configuration', kind: 'json', required: true };
const SNAPSHOT: Field = {
  name: 'snapshotId',
  label: 'Snapshot to restore from',
  kind: 'text',
  required: false,
  maxLength: 2048,
};

/**
 * The full id of the snapshot a disk is to come back from: a name means one in the disk's own group, where the snapshot
 * operation puts it.
 * @throws CloudError `conflict_state` when it is not there, not finished or of another disk: nothing is deleted then
 */
async function snapshotOf(scope: Scope, diskId: string, given: string): Promise<string> {
  const id = given.includes('/') ? given : diskId.replace(/\/disks\/[^/]+$/i, `/snapshots/${given}`);
  if (scope.rehearsal) return id;
  const { group, names } = armId(id);
  const snapshot = await scope.session.call(
    'compute',
    'GET Microsoft.Compute/snapshots',
    (c, o) => c.snapshots.get(group, names[0] ?? '', o),
    { signal: scope.signal },
  );
  const source = snapshot.creationData?.sourceResourceId?.toLowerCase();
  if (source !== diskId.toLowerCase() || snapshot.provisioningState !== 'Succeeded')
    throw new CloudError({
      kind: 'conflict_state',
      message: `${given} is not a completed snapshot of ${diskId}; nothing was deleted.`,
    });
  return id;
}

export const removals: readonly AzureOperation[] = REMOVALS.flatMap(([type, action, remove, restore]) => [
  {
    descriptor: descriptor({
      type,
      id: 'delete',
      label: 'Delete',
      confirm: 'typed',
      until: ['deleted'],
      actions: [action],
      ...(type === 'azure.compute.disk' ? { parameters: [SNAPSHOT] } : {}),
      ...(restore === undefined ? {} : { undo: 'restore' }),
    }),
    async run({ scope, resource, before, parameters }) {
      // A disk comes back from its snapshot only; what has no content of its own comes back from its configuration.
      const given = text(parameters, 'snapshotId');
      const snapshotId = given === undefined ? undefined : await snapshotOf(scope, resource.nativeId, given);
      await remove(scope, armId(resource.nativeId));
      if (restore === undefined || (type === 'azure.compute.disk' && snapshotId === undefined))
        return answer('accepted');
      const body = {
        ...captured(before),
        ...(snapshotId === undefined
          ? {}
          : { creationData: { createOption: 'Copy', sourceResourceId: snapshotId } }),
      };
      return answer('accepted', { undo: { operation: 'restore', parameters: { body } } });
    },
    evidence: (seen) => (seen === undefined || seen.state === 'deleted' ? 'yes' : 'no'),
  } satisfies AzureOperation,
  ...(restore === undefined
    ? []
    : [
        {
          descriptor: {
            ...descriptor({
              type,
              id: 'restore',
              label: 'Restore',
              // Azure keeps what it could not make, as failed; writing it again mends it.
              states: ['deleted', 'failed'],
              parameters: [BODY],
              undo: 'delete',
              actions: [action.replace(/delete$/, 'write')],
            }),
            captured: true as const,
          },
          async run({ scope, resource, parameters }) {
            const body = parameters['body'];
            const members = typeof body === 'object' && body !== null && !Array.isArray(body) ? body : {};
            await restore(scope, armId(resource.nativeId), members);
            return answer('accepted', { created: [resource], undo: { operation: 'delete', parameters: {} } });
          },
          evidence: (seen) => (seen === undefined || seen.state === 'failed' ? 'no' : 'yes'),
        } satisfies AzureOperation,
      ]),
]);
