import type { CloudAccount } from '@cloudatlas/contracts/accounts';
import { useQuery } from '@tanstack/react-query';
import { CloudCog } from 'lucide-react';
import { useMemo } from 'react';
import { Link, useNavigate } from 'react-router';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { useDenial } from '@/app/scope.tsx';
import { Page } from '@/app/shell/page.tsx';
import { useInventoryLive } from '@/features/inventory/live.ts';
import { runsQuery } from '@/features/inventory/queries.ts';
import { RunningSyncs } from '@/features/inventory/sync-progress.tsx';
import { DataTable } from '@/ui/data-table/data-table.tsx';
import type { Column } from '@/ui/data-table/types.ts';
import { EmptyState, NoPermission } from '@/ui/states.tsx';
import { RelativeTime } from '@/ui/values.tsx';
import { ConnectButton } from '../connect-button.tsx';
import { HealthBadge } from '../health-badge.tsx';
import { useLabels } from '../labels.ts';
import { useCloudPaths } from '../paths.ts';
import { ProviderMark } from '../provider-mark.tsx';
import { accountsQuery, useWorkspacePlace } from '../queries.ts';
import { CloudTabs } from '../section.tsx';

/** The connected cloud accounts of the workspace. */
export function Accounts() {
  const t = useT('accounts');
  const denial = useDenial('accounts:read');
  return (
    <Page
      title={t('title')}
      description={t('text')}
      actions={denial === undefined ? <ConnectButton /> : undefined}
    >
      <CloudTabs />
      {denial === undefined ? <AccountTable /> : <NoPermission need={t('title')} />}
    </Page>
  );
}

function AccountTable() {
  const t = useT('accounts');
  const place = useWorkspacePlace();
  const to = useCloudPaths();
  const navigate = useNavigate();
  useInventoryLive();
  const { data, error, refetch } = useQuery(accountsQuery(place));
  const { data: runs } = useQuery(runsQuery(place));
  const lastRuns = useMemo(() => {
    const last = new Map<string, string>();
    for (const run of runs ?? [])
      if (run.finishedAt !== null && !last.has(run.accountId)) last.set(run.accountId, run.finishedAt);
    return last;
  }, [runs]);
  const columns = useColumns(lastRuns);
  return (
    <>
      <RunningSyncs runs={runs} />
      <DataTable<CloudAccount>
        id="cloud-accounts"
        label={t('title')}
        columns={columns}
        rows={data}
        rowKey={(account) => account.id}
        rowName={(account) => account.name}
        error={error}
        onRetry={() => void refetch()}
        onOpen={(account) => void navigate(to.account(account.id))}
        empty={
          <EmptyState icon={CloudCog} title={t('emptyTitle')} action={<ConnectButton />}>
            {t('emptyText')}
          </EmptyState>
        }
      />
    </>
  );
}

function useColumns(lastRuns: ReadonlyMap<string, string>): readonly Column<CloudAccount>[] {
  const t = useT('accounts');
  const format = useFormat();
  const labels = useLabels();
  const to = useCloudPaths();
  return [
    {
      id: 'name',
      header: t('column.name'),
      fixed: true,
      value: (account) => account.name,
      cell: (account) => (
        <Link to={to.account(account.id)} className="font-medium hover:text-accent-text">
          {account.name}
        </Link>
      ),
    },
    {
      id: 'provider',
      header: t('column.provider'),
      from: 'sm',
      width: '8rem',
      value: (account) => labels.provider(account.provider),
      cell: (account) => <ProviderMark id={account.provider} />,
    },
    {
      id: 'nativeId',
      header: t('column.nativeId'),
      from: 'md',
      value: (account) => account.nativeId,
      cell: (account) => <code className="num font-mono text-xs text-ink-2">{account.nativeId}</code>,
    },
    {
      id: 'health',
      header: t('column.health'),
      width: '10rem',
      value: (account) => account.health.status,
      cell: (account) => <HealthBadge account={account} />,
    },
    {
      id: 'permissions',
      header: t('column.permissions'),
      from: 'md',
      value: (account) => account.health.missing,
      cell: (account) => (
        <span className="num text-ink-2">
          {account.health.missing === 0
            ? t('permissions.granted', { formatted: format.number(account.health.granted) })
            : t('permissions.grantedMissing', {
                granted: format.number(account.health.granted),
                missing: format.number(account.health.missing),
              })}
        </span>
      ),
    },
    {
      id: 'synced',
      header: t('column.synced'),
      from: 'lg',
      width: '10rem',
      value: (account) => lastRuns.get(account.id) ?? null,
      cell: (account) => {
        const at = lastRuns.get(account.id);
        return at === undefined ? (
          <span className="text-ink-3">{t('never')}</span>
        ) : (
          <RelativeTime at={at} className="text-ink-2" />
        );
      },
    },
  ];
}
