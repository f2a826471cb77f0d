import type { Json, Resource } from '../../resource.ts';
import type { AzureOperation } from '../scope.ts';
import { captured } from './removals.ts';
import { resize, VM } from './model.ts';

const skuOf = (seen: Resource | undefined): Record<string, Json> => {
  const sku = seen?.attributes['currentSku'] ?? seen?.attributes['sku'];
  return typeof sku === 'object' && sku !== null && !Array.isArray(sku) ? sku : {};
};

export const sizes: readonly AzureOperation[] = [
  resize(
    {
      type: VM,
      // A running machine may be resized in its cluster too, but not always: stopped it always can.
      states: ['stopped', 'failed'],
      until: ['stopped'],
      actions: ['Microsoft.Compute/virtualMachines/write'],
    },
    'compute',
    (c, { group, names }, vmSize, _seen, o) =>
      c.virtualMachines.beginUpdate(group, names[0] ?? '', { hardwareProfile: { vmSize } }, o),
  ),
  resize(
    {
      type: 'azure.compute.disk',
      until: ['available', 'in_use'],
      actions: ['Microsoft.Compute/disks/write'],
    },
    'compute',
    (c, { group, names }, name, _seen, o) => c.disks.beginUpdate(group, names[0] ?? '', { sku: { name } }, o),
  ),
  resize(
    {
      type: 'azure.sql.database',
      until: ['running'],
      states: ['running'],
      actions: ['Microsoft.Sql/servers/databases/write'],
    },
    'sql',
    (c, { group, names }, size, seen, o) => {
      const [server = '', database = ''] = names;
      // `GP_Gen5_4`: vCores follow the name, as Azure writes service objectives.
      const match = /^((?:GP|BC|HS)(?:_S)?_Gen5)_(\d+)$/.exec(size);
      const sku = match
        ? { name: match[1] ?? size, capacity: Number(match[2]), family: 'Gen5' }
        : { name: size };
      return c.databases.beginUpdate(
        group,
        server,
        database,
        { sku: { ...skuTier(seen, match !== null), ...sku } },
        o,
      );
    },
  ),
  resize(
    { type: 'azure.web.plan', until: ['in_use', 'available'], actions: ['Microsoft.Web/serverfarms/write'] },
    'web',
    (c, { group, names }, name, seen, o) =>
      c.appServicePlans.beginCreateOrUpdate(
        group,
        names[0] ?? '',
        // A plan is written whole: what it was, with another size.
        { ...captured(seen), sku: { ...skuOf(seen), name, tier: planTier(name), size: name } } as never,
        o,
      ),
  ),
];

function skuTier(seen: Resource | undefined, vCores: boolean): { tier?: string } {
  const tier = skuOf(seen)['tier'];
  return vCores && typeof tier === 'string' ? { tier } : {};
}

function planTier(name: string): string {
  if (/^P\d+v3$/i.test(name)) return 'PremiumV3';
  if (/^P\d+v2$/i.test(name)) return 'PremiumV2';
  return { F: 'Free', B: 'Basic', S: 'Standard', P: 'Premium' }[name[0] ?? ''] ?? 'Standard';
}
