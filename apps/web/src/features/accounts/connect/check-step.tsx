import type { AccountCheck, CloudAccount } from '@cloudatlas/contracts/accounts';
import { useState, type FormEvent } from 'react';
import { Link } from 'react-router';
import { isApiError } from '@/app/api.ts';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { paths } from '@/app/paths.ts';
import { explainError } from '@/app/problem.ts';
import { Button } from '@/ui/button.tsx';
import { Field } from '@/ui/field.tsx';
import { FormError, Notice } from '@/ui/form.tsx';
import { Input } from '@/ui/input.tsx';
import { useCloudPaths } from '../paths.ts';
import { PermissionTable } from '../permission-table.tsx';
import { accountsApi, useWorkspacePlace, type CheckAccount } from '../queries.ts';
import { StepButtons } from './step-buttons.tsx';

interface CheckStepProps {
  check: AccountCheck;
  request: () => CheckAccount;
  onBack: () => void;
  onConnected: (account: CloudAccount) => void;
}

/** What the credentials open and may do, and the name the account gets here. */
export function CheckStep({ check, request, onBack, onConnected }: CheckStepProps) {
  const t = useT('accounts');
  const format = useFormat();
  const place = useWorkspacePlace();
  const to = useCloudPaths();
  const [name, setName] = useState(check.alias ?? check.nativeId);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const missing = check.permissions.filter((finding) => finding.granted === 'no').length;

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setFailure(undefined);
    setBusy(true);
    try {
      onConnected(await accountsApi.connect(place, { ...request(), name: name.trim() }));
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  if (check.alreadyConnected !== null) {
    return (
      <>
        <Notice
          tone="warn"
          action={
            <Button asChild>
              <Link to={to.account(check.alreadyConnected)}>{t('connect.seeExisting')}</Link>
            </Button>
          }
        >
          {t('connect.already', { nativeId: check.nativeId })}
        </Notice>
        <Identity check={check} />
        <PermissionTable permissions={check.permissions} />
        <StepButtons onBack={onBack} next={t('connect.connect')} disabledReason={t('connect.alreadyShort')} />
      </>
    );
  }
  return (
    <form noValidate onSubmit={submit}>
      <Identity check={check} />
      <Notice tone={missing === 0 ? 'ok' : 'warn'}>
        <p className="font-medium">
          {missing === 0
            ? t('connect.allGranted')
            : t('connect.someMissing', { count: missing, formatted: format.number(missing) })}
        </p>
        {missing === 0 ? null : <p>{t('connect.missingText')}</p>}
      </Notice>
      <div className="mt-4">
        <PermissionTable permissions={check.permissions} />
      </div>
      <Field label={t('connect.name')} help={t('connect.nameHelp')} className="mt-5">
        {(control) => (
          <Input
            {...control}
            maxLength={120}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      {failure === undefined ? null : (
        <div className="mt-4 flex flex-col gap-2">
          <FormError message={explainError(failure)} />
          {isApiError(failure, 'limit_reached') ? (
            <Link className="text-accent-text underline" to={paths.organizationSettings(place.org, 'plan')}>
              {t('connect.seePlan')}
            </Link>
          ) : null}
        </div>
      )}
      <StepButtons
        onBack={onBack}
        next={missing === 0 ? t('connect.connect') : t('connect.connectAnyway')}
        loading={busy}
        disabledReason={name.trim() === '' ? t('connect.nameNeeded') : undefined}
      />
    </form>
  );
}

function Identity({ check }: { check: AccountCheck }) {
  const t = useT('accounts');
  const format = useFormat();
  return (
    <dl className="mb-4 grid grid-cols-[8rem_minmax(0,1fr)] gap-x-4 gap-y-1.5">
      <dt className="text-ink-3">{t('column.nativeId')}</dt>
      <dd className="num font-medium">
        {check.nativeId}
        {check.alias === null ? '' : ` · ${check.alias}`}
      </dd>
      <dt className="text-ink-3">{t('fact.principal')}</dt>
      <dd className="font-mono text-xs break-all">{check.principal}</dd>
      <dt className="text-ink-3">{t('connect.regions')}</dt>
      <dd title={check.regions.map((region) => region.id).join(', ')}>
        {t('connect.regionCount', {
          count: check.regions.length,
          formatted: format.number(check.regions.length),
        })}
      </dd>
    </dl>
  );
}
