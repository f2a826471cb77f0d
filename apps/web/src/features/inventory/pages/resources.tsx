import type { ResourceRow } from '@cloudatlas/contracts/inventory';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Boxes, Plus, RefreshCw } from 'lucide-react';
import { Suspense, useMemo } from 'react';
import { Link, Outlet, useNavigate, useParams } from 'react-router';
import { useT } from '@/app/i18n.ts';
import { lazyNamed } from '@/app/lazy-named.ts';
import { explainError } from '@/app/problem.ts';
import { SavedViews } from '@/app/saved-views/saved-views.tsx';
import { useDenial } from '@/app/scope.tsx';
import { Page } from '@/app/shell/page.tsx';
import { ConnectButton } from '@/features/accounts/connect-button.tsx';
import { useCloudPaths } from '@/features/accounts/paths.ts';
import { accountsQuery, useWorkspacePlace, workspaceKey } from '@/features/accounts/queries.ts';
import { CloudTabs } from '@/features/accounts/section.tsx';
import { Button } from '@/ui/button.tsx';
import { DataTable } from '@/ui/data-table/data-table.tsx';
import { LoadMore } from '@/ui/pagination.tsx';
import { EmptyState, NoPermission } from '@/ui/states.tsx';
import { toast } from '@/ui/toast-store.ts';
import { useResourceColumns } from '../columns.tsx';
import { ResourceChips, ResourceFilterBar } from '../filter-bar.tsx';
import { useResourceFilters } from '../filters.ts';
import { useInventoryLive } from '../live.ts';
import { inventoryApi, resourcesCsvUrl, resourcesQuery, runsQuery, viewsUrl } from '../queries.ts';
import { RunningSyncs } from '../sync-progress.tsx';

const BulkOperations = lazyNamed(() =>
  import('../bulk-operations.tsx').then((module) => module.BulkOperations),
);

/** Everything in every connected account; the detail of one opens beside it. */
export function Resources() {
  const t = useT('inventory');
  const denial = useDenial('resources:read');
  return (
    <Page title={t('title')} actions={denial === undefined ? <Actions /> : undefined}>
      <CloudTabs />
      {denial === undefined ? <ResourceTable /> : <NoPermission need={t('title')} />}
    </Page>
  );
}

function Actions() {
  const t = useT('inventory');
  const to = useCloudPaths();
  const place = useWorkspacePlace();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [{ sortedSearch }] = useResourceFilters();
  const mayCreate = useDenial('resources:create');
  const mayOperate = useDenial('resources:operate');
  const { data: accounts } = useQuery(accountsQuery(place));
  const { data: runs } = useQuery(runsQuery(place));
  const syncing = runs?.some((run) => run.status === 'running') ?? false;
  const none = accounts?.length === 0 ? t('needsAccount') : undefined;
  const sync = useMutation({
    mutationFn: () => inventoryApi.sync(place),
    onSuccess: () => client.invalidateQueries({ queryKey: workspaceKey(place, 'runs') }),
    onError: (error) => toast.error(explainError(error)),
  });
  const create = (
    <>
      <Plus /> {t('create.action')}
    </>
  );
  return (
    <>
      <SavedViews
        url={viewsUrl(place)}
        search={sortedSearch === '' ? null : sortedSearch}
        onOpen={(search) => void navigate(`${to.resources}?${search}`)}
      />
      <Button
        loading={sync.isPending}
        disabledReason={mayOperate ?? none ?? (syncing ? t('sync.under') : undefined)}
        onClick={() => sync.mutate()}
      >
        <RefreshCw /> {t('sync.now')}
      </Button>
      {mayCreate === undefined && none === undefined ? (
        <Button asChild variant="primary">
          <Link to={to.create}>{create}</Link>
        </Button>
      ) : (
        <Button variant="primary" disabledReason={mayCreate ?? none}>
          {create}
        </Button>
      )}
    </>
  );
}

function ResourceTable() {
  const t = useT('inventory');
  const place = useWorkspacePlace();
  const to = useCloudPaths();
  const navigate = useNavigate();
  const { resourceId } = useParams();
  const [filters, actions] = useResourceFilters();
  useInventoryLive();
  const { data: accounts } = useQuery(accountsQuery(place));
  const { data: runs } = useQuery(runsQuery(place));
  const query = useInfiniteQuery(resourcesQuery(place, filters.sortedSearch));
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items), [query.data]);
  const columns = useResourceColumns(filters.sortedSearch);
  const search = filters.sortedSearch === '' ? '' : `?${filters.sortedSearch}`;
  const total = query.data?.pages[0]?.total;
  const more = (): void => {
    if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
  };
  return (
    <>
      <RunningSyncs runs={runs} />
      <DataTable<ResourceRow>
        id="resources"
        label={t('title')}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
        rowName={(row) => row.name}
        {...(total === undefined ? {} : { total })}
        error={query.error}
        onRetry={() => void query.refetch()}
        serverSort={{ sort: filters.sort ?? { column: 'name', direction: 'asc' }, onSort: actions.setSort }}
        onNearEnd={more}
        onOpen={(row) => void navigate(to.resource(row.id, search), { preventScrollReset: true })}
        openKey={resourceId}
        onExport={() => window.location.assign(resourcesCsvUrl(place, filters.search))}
        filters={<ResourceFilterBar filters={filters} actions={actions} />}
        chips={filters.active ? <ResourceChips filters={filters} actions={actions} /> : undefined}
        renderBulkActions={(selected, clear) => (
          <Suspense fallback={null}>
            <BulkOperations selected={selected} onDone={clear} />
          </Suspense>
        )}
        empty={
          filters.active ? (
            <EmptyState
              icon={Boxes}
              title={t('empty.noMatchTitle')}
              action={<Button onClick={actions.clear}>{t('ui:table.clearFilters')}</Button>}
            >
              {t('empty.noMatchText')}
            </EmptyState>
          ) : accounts?.length === 0 ? (
            <EmptyState icon={Boxes} title={t('empty.noAccountTitle')} action={<ConnectButton />}>
              {t('empty.noAccountText')}
            </EmptyState>
          ) : (
            <EmptyState icon={Boxes} title={t('empty.title')}>
              {t('empty.text')}
            </EmptyState>
          )
        }
        footer={
          rows === undefined || rows.length === 0 ? undefined : (
            <LoadMore
              shown={rows.length}
              hasMore={query.hasNextPage}
              loading={query.isFetchingNextPage}
              onMore={more}
            />
          )
        }
      />
      <Outlet />
    </>
  );
}
