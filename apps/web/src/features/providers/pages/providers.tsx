import { Link } from 'react-router';
import { Sparkline } from '@/charts/sparkline.tsx';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { useDenial } from '@/app/scope.tsx';
import { Page } from '@/app/shell/page.tsx';
import { ConnectButton } from '@/features/accounts/connect-button.tsx';
import { useLabels } from '@/features/accounts/labels.ts';
import { ProviderMark } from '@/features/accounts/provider-mark.tsx';
import { CloudTabs } from '@/features/accounts/section.tsx';
import { useInventoryLive } from '@/features/inventory/live.ts';
import { Card, Stat } from '@/ui/card.tsx';
import { Skeleton } from '@/ui/skeleton.tsx';
import { ErrorState, NoPermission } from '@/ui/states.tsx';
import { MonthCost } from '../costs.tsx';
import { healthOf, useProviderFigures, type ProviderFigures } from '../figures.ts';
import { ProviderHealth } from '../health.tsx';
import { useProviderPaths } from '../paths.ts';

/** All providers side by side: how much there is, what it costs, what could be saved, whether they answer. */
export function Providers() {
  const t = useT('providers');
  const denial = useDenial('resources:read');
  return (
    <Page title={t('title')} description={t('text')} actions={<ConnectButton />}>
      <CloudTabs />
      {denial === undefined ? <Cards /> : <NoPermission need={t('title')} />}
    </Page>
  );
}

function Cards() {
  useInventoryLive();
  const { figures, error, retry } = useProviderFigures();
  if (error !== null) return <ErrorState error={error} onRetry={retry} />;
  return (
    <ul className="grid gap-5 md:grid-cols-2">
      {figures === undefined
        ? Array.from({ length: 4 }, (_, index) => (
            <li key={index}>
              <Skeleton className="h-52!" />
            </li>
          ))
        : figures.map((provider) => (
            <li key={provider.id} className="flex min-w-0">
              {provider.accounts.length === 0 ? (
                <NotConnected id={provider.id} />
              ) : (
                <Connected provider={provider} />
              )}
            </li>
          ))}
    </ul>
  );
}

function Connected({ provider }: { provider: ProviderFigures }) {
  const t = useT('providers');
  const format = useFormat();
  const labels = useLabels();
  const to = useProviderPaths();
  const { id, accounts, saving } = provider;
  const own = to.own(id);
  return (
    <Card
      className="w-full"
      title={
        <Link to={to.provider(id)} className="hover:text-accent-text">
          <ProviderMark id={id} />
        </Link>
      }
      actions={<ProviderHealth health={healthOf(accounts)} />}
      footer={
        <span className="flex w-full flex-wrap gap-x-5 gap-y-1 font-medium text-accent-text">
          <Link to={to.provider(id)} className="hover:underline">
            {t('open', { provider: labels.provider(id) })}
          </Link>
          {own === undefined ? null : (
            <Link to={own} className="hover:underline">
              {t('ownPages')}
            </Link>
          )}
        </span>
      }
    >
      <dl className="grid grid-cols-2 gap-x-6 gap-y-4">
        <Stat label={t('costs')} value={<MonthCost costs={provider.costs} />} />
        <Stat
          label={t('saving')}
          value={saving === undefined ? '–' : format.money(saving.amount, saving.currency)}
          hint={
            saving === undefined
              ? undefined
              : t('findings', { count: saving.count, formatted: format.number(saving.count) })
          }
        />
        <Stat
          label={t('resources')}
          value={format.number(provider.resources)}
          hint={t('services', { count: provider.services, formatted: format.number(provider.services) })}
        />
        <Stat
          label={t('accounts')}
          value={format.number(accounts.length)}
          hint={
            <span className="block truncate" title={format.list(accounts.map(({ name }) => name))}>
              {format.list(accounts.map(({ name }) => name))}
            </span>
          }
        />
      </dl>
      {provider.trend.length < 2 ? null : (
        <div className="mt-4 overflow-hidden">
          <Sparkline
            fromZero
            label={t('trendLabel', { provider: labels.provider(id) })}
            values={provider.trend}
            color={`var(--${id}, var(--series-8))`}
            width={480}
            height={40}
          />
        </div>
      )}
    </Card>
  );
}

function NotConnected({ id }: { id: string }) {
  const t = useT('providers');
  return (
    <Card className="w-full" title={<ProviderMark id={id} />}>
      <p className="text-ink-2">{t('notConnected')}</p>
      <div className="mt-4 flex">
        <ConnectButton />
      </div>
    </Card>
  );
}
