import { useQuery } from '@tanstack/react-query';
import { useT } from '@/app/i18n.ts';
import { useDenial } from '@/app/scope.tsx';
import { Page } from '@/app/shell/page.tsx';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Card } from '@/ui/card.tsx';
import { SkeletonLines } from '@/ui/skeleton.tsx';
import { ErrorState, NoPermission } from '@/ui/states.tsx';
import { Rates } from '../control/rates.tsx';
import { SettingsForm } from '../control/settings-form.tsx';
import { settingsQuery } from '../queries.ts';
import { CostTabs } from '../section.tsx';

/** Display currency, closed months, how long costs are kept, and exchange rates. */
export function CostSettingsPage() {
  const t = useT('costs');
  const denial = useDenial('costs:read');
  return (
    <Page title={t('settings.title')} description={t('settings.text')}>
      <CostTabs />
      {denial === undefined ? <Content /> : <NoPermission need={t('settings.title')} />}
    </Page>
  );
}

function Content() {
  const { data, error, refetch } = useQuery(settingsQuery(useWorkspacePlace()));
  return (
    <>
      {data !== undefined ? (
        <SettingsForm settings={data} />
      ) : error === null ? (
        <Card>
          <SkeletonLines lines={6} />
        </Card>
      ) : (
        <ErrorState error={error} onRetry={() => void refetch()} />
      )}
      <Rates />
    </>
  );
}
