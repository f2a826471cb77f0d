import { useQuery } from '@tanstack/react-query';
import { ArrowLeft, Tags } from 'lucide-react';
import { Link, useParams } from 'react-router';
import { isApiError } from '@/app/api.ts';
import { useT } from '@/app/i18n.ts';
import { useDenial, useOrganization } from '@/app/scope.tsx';
import { Page } from '@/app/shell/page.tsx';
import { useLabels } from '@/features/accounts/labels.ts';
import { useDays } from '@/features/costs/days.ts';
import { Button } from '@/ui/button.tsx';
import { Card } from '@/ui/card.tsx';
import { SkeletonLines } from '@/ui/skeleton.tsx';
import { EmptyState, ErrorState, NoPermission } from '@/ui/states.tsx';
import { useProviderPaths } from '../paths.ts';
import { PriceForm } from '../prices/price-form.tsx';
import { priceListQuery } from '../prices/queries.ts';

/** What a seat costs a month: the provider's list, and what the organization pays in its place. */
export function Prices() {
  const t = useT('providers');
  const { provider = '' } = useParams();
  const labels = useLabels();
  const to = useProviderPaths();
  const denial = useDenial('costs:read');
  const back = to.own(provider) ?? to.provider(provider);
  return (
    <Page
      title={t('prices.title', { provider: labels.provider(provider) })}
      description={t('prices.text')}
      actions={
        <Button asChild>
          <Link to={back}>
            <ArrowLeft /> {labels.provider(provider)}
          </Link>
        </Button>
      }
    >
      {denial === undefined ? (
        <Loaded provider={provider} />
      ) : (
        <NoPermission need={t('prices.title', { provider: labels.provider(provider) })} />
      )}
    </Page>
  );
}

function Loaded({ provider }: { provider: string }) {
  const t = useT('providers');
  const days = useDays();
  const { slug } = useOrganization();
  const { data, error, refetch } = useQuery(priceListQuery(slug, provider));
  if (isApiError(error, 'not_found'))
    return (
      <Card>
        <EmptyState icon={Tags} title={t('prices.noneTitle')}>
          {t('prices.noneText')}
        </EmptyState>
      </Card>
    );
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data === undefined)
    return (
      <Card>
        <SkeletonLines lines={8} />
      </Card>
    );
  return (
    <>
      <PriceForm key={data.changedAt ?? ''} list={data} />
      <p className="text-xs text-ink-3">{t('prices.asOf', { day: days.day(data.asOf) })}</p>
    </>
  );
}
