import type { Order } from '@cloudatlas/contracts/inventory';
import { useInfiniteQuery } from '@tanstack/react-query';
import { ClipboardList } from 'lucide-react';
import { useMemo, type ReactNode } from 'react';
import { Link } from 'react-router';
import { useT } from '@/app/i18n.ts';
import { useCloudPaths } from '@/features/accounts/paths.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { DataTable } from '@/ui/data-table/data-table.tsx';
import type { Column } from '@/ui/data-table/types.ts';
import { LoadMore } from '@/ui/pagination.tsx';
import { EmptyState } from '@/ui/states.tsx';
import { RelativeTime } from '@/ui/values.tsx';
import { OrderStatus } from './order-status.tsx';
import { useOrderName } from './order-name.ts';
import { ordersQuery, type OrderFilters } from './queries.ts';

interface OrderTableProps {
  filters: OrderFilters;
  /** Left end of the toolbar. */
  controls?: ReactNode;
  onOpen: (orderId: string) => void;
  openKey?: string | undefined;
}

/** Orders, newest first. */
export function OrderTable({ filters, controls, onOpen, openKey }: OrderTableProps) {
  const t = useT('inventory');
  const place = useWorkspacePlace();
  const query = useInfiniteQuery(ordersQuery(place, filters));
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items), [query.data]);
  const columns = useOrderColumns(filters.resourceId === undefined);
  return (
    <DataTable<Order>
      id={filters.resourceId === undefined ? 'orders' : 'resource-orders'}
      label={t('orders.title')}
      columns={columns}
      rows={rows}
      rowKey={(order) => order.id}
      rowName={(order) => order.resourceName}
      error={query.error}
      onRetry={() => void query.refetch()}
      onOpen={(order) => onOpen(order.id)}
      openKey={openKey}
      filters={controls}
      empty={
        <EmptyState icon={ClipboardList} title={t('orders.emptyTitle')}>
          {t('orders.emptyText')}
        </EmptyState>
      }
      footer={
        rows === undefined || rows.length === 0 ? undefined : (
          <LoadMore
            shown={rows.length}
            hasMore={query.hasNextPage}
            loading={query.isFetchingNextPage}
            onMore={() => void query.fetchNextPage()}
          />
        )
      }
    />
  );
}

function useOrderColumns(wide: boolean): readonly Column<Order>[] {
  const t = useT('inventory');
  const nameOf = useOrderName();
  const to = useCloudPaths();
  const columns: Column<Order>[] = [
    {
      id: 'what',
      header: t('order.what'),
      fixed: true,
      value: (order) => nameOf(order),
      cell: (order) => <span className="font-medium">{nameOf(order)}</span>,
    },
    {
      id: 'on',
      header: t('order.on'),
      value: (order) => order.resourceName,
      cell: (order) =>
        order.resourceId === null ? (
          order.resourceName
        ) : (
          <Link to={to.resource(order.resourceId)} className="hover:text-accent-text">
            {order.resourceName}
          </Link>
        ),
    },
    {
      id: 'status',
      header: t('column.state'),
      width: '9.5rem',
      value: (order) => order.status,
      cell: (order) => <OrderStatus order={order} />,
    },
    {
      id: 'message',
      header: t('order.message'),
      from: 'lg',
      value: (order) => order.message,
      cell: (order) => <span className="text-ink-2">{order.message ?? '–'}</span>,
    },
    {
      id: 'by',
      header: t('order.by'),
      from: 'md',
      width: '10rem',
      value: (order) => order.requestedBy,
      cell: (order) => <span className="text-ink-2">{order.requestedBy}</span>,
    },
    {
      id: 'at',
      header: t('order.at'),
      from: 'sm',
      width: '8rem',
      value: (order) => order.createdAt,
      cell: (order) => <RelativeTime at={order.createdAt} className="text-ink-2" />,
    },
  ];
  const narrow = new Set(['what', 'status', 'at']);
  return wide ? columns : columns.filter((column) => narrow.has(column.id));
}
