import type { AuditEntry } from '@cloudatlas/contracts/audit';
import { useQuery } from '@tanstack/react-query';
import { ClipboardList, ScrollText } from 'lucide-react';
import { Suspense, useMemo, useState } from 'react';
import { Link } from 'react-router';
import { lazyNamed } from '@/app/lazy-named.ts';
import { useT } from '@/app/i18n.ts';
import { paths } from '@/app/paths.ts';
import { useDenial, useOrganization } from '@/app/scope.tsx';
import { useFilters } from '@/app/search-params.ts';
import { Page } from '@/app/shell/page.tsx';
import { usePlace } from '@/app/shell/use-place.ts';
import { Button } from '@/ui/button.tsx';
import { DataTable } from '@/ui/data-table/data-table.tsx';
import { OffsetPagination } from '@/ui/pagination.tsx';
import { EmptyState, NoPermission } from '@/ui/states.tsx';
import { ActivityChips, ActivityFilters, filterNames } from '../activity-filters.tsx';
import { useActivityColumns } from '../columns.tsx';
import { periodBounds } from '../period.ts';
import { auditExportUrl, auditQuery, type AuditFilters } from '../queries.ts';
import { VerifyButton } from '../verify-button.tsx';

const EntryPanel = lazyNamed(() => import('../entry-panel.tsx').then((module) => module.EntryPanel));

const pageSizes = [25, 50, 100, 200];

/** Who did what, when, from where, and whether it was allowed. */
export function Activity() {
  const t = useT('audit');
  const denial = useDenial('audit:read');
  return (
    <Page
      title={t('activity.title')}
      description={t('activity.text')}
      actions={
        <>
          <OrdersLink />
          {denial === undefined ? <VerifyButton /> : null}
        </>
      }
    >
      {denial === undefined ? <ActivityTable /> : <NoPermission need={t('activity.title')} />}
    </Page>
  );
}

/** What was asked of the clouds is kept per workspace. */
function OrdersLink() {
  const t = useT('audit');
  const { organization, workspace } = usePlace();
  if (organization === null || workspace === null) return null;
  return (
    <Button asChild>
      <Link to={paths.workspace(organization.slug, workspace.slug, 'orders')}>
        <ClipboardList /> {t('shell:nav.orders')}
      </Link>
    </Button>
  );
}

function ActivityTable() {
  const t = useT('audit');
  const organization = useOrganization();
  const columns = useActivityColumns();
  const [values, setValues] = useFilters([...filterNames, 'offset', 'limit', 'entry']);
  const [now] = useState(Date.now);
  const filters = useMemo<AuditFilters>(
    () => ({
      action: values.action,
      provider: values.provider,
      outcome: values.outcome,
      actor: values.actor,
      ...periodBounds({ period: values.period, from: values.from, to: values.to }, now),
    }),
    [
      values.action,
      values.provider,
      values.outcome,
      values.actor,
      values.period,
      values.from,
      values.to,
      now,
    ],
  );
  const offset = Math.max(0, Math.trunc(Number(values.offset ?? 0)) || 0);
  const wanted = Number(values.limit);
  const limit = pageSizes.includes(wanted) ? wanted : 50;
  const { data, error, refetch } = useQuery(auditQuery(organization.slug, filters, offset, limit));
  const filtered = filterNames.some((name) => values[name] !== undefined);
  const clear = (): void =>
    setValues(Object.fromEntries([...filterNames, 'offset'].map((name) => [name, null])));
  // Another filter starts at its first page.
  const change = (patch: Record<string, string | null>): void => setValues({ ...patch, offset: null });
  const open = data?.items.find((entry) => entry.id === values.entry);

  return (
    <>
      <DataTable<AuditEntry>
        id="activity"
        label={t('activity.title')}
        columns={columns}
        rows={data?.items}
        rowKey={(entry) => entry.id}
        rowName={(entry) => entry.action}
        {...(data === undefined ? {} : { total: data.total })}
        error={error}
        onRetry={() => void refetch()}
        onOpen={(entry) => setValues({ entry: entry.id })}
        openKey={values.entry}
        onExport={() => window.location.assign(auditExportUrl(organization.slug, filters))}
        filters={<ActivityFilters values={values} onChange={change} />}
        chips={filtered ? <ActivityChips values={values} onChange={change} onClear={clear} /> : undefined}
        empty={
          <EmptyState
            icon={ScrollText}
            title={filtered ? t('activity.noMatchTitle') : t('activity.emptyTitle')}
            action={filtered ? <Button onClick={clear}>{t('ui:table.clearFilters')}</Button> : undefined}
          >
            {filtered ? t('activity.noMatchText') : t('activity.emptyText')}
          </EmptyState>
        }
        footer={
          data === undefined || data.total === 0 ? undefined : (
            <OffsetPagination
              offset={offset}
              limit={limit}
              total={data.total}
              onOffset={(next) => setValues({ offset: next === 0 ? null : String(next) })}
              onLimit={(next) => setValues({ limit: String(next), offset: null })}
            />
          )
        }
      />
      {open === undefined ? null : (
        <Suspense fallback={null}>
          <EntryPanel entry={open} onClose={() => setValues({ entry: null })} />
        </Suspense>
      )}
    </>
  );
}
