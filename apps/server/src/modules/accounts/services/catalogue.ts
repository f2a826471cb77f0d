import type { AccessTemplates, CloudProvider } from '@cloudatlas/contracts/accounts';
import type { Feature } from '@cloudatlas/cloud/permissions';
import { loadProvider, providerIds } from '@cloudatlas/cloud/registry';
import type { z } from 'zod';
import { invalidField } from '#platform/errors/app-error.ts';
import { endpointNames, type AccountsConfig } from '../config.ts';
import type { Connections } from '../connections.ts';

/** Fields that the server fills in itself are not asked for. */
const serverFields = new Set(['externalId']);

/** What can be connected, as data for the connect wizard. */
export function createCatalogue(config: AccountsConfig, connections: Connections) {
  return {
    async providers(): Promise<CloudProvider[]> {
      const providers = await Promise.all(providerIds.map(loadProvider));
      return providers.map((provider) => ({
        id: provider.id,
        label: provider.label,
        endpoints: endpointNames(config.endpoints, provider.id).map((id) => ({ id, label: id })),
        credentialMethods: provider.credentialMethods
          .filter((method) => method.ambient !== true || config.ambient)
          .map((method) => ({
            id: method.id,
            label: method.label,
            help: method.help ?? null,
            fields: method.fields.filter((field) => !serverFields.has(field.name)),
          })),
        services: provider.services.map((service) => ({
          id: service.id,
          label: service.label,
          scope: service.scope,
          resourceTypes: service.resourceTypes.map(({ id, label, category, taggable }) => ({
            id,
            label,
            category,
            taggable,
          })),
        })),
      }));
    },

    async accessTemplates(
      workspaceId: string,
      request: { provider: string; features: Feature[] },
    ): Promise<z.input<typeof AccessTemplates>> {
      if (!providerIds.includes(request.provider))
        throw invalidField('body.provider', 'is not a provider of this installation');
      const provider = await loadProvider(request.provider);
      const externalId = connections.externalIdOf(workspaceId);
      const usesExternalId = provider.credentialMethods.some((method) =>
        method.fields.some((field) => serverFields.has(field.name)),
      );
      const items = provider.accessTemplates({
        features: request.features,
        ...(config.trustedPrincipal === undefined ? {} : { trustedPrincipal: config.trustedPrincipal }),
        ...(usesExternalId ? { externalId } : {}),
      });
      return { externalId: usesExternalId ? externalId : null, items: items.map((item) => ({ ...item })) };
    },
  };
}
