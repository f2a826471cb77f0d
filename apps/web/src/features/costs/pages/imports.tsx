import type { CostImport } from '@cloudatlas/contracts/cost-imports';
import { useInfiniteQuery } from '@tanstack/react-query';
import { FileSpreadsheet } from 'lucide-react';
import { Outlet, useNavigate, useParams } from 'react-router';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { usePagedRows } from '@/app/paged-rows.tsx';
import { useDenial } from '@/app/scope.tsx';
import { Page } from '@/app/shell/page.tsx';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { DataTable } from '@/ui/data-table/data-table.tsx';
import type { Column } from '@/ui/data-table/types.ts';
import { EmptyState, NoPermission } from '@/ui/states.tsx';
import { RelativeTime } from '@/ui/values.tsx';
import { importsQuery } from '../import-queries.ts';
import { ActiveUploads } from '../imports/active.tsx';
import { Dropzone } from '../imports/dropzone.tsx';
import { Sources } from '../imports/sources.tsx';
import { ImportStatusView } from '../imports/status.tsx';
import { useCostsLive } from '../live.ts';
import { useCostPaths } from '../paths.ts';
import { CostTabs } from '../section.tsx';

/** Where costs come from: files, and what connected accounts deliver. */
export function Imports() {
  const t = useT('costs');
  const denial = useDenial('costs:read');
  return (
    <Page title={t('imports.title')} description={t('imports.text')}>
      <CostTabs />
      {denial === undefined ? <Content /> : <NoPermission need={t('imports.title')} />}
    </Page>
  );
}

function Content() {
  useCostsLive();
  return (
    <>
      <Dropzone />
      <ActiveUploads />
      <ImportTable />
      <Sources />
      <Outlet />
    </>
  );
}

function ImportTable() {
  const t = useT('costs');
  const to = useCostPaths();
  const navigate = useNavigate();
  const { importId } = useParams();
  const query = useInfiniteQuery(importsQuery(useWorkspacePlace()));
  const paged = usePagedRows(query);
  return (
    <DataTable<CostImport>
      id="cost-imports"
      label={t('imports.list')}
      columns={useColumns()}
      {...paged}
      rowKey={(row) => row.id}
      rowName={nameOf}
      onOpen={(row) => void navigate(to.import(row.id), { preventScrollReset: true })}
      openKey={importId}
      empty={
        <EmptyState icon={FileSpreadsheet} title={t('imports.emptyTitle')}>
          {t('imports.emptyText')}
        </EmptyState>
      }
    />
  );
}

const nameOf = (row: CostImport): string =>
  row.files.length === 0 ? (row.account?.name ?? row.id) : row.files.map(({ name }) => name).join(', ');

function useColumns(): readonly Column<CostImport>[] {
  const t = useT('costs');
  const format = useFormat();
  const count = (value: number | undefined) => (
    <span className="num">{value === undefined ? '–' : format.number(value)}</span>
  );
  return [
    {
      id: 'name',
      header: t('imports.column.name'),
      fixed: true,
      sortable: false,
      value: nameOf,
      cell: (row) => (
        <span className="font-medium" title={nameOf(row)}>
          {nameOf(row)}
        </span>
      ),
    },
    {
      id: 'status',
      header: t('imports.column.status'),
      width: '9rem',
      sortable: false,
      value: (row) => row.status,
      cell: (row) => <ImportStatusView entry={row} />,
    },
    {
      id: 'origin',
      header: t('imports.column.origin'),
      width: '9rem',
      from: 'lg',
      sortable: false,
      value: (row) => row.origin,
      cell: (row) => <span className="text-ink-2">{t(`import.origin.${row.origin}`)}</span>,
    },
    {
      id: 'accepted',
      header: t('imports.column.accepted'),
      width: '7rem',
      from: 'sm',
      align: 'right',
      sortable: false,
      value: (row) => row.rows?.accepted ?? null,
      cell: (row) => count(row.rows?.accepted),
    },
    {
      id: 'repaired',
      header: t('imports.column.repaired'),
      width: '7rem',
      from: 'md',
      align: 'right',
      sortable: false,
      value: (row) => row.rows?.repaired ?? null,
      cell: (row) => count(row.rows?.repaired),
    },
    {
      id: 'refused',
      header: t('imports.column.refused'),
      width: '7rem',
      from: 'sm',
      align: 'right',
      sortable: false,
      value: (row) => row.rows?.refused ?? null,
      cell: (row) => count(row.rows?.refused),
    },
    {
      id: 'by',
      header: t('imports.column.by'),
      width: '11rem',
      from: 'lg',
      hidden: true,
      sortable: false,
      value: (row) => row.requestedBy,
      cell: (row) => row.requestedBy,
    },
    {
      id: 'at',
      header: t('imports.column.at'),
      width: '7.5rem',
      from: 'sm',
      sortable: false,
      value: (row) => row.createdAt,
      cell: (row) => <RelativeTime at={row.createdAt} className="text-ink-2" />,
    },
  ];
}
