import type { RecommendationRow, Scan } from '@cloudatlas/contracts/finops';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Download, PartyPopper, PiggyBank, SearchX } from 'lucide-react';
import { Suspense, useMemo } from 'react';
import { Link, Outlet, useNavigate, useParams } from 'react-router';
import { currentLanguage, useT } from '@/app/i18n.ts';
import { lazyNamed } from '@/app/lazy-named.ts';
import { SavedViews } from '@/app/saved-views/saved-views.tsx';
import { useDenial } from '@/app/scope.tsx';
import { Page } from '@/app/shell/page.tsx';
import { ConnectButton } from '@/features/accounts/connect-button.tsx';
import { accountsQuery, useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Button } from '@/ui/button.tsx';
import { DataTable } from '@/ui/data-table/data-table.tsx';
import { Menu, MenuItem } from '@/ui/menu.tsx';
import { LoadMore } from '@/ui/pagination.tsx';
import { EmptyState, NoPermission } from '@/ui/states.tsx';
import { useSavingsFilters, type FilterActions, type SavingsFilters } from '../filters.ts';
import { useSavingsPaths } from '../paths.ts';
import { exportUrl, lookEveryMs, recommendationsQuery, summaryQuery, viewsUrl } from '../queries.ts';
import { useFindingColumns } from '../report/columns.tsx';
import { SavingsChips, SavingsFilterBar } from '../report/filter-bar.tsx';
import { Headline } from '../report/headline.tsx';
import { HiddenNote } from '../report/hidden-note.tsx';
import { SavedFilters } from '../report/saved-filters.tsx';
import { ScanButton, ScanProgress, useNewestScan } from '../report/scan.tsx';
import { SavingsTabs } from '../section.tsx';

const BulkActions = lazyNamed(() => import('../act/bulk.tsx').then((module) => module.BulkActions));

/** What could be saved, largest first; the proof of one finding opens beside it. */
export function Savings() {
  const t = useT('savings');
  const denial = useDenial('finops:read');
  return (
    <Page title={t('title')} actions={denial === undefined ? <Actions /> : undefined}>
      <SavingsTabs />
      {denial === undefined ? <Report /> : <NoPermission need={t('title')} />}
    </Page>
  );
}

function Actions() {
  const t = useT('savings');
  const place = useWorkspacePlace();
  const [filters, { show }] = useSavingsFilters();
  const download = (format: 'csv' | 'pdf'): void =>
    window.location.assign(exportUrl(place, format, filters.search, currentLanguage()));
  return (
    <>
      <SavedViews url={viewsUrl(place)} search={filters.active ? filters.search : null} onOpen={show} />
      <Menu
        label={t('export.action')}
        trigger={
          <Button>
            <Download /> {t('export.action')}
          </Button>
        }
      >
        <MenuItem onSelect={() => download('csv')}>{t('export.csv')}</MenuItem>
        <MenuItem onSelect={() => download('pdf')}>{t('export.pdf')}</MenuItem>
      </Menu>
      <ScanButton primary />
    </>
  );
}

function Report() {
  const t = useT('savings');
  const place = useWorkspacePlace();
  const to = useSavingsPaths();
  const navigate = useNavigate();
  const { recommendationId } = useParams();
  const [filters, actions] = useSavingsFilters();
  const scan = useNewestScan();
  const { data: summary } = useQuery(summaryQuery(place));
  const query = useInfiniteQuery({
    ...recommendationsQuery(place, filters.sortedSearch),
    // What is being applied changes by itself.
    refetchInterval: ({ state }) =>
      state.data?.pages.some((page) => page.items.some((row) => row.status === 'applying')) === true
        ? 2 * lookEveryMs
        : false,
  });
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items), [query.data]);
  const columns = useFindingColumns(filters.sortedSearch);
  const [first] = query.data?.pages ?? [];
  const more = (): void => {
    if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
  };
  return (
    <>
      <Headline summary={summary} />
      <ScanProgress scan={scan} />
      <HiddenNote hidden={first?.hidden ?? 0} shown={rows ?? []} summary={summary} />
      <SavedFilters filters={filters} actions={actions} />
      <DataTable<RecommendationRow>
        id="findings"
        label={t('title')}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
        rowName={(row) => row.resource.name}
        {...(first === undefined ? {} : { total: first.total })}
        error={query.error}
        onRetry={() => void query.refetch()}
        serverSort={{ sort: filters.sort, onSort: actions.setSort }}
        onNearEnd={more}
        onOpen={(row) =>
          void navigate(to.recommendation(row.id, filters.sortedSearch), { preventScrollReset: true })
        }
        openKey={recommendationId}
        onExport={() => window.location.assign(exportUrl(place, 'csv', filters.search, currentLanguage()))}
        filters={<SavingsFilterBar filters={filters} actions={actions} summary={summary} />}
        chips={
          filters.active ? <SavingsChips filters={filters} actions={actions} summary={summary} /> : undefined
        }
        renderBulkActions={(selected, clear) => (
          <Suspense fallback={null}>
            <BulkActions selected={selected} onDone={clear} />
          </Suspense>
        )}
        empty={
          <Nothing filters={filters} actions={actions} scan={scan} scanned={summary?.lastScanAt ?? null} />
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

interface NothingProps {
  filters: SavingsFilters;
  actions: FilterActions;
  scan: Scan | undefined;
  scanned: string | null;
}

/** Why the list is empty, and the next step. */
function Nothing({ filters, actions, scan, scanned }: NothingProps) {
  const t = useT('savings');
  const to = useSavingsPaths();
  const { data: accounts } = useQuery(accountsQuery(useWorkspacePlace()));
  if (filters.active)
    return (
      <EmptyState
        icon={SearchX}
        title={t('empty.noMatchTitle')}
        action={<Button onClick={actions.clear}>{t('ui:table.clearFilters')}</Button>}
      >
        {t('empty.noMatchText')}
      </EmptyState>
    );
  if (accounts?.length === 0)
    return (
      <EmptyState icon={PiggyBank} title={t('empty.noAccountTitle')} action={<ConnectButton />}>
        {t('empty.noAccountText')}
      </EmptyState>
    );
  if (scanned === null)
    return (
      <EmptyState icon={PiggyBank} title={t('empty.noScanTitle')} action={<ScanButton primary />}>
        {scan?.status === 'running' ? t('empty.scanning') : t('empty.noScanText')}
      </EmptyState>
    );
  return (
    <EmptyState
      icon={PartyPopper}
      title={t('empty.cleanTitle')}
      action={
        <Button asChild>
          <Link to={to.whyNot()}>{t('empty.whyNot')}</Link>
        </Button>
      }
    >
      {t('empty.cleanText')}
    </EmptyState>
  );
}
