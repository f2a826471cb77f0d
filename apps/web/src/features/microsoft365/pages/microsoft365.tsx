import { useQuery } from '@tanstack/react-query';
import { Tags, Users } from 'lucide-react';
import { Link, Outlet } from 'react-router';
import { useT } from '@/app/i18n.ts';
import { useDenial } from '@/app/scope.tsx';
import { Page } from '@/app/shell/page.tsx';
import { ConnectButton } from '@/features/accounts/connect-button.tsx';
import { accountsQuery, useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Gated } from '@/features/costs/control/plan-gate.tsx';
import { useInventoryLive } from '@/features/inventory/live.ts';
import { useProviderPaths } from '@/features/providers/paths.ts';
import { Button } from '@/ui/button.tsx';
import { Card } from '@/ui/card.tsx';
import { SkeletonLines } from '@/ui/skeleton.tsx';
import { EmptyState, ErrorState, NoPermission } from '@/ui/states.tsx';
import { LinkTabs } from '@/ui/tabs.tsx';
import { useMicrosoft365Paths } from '../paths.ts';
import { provider } from '../queries.ts';
import { TenantSelect, useTenants } from '../tenant.tsx';

/** Users, licences, groups and security of the connected tenants. */
export function Microsoft365() {
  const t = useT('microsoft365');
  const to = useMicrosoft365Paths();
  const { prices, provider: providerPage } = useProviderPaths();
  const denial = useDenial('resources:read');
  return (
    <Page
      title={t('title')}
      description={t('text')}
      actions={
        <>
          <TenantSelect />
          <Button asChild>
            <Link to={providerPage(provider)}>{t('providerPage')}</Link>
          </Button>
          <Button asChild>
            <Link to={prices(provider)}>
              <Tags /> {t('prices')}
            </Link>
          </Button>
        </>
      }
    >
      <LinkTabs
        label={t('title')}
        tabs={[
          { to: to.overview, label: t('tab.overview') },
          { to: to.users, label: t('tab.users') },
          { to: to.licences, label: t('tab.licences') },
          { to: to.groups, label: t('tab.groups') },
          { to: to.security, label: t('tab.security') },
        ]}
      />
      {denial === undefined ? (
        <Gated feature="m365" name={t('title')}>
          <Content />
        </Gated>
      ) : (
        <NoPermission need={t('title')} />
      )}
    </Page>
  );
}

function Content() {
  const t = useT('microsoft365');
  useInventoryLive();
  const accounts = useQuery(accountsQuery(useWorkspacePlace()));
  const { tenants } = useTenants();
  if (accounts.error !== null && tenants === undefined)
    return <ErrorState error={accounts.error} onRetry={() => void accounts.refetch()} />;
  if (tenants === undefined)
    return (
      <Card>
        <SkeletonLines lines={6} />
      </Card>
    );
  if (tenants.length === 0)
    return (
      <Card>
        <EmptyState icon={Users} title={t('emptyTitle')} action={<ConnectButton />}>
          {t('emptyText')}
        </EmptyState>
      </Card>
    );
  return <Outlet />;
}
