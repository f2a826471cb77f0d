import type { CostAlert } from '@cloudatlas/contracts/cost-control';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { BellRing, CheckCheck } from 'lucide-react';
import { useT } from '@/app/i18n.ts';
import { usePagedRows } from '@/app/paged-rows.tsx';
import { explainError } from '@/app/problem.ts';
import { useDenial } from '@/app/scope.tsx';
import { useFilters } from '@/app/search-params.ts';
import { Page } from '@/app/shell/page.tsx';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { alertsQuery, controlApi, preferencesQuery } from '@/features/costs/control-queries.ts';
import { useCostsLive } from '@/features/costs/live.ts';
import { useCostPaths } from '@/features/costs/paths.ts';
import { costsKey } from '@/features/costs/queries.ts';
import { Badge } from '@/ui/badge.tsx';
import { Button } from '@/ui/button.tsx';
import { Checkbox, Switch } from '@/ui/choice.tsx';
import { DataTable } from '@/ui/data-table/data-table.tsx';
import type { Column } from '@/ui/data-table/types.ts';
import { Select } from '@/ui/select.tsx';
import { EmptyState, NoPermission } from '@/ui/states.tsx';
import { toast } from '@/ui/toast-store.ts';
import { RelativeTime } from '@/ui/values.tsx';
import { Link } from 'react-router';
import { AlertTabs } from '../section.tsx';
import { unreadQuery } from '../unread-query.ts';
import { severityTones, useAlertWords } from '../sentence.ts';

const kinds = ['budget', 'rule', 'anomaly'] as const;

/** Everything that fired, newest first. */
export function Alerts() {
  const t = useT('alerts');
  const denial = useDenial('alerts:read');
  return (
    <Page title={t('title')} description={t('text')} actions={denial === undefined ? <ReadAll /> : undefined}>
      <AlertTabs />
      {denial === undefined ? <Content /> : <NoPermission need={t('title')} />}
    </Page>
  );
}

function useMarkRead() {
  const place = useWorkspacePlace();
  const client = useQueryClient();
  return (body: Parameters<typeof controlApi.markRead>[1]): void => {
    controlApi.markRead(place, body).then(
      () => client.invalidateQueries({ queryKey: costsKey(place, 'alerts') }),
      (error: unknown) => toast.error(explainError(error)),
    );
  };
}

function ReadAll() {
  const t = useT('alerts');
  const { data } = useQuery(unreadQuery(useWorkspacePlace()));
  const mark = useMarkRead();
  return (
    <Button
      disabledReason={data?.unread === 0 ? t('nothingUnread') : undefined}
      onClick={() => mark({ all: true })}
    >
      <CheckCheck /> {t('readAll')}
    </Button>
  );
}

function Content() {
  const t = useT('alerts');
  useCostsLive();
  const mark = useMarkRead();
  const [{ kind, unread, alert }, patch] = useFilters(['kind', 'unread', 'alert']);
  const query = useInfiniteQuery(
    alertsQuery(useWorkspacePlace(), {
      ...(kind === undefined ? {} : { kind }),
      unread: unread === 'true',
    }),
  );
  const paged = usePagedRows(query);
  const filtered = kind !== undefined || unread !== undefined;
  return (
    <>
      <MailPreference />
      <DataTable<CostAlert>
        id="alerts"
        label={t('title')}
        columns={useColumns()}
        {...paged}
        rowKey={(row) => row.id}
        rowName={(row) => row.sourceName}
        openKey={alert}
        onOpen={(row) => {
          if (!row.read) mark({ ids: [row.id] });
          patch({ alert: row.id });
        }}
        renderBulkActions={(selected, clear) => (
          <Button
            size="sm"
            onClick={() => {
              mark({ ids: selected.map(({ id }) => id) });
              clear();
            }}
          >
            <CheckCheck /> {t('markRead')}
          </Button>
        )}
        filters={
          <div className="flex flex-1 flex-wrap items-center gap-3">
            <Select
              dense
              className="w-40"
              aria-label={t('column.kind')}
              placeholder={t('anyKind')}
              value={kind ?? ''}
              onChange={({ target: { value } }) => patch({ kind: value })}
              options={kinds.map((name) => ({ value: name, label: t(`kindName.${name}`) }))}
            />
            <label className="flex items-center gap-2 text-xs">
              <Checkbox
                checked={unread === 'true'}
                onCheckedChange={(on) => patch({ unread: on === true ? 'true' : null })}
              />
              {t('unreadOnly')}
            </label>
          </div>
        }
        empty={
          <EmptyState
            icon={BellRing}
            title={filtered ? t('empty.noMatch') : t('empty.title')}
            action={
              filtered ? (
                <Button onClick={() => patch({ kind: null, unread: null })}>
                  {t('ui:table.clearFilters')}
                </Button>
              ) : (
                <RulesLink />
              )
            }
          >
            {filtered ? t('empty.noMatchText') : t('empty.text')}
          </EmptyState>
        }
      />
    </>
  );
}

