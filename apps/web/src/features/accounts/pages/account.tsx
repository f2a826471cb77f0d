import type { CloudAccount } from '@cloudatlas/contracts/accounts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound, RefreshCw, ShieldCheck } from 'lucide-react';
import { Suspense, useState } from 'react';
import { useParams } from 'react-router';
import { isApiError } from '@/app/api.ts';
import { useT } from '@/app/i18n.ts';
import { lazyNamed } from '@/app/lazy-named.ts';
import { explainError } from '@/app/problem.ts';
import { useDenial } from '@/app/scope.tsx';
import { NotFound } from '@/app/shell/not-found.tsx';
import { Page } from '@/app/shell/page.tsx';
import { useInventoryLive } from '@/features/inventory/live.ts';
import { inventoryApi, runsQuery } from '@/features/inventory/queries.ts';
import { RunningSyncs } from '@/features/inventory/sync-progress.tsx';
import { Button } from '@/ui/button.tsx';
import { Card } from '@/ui/card.tsx';
import { CopyButton } from '@/ui/copy-button.tsx';
import { Notice } from '@/ui/form.tsx';
import { Skeleton, SkeletonLines } from '@/ui/skeleton.tsx';
import { ErrorState } from '@/ui/states.tsx';
import { toast } from '@/ui/toast-store.ts';
import { RelativeTime } from '@/ui/values.tsx';
import { ProblemText } from '../cloud-problem.tsx';
import { HealthBadge } from '../health-badge.tsx';
import { ProviderMark } from '../provider-mark.tsx';
import {
  accountQuery,
  accountsApi,
  useWorkspacePlace,
  workspaceKey,
  type AccountTestView,
} from '../queries.ts';
import { CloudTabs } from '../section.tsx';

const RunTable = lazyNamed(() =>
  import('@/features/inventory/run-table.tsx').then((module) => module.RunTable),
);
const AccountSettings = lazyNamed(() =>
  import('../account-settings.tsx').then((module) => module.AccountSettings),
);
const PermissionTable = lazyNamed(() =>
  import('../permission-table.tsx').then((module) => module.PermissionTable),
);
const RotateDialog = lazyNamed(() => import('../rotate-dialog.tsx').then((module) => module.RotateDialog));

/** One account: what it is, what CloudAtlas may do, what went wrong, what was read. */
export function Account() {
  const { accountId = '' } = useParams();
  const t = useT('accounts');
  const place = useWorkspacePlace();
  useInventoryLive();
  const { data, error, refetch } = useQuery(accountQuery(place, accountId));
  if (isApiError(error, 'not_found')) return <NotFound />;
  if (data === undefined) {
    return (
      <Page title={t('title')}>
        <CloudTabs />
        {error === null ? (
          <SkeletonLines lines={8} />
        ) : (
          <ErrorState error={error} onRetry={() => void refetch()} />
        )}
      </Page>
    );
  }
  return <Loaded {...data} />;
}

function Loaded({ account, permissions }: AccountTestView) {
  const t = useT('accounts');
  const place = useWorkspacePlace();
  const { data: runs } = useQuery(runsQuery(place));
  const running = runs?.filter((run) => run.accountId === account.id && run.status === 'running');
  return (
    <Page title={account.name} actions={<Actions account={account} syncing={(running?.length ?? 0) > 0} />}>
      <CloudTabs />
      <RunningSyncs runs={running} />
      {account.health.problem === null ? null : (
        <Notice tone="danger">
          <ProblemText problem={account.health.problem} />
        </Notice>
      )}
      <div className="grid min-w-0 items-start gap-5 xl:grid-cols-[minmax(0,1.5fr)_minmax(0,1fr)]">
        <div className="flex min-w-0 flex-col gap-5">
          <Card title={t('permissions.title')} description={t('permissions.text')}>
            {permissions.length === 0 ? (
              <p className="text-ink-2">{t('permissions.none')}</p>
            ) : (
              <Suspense fallback={<Skeleton className="h-60!" />}>
                <PermissionTable permissions={permissions} />
              </Suspense>
            )}
          </Card>
          <section className="flex min-w-0 flex-col gap-3">
            <h2 className="text-base font-semibold tracking-tight">{t('runs')}</h2>
            <Suspense fallback={<Skeleton className="h-40!" />}>
              <RunTable accountId={account.id} />
            </Suspense>
          </section>
        </div>
        <div className="flex min-w-0 flex-col gap-5">
          <Facts account={account} />
          <Suspense fallback={<Skeleton className="h-40!" />}>
            <AccountSettings key={account.name} account={account} />
          </Suspense>
        </div>
      </div>
    </Page>
  );
}

