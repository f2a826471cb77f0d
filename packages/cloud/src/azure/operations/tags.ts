import type { Field } from '../../fields.ts';
import { textList, textMap } from '../../shared/parameters.ts';
import type { AzureOperation, Scope } from '../scope.ts';
import { act, answer, descriptor, VM } from './model.ts';

/** Types with tags, and the call that needs a permission. */
const TAGGABLE: readonly (readonly [type: string, path: string])[] = [
  [VM, 'Microsoft.Compute/virtualMachines'],
  ['azure.compute.disk', 'Microsoft.Compute/disks'],
  ['azure.compute.snapshot', 'Microsoft.Compute/snapshots'],
  ['azure.network.public_ip', 'Microsoft.Network/publicIPAddresses'],
  ['azure.network.nic', 'Microsoft.Network/networkInterfaces'],
  ['azure.network.vnet', 'Microsoft.Network/virtualNetworks'],
  ['azure.network.nsg', 'Microsoft.Network/networkSecurityGroups'],
  ['azure.network.load_balancer', 'Microsoft.Network/loadBalancers'],
  ['azure.network.nat_gateway', 'Microsoft.Network/natGateways'],
  ['azure.storage.account', 'Microsoft.Storage/storageAccounts'],
  ['azure.sql.server', 'Microsoft.Sql/servers'],
  ['azure.sql.database', 'Microsoft.Sql/servers/databases'],
  ['azure.sql.elastic_pool', 'Microsoft.Sql/servers/elasticPools'],
  ['azure.web.site', 'Microsoft.Web/sites'],
  ['azure.web.plan', 'Microsoft.Web/serverfarms'],
  ['azure.aks.cluster', 'Microsoft.ContainerService/managedClusters'],
  ['azure.resources.group', 'Microsoft.Resources/subscriptions/resourceGroups'],
];

/** Azure takes 50 tags; names to 512 and values to 256 characters. */
const TAGS: Field = { name: 'tags', label: 'Tags', kind: 'tags', required: true, max: 50 };
const KEYS: Field = { name: 'keys', label: 'Tag names', kind: 'multiselect', required: true, max: 50 };

async function patchTags(
  scope: Scope,
  nativeId: string,
  operation: 'Merge' | 'Delete',
  tags: Record<string, string>,
): Promise<void> {
  await act(scope, 'resources', 'Microsoft.Resources/tags/write', (c, o) =>
    c.tagsOperations.updateAtScope(nativeId.replace(/^\//, ''), { operation, properties: { tags } }, o),
  );
}

export const tagging: readonly AzureOperation[] = TAGGABLE.flatMap(([type]) => [
  {
    descriptor: descriptor({
      type,
      id: 'tag',
      label: 'Set tags',
      confirm: 'none',
      parameters: [TAGS],
      undo: 'untag',
      actions: ['Microsoft.Resources/tags/write'],
    }),
    async run({ scope, resource, before, parameters }) {
      const tags = textMap(parameters, 'tags');
      await patchTags(scope, resource.nativeId, 'Merge', tags);
      const former = before?.tags ?? {};
      const changed = Object.keys(tags).filter((key) => Object.hasOwn(former, key));
      // Values that were there before come back by setting them, new ones go.
      if (changed.length > 0)
        return answer('done', {
          undo: {
            operation: 'tag',
            parameters: { tags: Object.fromEntries(changed.map((key) => [key, former[key] ?? ''])) },
          },
        });
      return answer('done', { undo: { operation: 'untag', parameters: { keys: Object.keys(tags) } } });
    },
    evidence: (seen, { parameters }) =>
      Object.entries(textMap(parameters, 'tags')).every(([key, value]) => seen?.tags[key] === value)
        ? 'yes'
        : 'no',
  } satisfies AzureOperation,
  {
    descriptor: descriptor({
      type,
      id: 'untag',
      label: 'Remove tags',
      confirm: 'none',
      parameters: [KEYS],
      undo: 'tag',
      actions: ['Microsoft.Resources/tags/write'],
    }),
    async run({ scope, resource, before, parameters }) {
      const former = before?.tags ?? {};
      const gone = Object.fromEntries(
        textList(parameters, 'keys')
          .filter((key) => Object.hasOwn(former, key))
          .map((key) => [key, former[key] ?? '']),
      );
      await patchTags(scope, resource.nativeId, 'Delete', gone);
      return answer('done', { undo: { operation: 'tag', parameters: { tags: gone } } });
    },
    evidence: (seen, { parameters }) =>
      textList(parameters, 'keys').some((key) => seen !== undefined && Object.hasOwn(seen.tags, key))
        ? 'no'
        : 'yes',
  } satisfies AzureOperation,
]);
