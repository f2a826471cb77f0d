import { Suspense } from 'react';
import { useT } from '@/app/i18n.ts';
import { lazyNamed } from '@/app/lazy-named.ts';
import { useDenial } from '@/app/scope.tsx';
import { useFilters } from '@/app/search-params.ts';
import { Page } from '@/app/shell/page.tsx';
import { CloudTabs } from '@/features/accounts/section.tsx';
import { Select } from '@/ui/select.tsx';
import { NoPermission } from '@/ui/states.tsx';
import { useInventoryLive } from '../live.ts';
import { OrderTable } from '../order-table.tsx';

const statuses = ['open', 'done', 'failed'] as const;

const OrderPanel = lazyNamed(() => import('../order-panel.tsx').then((module) => module.OrderPanel));

/** Everything that was asked of the clouds, and how it goes. */
export function Orders() {
  const t = useT('inventory');
  const denial = useDenial('resources:read');
  return (
    <Page title={t('orders.title')} description={t('orders.text')}>
      <CloudTabs />
      {denial === undefined ? <List /> : <NoPermission need={t('orders.title')} />}
    </Page>
  );
}

function List() {
  const t = useT('inventory');
  const [filters, setFilters] = useFilters(['status', 'order']);
  useInventoryLive();
  const status = statuses.find((candidate) => candidate === filters.status);
  return (
    <>
      <OrderTable
        filters={{ status }}
        onOpen={(order) => setFilters({ order })}
        openKey={filters.order}
        controls={
          <Select
            dense
            className="w-44"
            aria-label={t('orders.filter')}
            placeholder={t('orders.all')}
            value={status ?? ''}
            options={statuses.map((value) => ({ value, label: t(`orders.status.${value}`) }))}
            onChange={(event) => setFilters({ status: event.target.value })}
          />
        }
      />
      {filters.order === undefined ? null : (
        <Suspense fallback={null}>
          <OrderPanel orderId={filters.order} onClose={() => setFilters({ order: null })} />
        </Suspense>
      )}
    </>
  );
}
