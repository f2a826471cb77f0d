import { Link, useParams } from 'react-router';
import { CloudCog } from 'lucide-react';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { useDenial } from '@/app/scope.tsx';
import { NotFound } from '@/app/shell/not-found.tsx';
import { Page } from '@/app/shell/page.tsx';
import { ConnectButton } from '@/features/accounts/connect-button.tsx';
import { useLabels } from '@/features/accounts/labels.ts';
import { useProviders } from '@/features/accounts/queries.ts';
import { CloudTabs } from '@/features/accounts/section.tsx';
import { useInventoryLive } from '@/features/inventory/live.ts';
import { Button } from '@/ui/button.tsx';
import { Card, Stat } from '@/ui/card.tsx';
import { Skeleton } from '@/ui/skeleton.tsx';
import { EmptyState, ErrorState, NoPermission } from '@/ui/states.tsx';
import { MonthCost } from '../costs.tsx';
import { healthOf, useProviderFigures, type ProviderFigures } from '../figures.ts';
import { ProviderHealth } from '../health.tsx';
import { useProviderPaths } from '../paths.ts';
import { ProviderAccounts } from '../provider/accounts.tsx';
import { CostTrend } from '../provider/cost-trend.tsx';
import { Findings } from '../provider/findings.tsx';
import { Problems } from '../provider/problems.tsx';
import { Services } from '../provider/services.tsx';
import { TopResources } from '../provider/top-resources.tsx';

/** One provider: its accounts, what is in them, what it costs, what to do. The same page for every provider. */
export function Provider() {
  const t = useT('providers');
  const { provider = '' } = useParams();
  const labels = useLabels();
  const to = useProviderPaths();
  const denial = useDenial('resources:read');
  const own = to.own(provider);
  const { data: providers } = useProviders();
  if (providers !== undefined && !providers.some(({ id }) => id === provider)) return <NotFound />;
  return (
    <Page
      title={labels.provider(provider)}
      actions={
        own === undefined ? undefined : (
          <Button asChild>
            <Link to={own}>{t('ownPages')}</Link>
          </Button>
        )
      }
    >
      <CloudTabs />
      {denial === undefined ? <Loaded id={provider} /> : <NoPermission need={t('title')} />}
    </Page>
  );
}

function Loaded({ id }: { id: string }) {
  const t = useT('providers');
  useInventoryLive();
  const { figures, error, retry } = useProviderFigures();
  if (error !== null) return <ErrorState error={error} onRetry={retry} />;
  if (figures === undefined) return <Skeleton className="h-64!" />;
  const found = figures.find((one) => one.id === id);
  if (found === undefined || found.accounts.length === 0)
    return (
      <Card>
        <EmptyState icon={CloudCog} title={t('emptyTitle')} action={<ConnectButton />}>
          {t('notConnected')}
        </EmptyState>
      </Card>
    );
  return <Parts provider={found} />;
}

function Parts({ provider }: { provider: ProviderFigures }) {
  const t = useT('providers');
  const format = useFormat();
  const { id, accounts, saving } = provider;
  const mayCosts = useDenial('costs:read') === undefined;
  const mayFindings = useDenial('finops:read') === undefined;
  return (
    <>
      <Card>
        <dl className="grid grid-cols-2 gap-x-6 gap-y-5 md:grid-cols-4">
          <Stat label={t('costs')} value={<MonthCost costs={provider.costs} />} />
          <Stat
            label={t('saving')}
            value={saving === undefined ? '–' : format.money(saving.amount, saving.currency)}
          />
          <Stat
            label={t('resources')}
            value={format.number(provider.resources)}
            hint={t('regions', { count: provider.regions, formatted: format.number(provider.regions) })}
          />
          <Stat label={t('health')} value={<ProviderHealth health={healthOf(accounts)} />} />
        </dl>
      </Card>
      <Problems accounts={accounts} />
      {mayCosts ? <CostTrend provider={id} /> : null}
      <div className="grid min-w-0 items-start gap-5 lg:grid-cols-2">
        {mayFindings ? <Findings provider={id} /> : null}
        <TopResources provider={id} />
      </div>
      <Services provider={id} />
      <ProviderAccounts accounts={accounts} />
    </>
  );
}
