import type { AccountCheck, CloudAccount } from '@cloudatlas/contracts/accounts';
import { useQueryClient } from '@tanstack/react-query';
import { Suspense, useState } from 'react';
import { useT } from '@/app/i18n.ts';
import { lazyNamed } from '@/app/lazy-named.ts';
import { useDenial } from '@/app/scope.tsx';
import { Page } from '@/app/shell/page.tsx';
import { Card } from '@/ui/card.tsx';
import { Stepper } from '@/ui/progress.tsx';
import { SkeletonLines } from '@/ui/skeleton.tsx';
import { ErrorState, NoPermission } from '@/ui/states.tsx';
import {
  allFeatures,
  useProviders,
  useWorkspacePlace,
  workspaceKey,
  type CheckAccount,
  type Feature,
} from '../queries.ts';
import { ProviderStep } from '../connect/provider-step.tsx';
import { useCredentials } from '../use-credentials.ts';

const AccessStep = lazyNamed(() => import('../connect/access-step.tsx').then((module) => module.AccessStep));
const CheckStep = lazyNamed(() => import('../connect/check-step.tsx').then((module) => module.CheckStep));
const CredentialsStep = lazyNamed(() =>
  import('../connect/credentials-step.tsx').then((module) => module.CredentialsStep),
);
const FeaturesStep = lazyNamed(() =>
  import('../connect/features-step.tsx').then((module) => module.FeaturesStep),
);
const FirstSync = lazyNamed(() => import('../connect/first-sync.tsx').then((module) => module.FirstSync));

const steps = ['provider', 'features', 'access', 'credentials', 'check', 'sync'] as const;
type Step = (typeof steps)[number];

/** Connects a cloud account step by step, and ends with what is in it. */
export function Connect() {
  const t = useT('accounts');
  const denial = useDenial('accounts:write');
  const { data, error, refetch } = useProviders();
  return (
    <Page title={t('connect.title')} description={t('connect.text')} width="narrow">
      {denial !== undefined ? <NoPermission need={t('connect.title')} /> : null}
      {error !== null ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {denial === undefined && error === null ? (
        data === undefined ? (
          <SkeletonLines lines={6} />
        ) : (
          <Wizard />
        )
      ) : null}
    </Page>
  );
}

function Wizard() {
  const t = useT('accounts');
  const place = useWorkspacePlace();
  const client = useQueryClient();
  const { data: providers = [] } = useProviders();
  const [step, setStep] = useState<Step>('provider');
  const [providerId, setProviderId] = useState(providers.length === 1 ? (providers[0]?.id ?? '') : '');
  const [features, setFeatures] = useState<Feature[]>([...allFeatures]);
  const [endpoint, setEndpoint] = useState('');
  const [checked, setChecked] = useState<AccountCheck>();
  const [account, setAccount] = useState<CloudAccount>();
  const provider = providers.find((candidate) => candidate.id === providerId);
  const credentials = useCredentials(provider);

  const request = (): CheckAccount => ({
    provider: providerId,
    ...(endpoint === '' ? {} : { endpoint }),
    credentials: credentials.input(),
    features,
  });
  const body = {
    provider: (
      <ProviderStep
        providers={providers}
        value={providerId}
        onChange={setProviderId}
        onNext={() => setStep('features')}
      />
    ),
    features: (
      <FeaturesStep
        value={features}
        onChange={setFeatures}
        onBack={() => setStep('provider')}
        onNext={() => setStep('access')}
      />
    ),
    access: (
      <AccessStep
        provider={providerId}
        features={features}
        onBack={() => setStep('features')}
        onNext={() => setStep('credentials')}
      />
    ),
    credentials:
      provider === undefined ? null : (
        <CredentialsStep
          provider={provider}
          credentials={credentials}
          endpoint={endpoint}
          onEndpoint={setEndpoint}
          request={request}
          onBack={() => setStep('access')}
          onChecked={(answer) => {
            setChecked(answer);
            setStep('check');
          }}
        />
      ),
    check:
      checked === undefined ? null : (
        <CheckStep
          check={checked}
          request={request}
          onBack={() => setStep('credentials')}
          onConnected={(connected) => {
            setAccount(connected);
            setStep('sync');
            void client.invalidateQueries({ queryKey: workspaceKey(place) });
          }}
        />
      ),
    sync: account === undefined ? null : <FirstSync account={account} />,
  };
  return (
    <div className="flex flex-col gap-5">
      <Stepper
        label={t('connect.steps')}
        steps={steps.map((name) => t(`connect.step.${name}`))}
        current={steps.indexOf(step)}
      />
      <Card title={t(`connect.heading.${step}`)} description={t(`connect.lead.${step}`)}>
        <Suspense fallback={<SkeletonLines lines={6} />}>{body[step]}</Suspense>
      </Card>
    </div>
  );
}
