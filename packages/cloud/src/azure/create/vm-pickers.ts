import type { FieldOption } from '../../fields.ts';
import { collect } from '../../shared/paging.ts';
import type { Scope } from '../scope.ts';
import { machineSize } from '../sizes.ts';
import { regionOf } from './common.ts';

/** Why a subscription may not use a size here, in words. */
const RESTRICTIONS: Readonly<Record<string, string>> = {
  NotAvailableForSubscription: 'not offered to this subscription in this region',
  QuotaId: 'not offered to this kind of subscription',
};

/** Sizes of the region with their shape; those that are not offered to the subscription say so. */
export async function sizes(scope: Scope): Promise<FieldOption[]> {
  const skus = await collect(
    scope.session.pages(
      'compute',
      'GET Microsoft.Compute/skus',
      (c, o) => c.resourceSkus.list({ ...o, filter: `location eq '${scope.region}'` }),
      scope.signal,
    ),
  );
  const options = new Map<string, FieldOption & { readonly order: readonly [number, number] }>();
  for (const { name, resourceType, capabilities = [], restrictions = [] } of skus) {
    if (name === undefined || resourceType !== 'virtualMachines') continue;
    const of = (wanted: string): number =>
      Number(capabilities.find((one) => one.name === wanted)?.value ?? Number.NaN);
    const shape = machineSize(name);
    const cpus = of('vCPUs') || shape?.cpus;
    const memory = of('MemoryGB') || shape?.memoryGiB;
    const barred = restrictions.find(({ type }) => type === 'Location');
    options.set(name, {
      value: name,
      label: name.replace(/^Standard_/, '').replaceAll('_', ' '),
      ...(cpus === undefined || memory === undefined ? {} : { detail: `${cpus} vCPU · ${memory} GiB` }),
      ...(barred === undefined
        ? {}
        : { disabledReason: RESTRICTIONS[barred.reasonCode ?? ''] ?? 'not offered here' }),
      order: [cpus ?? 0, memory ?? 0],
    });
  }
  return [...options.values()]
    .toSorted((a, b) => a.order[0] - b.order[0] || a.order[1] - b.order[1] || a.value.localeCompare(b.value))
    .map(({ order: _order, ...option }) => option);
}

/** Subnets of the region's networks. */
export async function subnets(scope: Scope): Promise<FieldOption[]> {
  const networks = await collect(
    scope.session.pages(
      'network',
      'GET Microsoft.Network/virtualNetworks',
      (c, o) => c.virtualNetworks.listAll(o),
      scope.signal,
    ),
  );
  return networks
    .filter(({ location }) => regionOf(location) === scope.region)
    .flatMap((network) =>
      (network.subnets ?? []).flatMap(({ id, name, addressPrefix, addressPrefixes }) => {
        if (!id || !name) return [];
        const detail = addressPrefix ?? addressPrefixes?.join(', ');
        return [{ value: id, label: `${network.name ?? ''} / ${name}`, ...(detail ? { detail } : {}) }];
      }),
    );
}

/** Network security groups of the region. */
export async function securityGroups(scope: Scope): Promise<FieldOption[]> {
  const groups = await collect(
    scope.session.pages(
      'network',
      'GET Microsoft.Network/networkSecurityGroups',
      (c, o) => c.networkSecurityGroups.listAll(o),
      scope.signal,
    ),
  );
  return groups
    .filter(({ location }) => regionOf(location) === scope.region)
    .flatMap(({ id, name }) => (id && name ? [{ value: id, label: name }] : []));
}
