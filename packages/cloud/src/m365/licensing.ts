import type { CompanySubscription, SubscribedSku } from '@microsoft/microsoft-graph-types';
import { resource, toAttributes } from '../shared/normalise.ts';
import { CloudError } from '../errors.ts';
import type { Json, Resource, ResourceState } from '../resource.ts';
import { licenceName } from './prices.ts';
import { nativeId, type M365Reader, type Scope } from './scope.ts';

/** `capabilityStatus` of a subscribed SKU. */
const STATES: Readonly<Record<string, ResourceState>> = {
  Enabled: 'active',
  Warning: 'active',
  Suspended: 'stopped',
  LockedOut: 'stopped',
  Deleted: 'deleted',
};

/** When subscriptions began and renew, by SKU; empty where we may not see it. */
export async function commercialFacts(scope: Scope): Promise<ReadonlyMap<string, CompanySubscription[]>> {
  const found = new Map<string, CompanySubscription[]>();
  try {
    for await (const page of scope.graph.pages<CompanySubscription>('/directory/subscriptions', {
      signal: scope.signal,
    }))
      for (const one of page) {
        const known = found.get(one.skuId ?? '');
        if (known) known.push(one);
        else found.set(one.skuId ?? '', [one]);
      }
  } catch (error) {
    if (!(error instanceof CloudError) || !['denied', 'not_enabled', 'not_found'].includes(error.kind))
      throw error;
    scope.graph.caller.log.info({ kind: error.kind }, 'terms of subscriptions are left out');
  }
  return found;
}

function toSubscription(scope: Scope, sku: SubscribedSku, terms: readonly CompanySubscription[]): Resource {
  const part = sku.skuPartNumber ?? '';
  const enabled = sku.prepaidUnits?.enabled ?? 0;
  const price = scope.prices.seats(part, enabled);
  const began = terms.flatMap((t) => t.createdDateTime ?? []).sort()[0];
  const attributes: Record<string, Json> = {
    ...toAttributes(sku),
    enabledUnits: enabled,
    consumedUnits: sku.consumedUnits ?? 0,
    unassignedUnits: Math.max(0, enabled - (sku.consumedUnits ?? 0)),
    terms: terms.map((t) => ({
      createdDateTime: t.createdDateTime ?? null,
      nextLifecycleDateTime: t.nextLifecycleDateTime ?? null,
      isTrial: t.isTrial ?? false,
      totalLicenses: t.totalLicenses ?? 0,
      status: t.status ?? null,
    })),
  };
  return resource({
    type: 'm365.licensing.subscription',
    nativeId: nativeId(scope, 'subscribedSkus', sku.skuId ?? ''),
    id: sku.skuId ?? sku.id ?? '',
    region: 'global',
    name: licenceName(part),
    state: STATES[sku.capabilityStatus ?? ''] ?? 'unknown',
    stateRaw: sku.capabilityStatus ?? undefined,
    createdAt: began,
    size: { sku: part, nodes: enabled },
    attributes,
    monthly: price,
  });
}

/** Licences the tenant has bought, with seats bought and assigned. */
export const subscriptions: M365Reader = {
  type: { id: 'm365.licensing.subscription', label: 'Subscription', category: 'identity', taggable: false },
  async *list(scope) {
    const terms = await commercialFacts(scope);
    for await (const page of scope.graph.pages<SubscribedSku>('/subscribedSkus', { signal: scope.signal }))
      yield page.map((sku) => toSubscription(scope, sku, terms.get(sku.skuId ?? '') ?? []));
  },
  async inspect(scope, ref) {
    for await (const page of this.list(scope)) {
      const found = page.find((one) => one.id === ref.id);
      if (found) return found;
    }
    return undefined;
  },
};
