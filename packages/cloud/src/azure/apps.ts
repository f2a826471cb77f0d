import type { AppServicePlan, Site } from '@azure/arm-appservice';
import type { ManagedCluster } from '@azure/arm-containerservice';
import type { ResourceGroup } from '@azure/arm-resources';
import { relations } from '../shared/normalise.ts';
import { armResource, provisioning, reader, to, type AzureReader } from './scope.ts';

export const sites = reader({
  type: { id: 'azure.web.site', label: 'App Service', category: 'serverless', taggable: true },
  client: 'web',
  call: 'Microsoft.Web/sites',
  list: (client, options) => client.webApps.list(options),
  get: (client, { group, names }, options) => client.webApps.get(group, names[0] ?? '', options),
  map: (site: Site) =>
    armResource('azure.web.site', site, {
      state: site.state === 'Running' ? 'running' : site.state === 'Stopped' ? 'stopped' : 'unknown',
      stateRaw: site.state,
      relations: relations(['part_of', to(site.serverFarmId)]),
    }),
});

export const plans = reader({
  type: { id: 'azure.web.plan', label: 'App Service plan', category: 'serverless', taggable: true },
  client: 'web',
  call: 'Microsoft.Web/serverfarms',
  list: (client, options) => client.appServicePlans.list(options),
  get: (client, { group, names }, options) => client.appServicePlans.get(group, names[0] ?? '', options),
  map: (plan: AppServicePlan) =>
    armResource('azure.web.plan', plan, {
      state: provisioning(plan.provisioningState, (plan.numberOfSites ?? 0) > 0 ? 'in_use' : 'available'),
      stateRaw: plan.status,
      size: { sku: plan.sku?.name, nodes: plan.sku?.capacity },
    }),
});

export const clusters = reader({
  type: { id: 'azure.aks.cluster', label: 'AKS cluster', category: 'container', taggable: true },
  client: 'aks',
  call: 'Microsoft.ContainerService/managedClusters',
  list: (client, options) => client.managedClusters.list(options),
  get: (client, { group, names }, options) => client.managedClusters.get(group, names[0] ?? '', options),
  map: (cluster: ManagedCluster) =>
    armResource('azure.aks.cluster', cluster, {
      state: provisioning(
        cluster.provisioningState,
        cluster.powerState?.code === 'Stopped' ? 'stopped' : 'running',
      ),
      stateRaw: cluster.powerState?.code,
      size: {
        sku: cluster.agentPoolProfiles?.[0]?.vmSize,
        nodes: cluster.agentPoolProfiles?.reduce((sum, pool) => sum + (pool.count ?? 0), 0),
      },
    }),
});

const toGroup = (group: ResourceGroup) =>
  armResource('azure.resources.group', group, {
    state: provisioning(group.properties?.provisioningState),
  });

export const resourceGroups: AzureReader = {
  type: { id: 'azure.resources.group', label: 'Resource group', category: 'other', taggable: true },
  async *list({ session, signal }) {
    const pages = session.pages(
      'resources',
      'GET resourceGroups',
      (c, o) => c.resourceGroups.list(o),
      signal,
    );
    for await (const page of pages) yield page.map(toGroup);
  },
  async inspect({ session, signal }, ref) {
    return toGroup(
      await session.call('resources', 'GET resourceGroups', (c, o) => c.resourceGroups.get(ref.id, o), {
        signal,
      }),
    );
  },
};