function Facts({ account }: { account: CloudAccount }) {
  const t = useT('accounts');
  const rows = [
    [t('column.health'), <HealthBadge key="health" account={account} />],
    [t('column.provider'), <ProviderMark key="provider" id={account.provider} />],
    [t('column.nativeId'), <Copyable key="native" text={account.nativeId} name={t('column.nativeId')} />],
    [t('fact.principal'), <Copyable key="principal" text={account.principal} name={t('fact.principal')} />],
    ...(account.endpoint === null ? [] : [[t('fact.endpoint'), account.endpoint] as const]),
    [t('fact.credentials'), <RelativeTime key="credentials" at={account.credentialsChangedAt} />],
    [t('fact.connected'), <RelativeTime key="connected" at={account.createdAt} />],
    ...(account.health.checkedAt === null
      ? []
      : [[t('fact.tested'), <RelativeTime key="tested" at={account.health.checkedAt} />] as const]),
  ] as const;
  return (
    <Card title={t('facts')}>
      <dl className="grid grid-cols-[8.5rem_minmax(0,1fr)] gap-x-4 gap-y-2">
        {rows.map(([term, value]) => (
          <div key={term} className="contents">
            <dt className="text-ink-3">{term}</dt>
            <dd className="min-w-0">{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

function Copyable({ text, name }: { text: string; name: string }) {
  const t = useT('accounts');
  return (
    <span className="flex min-w-0 items-center gap-1">
      <code className="truncate font-mono text-xs">{text}</code>
      <CopyButton text={text} name={t('copy', { name })} />
    </span>
  );
}

function Actions({ account, syncing }: { account: CloudAccount; syncing: boolean }) {
  const t = useT('accounts');
  const place = useWorkspacePlace();
  const client = useQueryClient();
  const mayWrite = useDenial('accounts:write');
  const mayOperate = useDenial('resources:operate');
  const [rotating, setRotating] = useState(false);
  const refresh = () => client.invalidateQueries({ queryKey: workspaceKey(place) });
  const test = useMutation({
    mutationFn: () => accountsApi.test(place, account.id),
    onSuccess: async ({ account: tested }) => {
      if (tested.health.status === 'failing') toast.error(t('tested.failing'));
      else if (tested.health.missing > 0) toast.info(t('tested.missing', { count: tested.health.missing }));
      else toast.success(t('tested.ok'));
      await refresh();
    },
    onError: (error) => toast.error(explainError(error)),
  });
  const sync = useMutation({
    mutationFn: () => inventoryApi.sync(place, [account.id]),
    onSuccess: refresh,
    onError: (error) => toast.error(explainError(error)),
  });
  const disabled = account.enabled ? undefined : t('isDisabled');
  return (
    <>
      <Button disabledReason={mayWrite ?? disabled} loading={test.isPending} onClick={() => test.mutate()}>
        <ShieldCheck /> {t('test')}
      </Button>
      <Button disabledReason={mayWrite} onClick={() => setRotating(true)}>
        <KeyRound /> {t('rotate.action')}
      </Button>
      <Button
        variant="primary"
        disabledReason={mayOperate ?? disabled ?? (syncing ? t('isSyncing') : undefined)}
        loading={sync.isPending}
        onClick={() => sync.mutate()}
      >
        <RefreshCw /> {t('syncNow')}
      </Button>
      {rotating ? (
        <Suspense fallback={null}>
          <RotateDialog account={account} onClose={() => setRotating(false)} onRotated={refresh} />
        </Suspense>
      ) : null}
    </>
  );
}
