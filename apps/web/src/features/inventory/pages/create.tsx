import { useQuery } from '@tanstack/react-query';
import { PackagePlus } from 'lucide-react';
import { Suspense } from 'react';
import { useT } from '@/app/i18n.ts';
import { lazyNamed } from '@/app/lazy-named.ts';
import { useDenial } from '@/app/scope.tsx';
import { useFilters } from '@/app/search-params.ts';
import { Page } from '@/app/shell/page.tsx';
import { ConnectButton } from '@/features/accounts/connect-button.tsx';
import { useLabels } from '@/features/accounts/labels.ts';
import { accountsQuery, useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Card } from '@/ui/card.tsx';
import { Combobox } from '@/ui/combobox.tsx';
import { Field } from '@/ui/field.tsx';
import { Select } from '@/ui/select.tsx';
import { Skeleton } from '@/ui/skeleton.tsx';
import { EmptyState, ErrorState, NoPermission } from '@/ui/states.tsx';
import { useInventoryLive } from '../live.ts';
import { creatablesQuery, regionsQuery } from '../queries.ts';

const CreateForm = lazyNamed(() => import('../create/create-form.tsx').then((module) => module.CreateForm));

/** Creates a resource: where, what, how; with its price before it exists. */
export function Create() {
  const t = useT('inventory');
  const denial = useDenial('resources:create');
  return (
    <Page title={t('create.title')} description={t('create.text')}>
      {denial === undefined ? <Choose /> : <NoPermission need={t('create.title')} />}
    </Page>
  );
}

function Choose() {
  const t = useT('inventory');
  const labels = useLabels();
  const place = useWorkspacePlace();
  useInventoryLive();
  const [chosen, setChosen] = useFilters(['account', 'what', 'region']);
  const accounts = useQuery(accountsQuery(place));
  const creatables = useQuery(creatablesQuery(place));
  const usable = accounts.data?.filter((account) => account.enabled && account.features.includes('create'));
  const account = usable?.find(({ id }) => id === chosen.account) ?? usable?.[0];
  const offered = creatables.data?.filter(({ provider }) => provider === account?.provider) ?? [];
  const what = offered.find(({ id }) => id === chosen.what);
  const regions = useQuery(regionsQuery(place, account?.id ?? ''));
  const region = regions.data?.find(({ id }) => id === chosen.region)?.id;

  const failed = accounts.error ?? creatables.error;
  if (failed !== null) {
    return (
      <ErrorState
        error={failed}
        onRetry={() => {
          void accounts.refetch();
          void creatables.refetch();
        }}
      />
    );
  }
  if (usable === undefined || creatables.data === undefined) return <Skeleton className="h-40" />;
  if (account === undefined) {
    return (
      <Card>
        <EmptyState
          icon={PackagePlus}
          title={t('create.noAccountTitle')}
          action={accounts.data?.length === 0 ? <ConnectButton /> : undefined}
        >
          {accounts.data?.length === 0 ? t('create.noAccountText') : t('create.featureOff')}
        </EmptyState>
      </Card>
    );
  }
  return (
    <div className="flex flex-col gap-5">
      <Card>
        <div className="grid gap-4 md:grid-cols-3">
          <Field label={t('column.account')}>
            {(control) => (
              <Select
                {...control}
                value={account.id}
                options={usable.map(({ id, name }) => ({ value: id, label: name }))}
                onChange={(event) => setChosen({ account: event.target.value, region: null })}
              />
            )}
          </Field>
          <Field label={t('create.what')}>
            {(control) => (
              <Select
                {...control}
                value={what?.id ?? ''}
                placeholder={t('create.choose')}
                options={offered.map(({ id, type, label }) => ({
                  value: id,
                  label: id === type ? labels.type(type) : label,
                }))}
                onChange={(event) => setChosen({ what: event.target.value })}
              />
            )}
          </Field>
          <Field
            label={t('column.region')}
            error={regions.error === null ? undefined : t('create.regionsFailed')}
          >
            {(control) => (
              <Combobox
                {...control}
                placeholder={regions.isPending ? t('create.loading') : t('create.choose')}
                value={region ?? ''}
                options={(regions.data ?? []).map(({ id, label }) => ({
                  value: id,
                  label: id,
                  ...(label === id ? {} : { hint: label }),
                }))}
                onChange={(next) => setChosen({ region: next })}
              />
            )}
          </Field>
        </div>
      </Card>
      {what === undefined || region === undefined ? (
        <p className="text-ink-2">{t('create.first')}</p>
      ) : (
        <Suspense fallback={<Skeleton className="h-64!" />}>
          <CreateForm
            key={`${account.id} ${what.id} ${region}`}
            account={account}
            creatable={what}
            region={region}
          />
        </Suspense>
      )}
    </div>
  );
}
