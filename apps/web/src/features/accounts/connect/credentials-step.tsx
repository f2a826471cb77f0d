import type { AccountCheck, CloudProvider } from '@cloudatlas/contracts/accounts';
import { useState, type FormEvent } from 'react';
import { ApiError } from '@/app/api.ts';
import { useT } from '@/app/i18n.ts';
import { explainError } from '@/app/problem.ts';
import { Field } from '@/ui/field.tsx';
import { FormError, Notice } from '@/ui/form.tsx';
import { Select } from '@/ui/select.tsx';
import type { CloudProblem } from '@cloudatlas/contracts/cloud';
import { ProblemText } from '../cloud-problem.tsx';
import { CredentialsForm } from '../credentials-form.tsx';
import { fieldErrorsOf } from '../form/rules.ts';
import { accountsApi, useWorkspacePlace, type CheckAccount } from '../queries.ts';
import type { useCredentials } from '../use-credentials.ts';
import { StepButtons } from './step-buttons.tsx';

interface CredentialsStepProps {
  provider: CloudProvider;
  credentials: ReturnType<typeof useCredentials>;
  endpoint: string;
  onEndpoint: (id: string) => void;
  request: () => CheckAccount;
  onBack: () => void;
  onChecked: (check: AccountCheck) => void;
}

/** The credentials, and where the account lives if not in the provider's own cloud. Nothing is stored yet. */
export function CredentialsStep(props: CredentialsStepProps) {
  const { provider, credentials, endpoint } = props;
  const t = useT('accounts');
  const place = useWorkspacePlace();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const { method } = credentials;
  if (method === undefined) return null;

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setFailure(undefined);
    if (!credentials.check()) return;
    setBusy(true);
    try {
      props.onChecked(await accountsApi.check(place, props.request()));
    } catch (error) {
      const errors = fieldErrorsOf(error, method.fields);
      if (errors === undefined) setFailure(error);
      else credentials.setErrors(errors);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form noValidate onSubmit={submit}>
      <div className="flex flex-col gap-4">
        <CredentialsForm
          methods={provider.credentialMethods}
          method={method}
          values={credentials.values}
          errors={credentials.errors}
          onMethod={credentials.setMethod}
          onChange={credentials.set}
        />
        {provider.endpoints.length === 0 ? null : (
          <Field label={t('connect.endpoint')} help={t('connect.endpointHelp')}>
            {(control) => (
              <Select
                {...control}
                value={endpoint}
                placeholder={t('connect.ownCloud')}
                options={provider.endpoints.map(({ id, label }) => ({ value: id, label }))}
                onChange={(event) => props.onEndpoint(event.target.value)}
              />
            )}
          </Field>
        )}
        <Failure error={failure} />
        {busy ? (
          <p role="status" className="text-ink-2">
            {t('connect.checking')}
          </p>
        ) : null}
      </div>
      <StepButtons onBack={props.onBack} next={t('connect.check')} loading={busy} />
    </form>
  );
}

/** The provider's refusal in words a person can act on, else what went wrong here. */
function Failure({ error }: { error: unknown }) {
  if (error === undefined) return null;
  const problem =
    error instanceof ApiError ? (error.problem.meta?.['problem'] as CloudProblem | undefined) : undefined;
  return problem === undefined ? (
    <FormError message={explainError(error)} />
  ) : (
    <div role="alert">
      <Notice tone="danger">
        <ProblemText problem={problem} />
      </Notice>
    </div>
  );
}
