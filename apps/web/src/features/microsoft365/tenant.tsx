import type { CloudAccount } from '@cloudatlas/contracts/accounts';
import { useQuery } from '@tanstack/react-query';
import { useFilters } from '@/app/search-params.ts';
import { useT } from '@/app/i18n.ts';
import { accountsQuery, useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Select } from '@/ui/select.tsx';
import { provider } from './queries.ts';

/** The connected tenants, and the one the URL chooses; undefined for all of them. */
export function useTenants(): { tenants: readonly CloudAccount[] | undefined; tenant: string | undefined } {
  const { data } = useQuery(accountsQuery(useWorkspacePlace()));
  const [{ account }] = useFilters(['account']);
  const tenants = data?.filter((one) => one.provider === provider);
  return { tenants, tenant: tenants?.some(({ id }) => id === account) ? account : undefined };
}

/** Chooses a tenant, where there are several. */
export function TenantSelect() {
  const t = useT('microsoft365');
  const { tenants, tenant } = useTenants();
  const [, patch] = useFilters(['account']);
  if (tenants === undefined || tenants.length < 2) return null;
  return (
    <Select
      dense
      className="w-56"
      aria-label={t('tenant')}
      placeholder={t('allTenants')}
      value={tenant ?? ''}
      options={tenants.map(({ id, name }) => ({ value: id, label: name }))}
      onChange={(event) => patch({ account: event.target.value })}
    />
  );
}