function RulesLink() {
  const t = useT('alerts');
  const to = useCostPaths();
  return (
    <Button asChild>
      <Link to={to.alertRules}>{t('empty.action')}</Link>
    </Button>
  );
}

/** Whether alerts also come by mail, for the person who looks. */
function MailPreference() {
  const t = useT('alerts');
  const place = useWorkspacePlace();
  const client = useQueryClient();
  const options = preferencesQuery(place);
  const { data } = useQuery(options);
  const save = (mail: boolean): void => {
    // It takes effect at once; what fails goes back and says so.
    client.setQueryData(options.queryKey, { mail });
    controlApi.savePreferences(place, { mail }).catch((error: unknown) => {
      client.setQueryData(options.queryKey, { mail: !mail });
      toast.error(explainError(error));
    });
  };
  return (
    <label className="flex min-h-6 w-fit items-center gap-2.5">
      <Switch checked={data?.mail ?? false} disabled={data === undefined} onCheckedChange={save} />
      {t('mail')}
    </label>
  );
}

function useColumns(): readonly Column<CostAlert>[] {
  const t = useT('alerts');
  const words = useAlertWords();
  const to = useCostPaths();
  const sourceOf = (alert: CostAlert): string => {
    if (alert.kind === 'budget') return `${to.budgets}?budget=${encodeURIComponent(alert.sourceId)}`;
    if (alert.kind === 'rule') return `${to.alertRules}?rule=${encodeURIComponent(alert.sourceId)}`;
    return to.anomaly(alert.sourceId);
  };
  return [
    {
      id: 'severity',
      header: t('column.severity'),
      width: '7rem',
      sortable: false,
      value: (row) => row.severity,
      cell: (row) => (
        <Badge tone={severityTones[row.severity]} dot>
          {t(`severity.${row.severity}`)}
        </Badge>
      ),
    },
    {
      id: 'what',
      header: t('column.what'),
      fixed: true,
      sortable: false,
      value: (row) => `${words.title(row)}: ${words.text(row)}`,
      cell: (row) => (
        <span title={words.text(row)}>
          {row.read ? null : (
            <span
              className="mr-2 inline-block size-2 rounded-full bg-accent"
              role="img"
              aria-label={t('unread')}
            />
          )}
          <span className={row.read ? 'font-medium' : 'font-semibold'}>{words.title(row)}</span>{' '}
          <span className="text-ink-2">{words.text(row)}</span>
        </span>
      ),
    },
    {
      id: 'source',
      header: t('column.source'),
      width: '8rem',
      from: 'sm',
      sortable: false,
      value: (row) => row.kind,
      cell: (row) => (
        <Link className="text-accent-text hover:underline" to={sourceOf(row)}>
          {t(`kindName.${row.kind}`)}
        </Link>
      ),
    },
    {
      id: 'at',
      header: t('column.at'),
      width: '7.5rem',
      from: 'sm',
      sortable: false,
      value: (row) => row.createdAt,
      cell: (row) => <RelativeTime at={row.createdAt} className="text-ink-2" />,
    },
  ];
}
