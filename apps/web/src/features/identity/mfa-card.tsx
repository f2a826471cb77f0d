import { MfaChangeBody } from '@cloudatlas/contracts/identity';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useApiForm } from '@/app/form.ts';
import { useT } from '@/app/i18n.ts';
import { meKey } from '@/app/query-client.ts';
import { Badge } from '@/ui/badge.tsx';
import { Button } from '@/ui/button.tsx';
import { Card } from '@/ui/card.tsx';
import { Dialog } from '@/ui/dialog.tsx';
import { Field } from '@/ui/field.tsx';
import { FormError, Notice } from '@/ui/form.tsx';
import { Input } from '@/ui/input.tsx';
import { PasswordInput } from '@/ui/password-input.tsx';
import { Skeleton } from '@/ui/skeleton.tsx';
import { ErrorState } from '@/ui/states.tsx';
import { toast } from '@/ui/toast-store.ts';
import { accountApi, mfaQuery } from './queries.ts';
import { RecoveryCodesView } from './recovery-codes.tsx';
import { TotpEnrolDialog } from './totp-enrol-dialog.tsx';

/** Below this many recovery codes a person should make new ones. */
const fewCodes = 3;

/** Second factor: enrol, new recovery codes, switch off. */
export function MfaCard() {
  const t = useT('identity');
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(mfaQuery);
  const [dialog, setDialog] = useState<'enrol' | 'codes' | 'disable' | null>(null);
  const refresh = async (): Promise<void> => {
    await Promise.all([
      client.invalidateQueries({ queryKey: mfaQuery.queryKey }),
      client.invalidateQueries({ queryKey: meKey, exact: true }),
    ]);
  };
  return (
    <Card
      title={
        <span className="flex items-center gap-2">
          {t('mfa.cardTitle')}
          {data === undefined ? null : (
            <Badge tone={data.totp ? 'ok' : 'warn'} dot>
              {data.totp ? t('mfa.on') : t('mfa.off')}
            </Badge>
          )}
        </span>
      }
      description={t('mfa.cardText')}
    >
      {data === undefined && error === null ? <Skeleton className="h-8 w-56" /> : null}
      {data === undefined && error !== null ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {data?.totp === false ? (
        <Button variant="primary" onClick={() => setDialog('enrol')}>
          {t('mfa.enrol')}
        </Button>
      ) : null}
      {data?.totp === true ? (
        <div className="flex flex-col gap-3">
          {data.recoveryCodesLeft < fewCodes ? <Notice tone="warn">{t('mfa.fewCodes')}</Notice> : null}
          <p className="num text-ink-2">{t('mfa.codesLeft', { count: data.recoveryCodesLeft })}</p>
          <div className="flex flex-wrap gap-2">
            <Button onClick={() => setDialog('codes')}>{t('mfa.newCodes')}</Button>
            <Button onClick={() => setDialog('disable')}>{t('mfa.disable')}</Button>
          </div>
        </div>
      ) : null}
      {dialog === 'enrol' ? <TotpEnrolDialog onClose={() => setDialog(null)} onEnrolled={refresh} /> : null}
      {dialog === 'codes' || dialog === 'disable' ? (
        <MfaChangeDialog kind={dialog} onClose={() => setDialog(null)} onChanged={refresh} />
      ) : null}
    </Card>
  );
}

interface MfaChangeDialogProps {
  kind: 'codes' | 'disable';
  onClose: () => void;
  onChanged: () => Promise<void>;
}

/** Both need the password and a present code: what protects the account is not dropped by a stolen session. */
function MfaChangeDialog({ kind, onClose, onChanged }: MfaChangeDialogProps) {
  const t = useT('identity');
  const [codes, setCodes] = useState<readonly string[]>();
  const { register, submit, errorOf, busy, rootError } = useApiForm(MfaChangeBody, { password: '', code: '' });
  const change = submit(async (values) => {
    if (kind === 'codes') setCodes((await accountApi.newRecoveryCodes(values)).recoveryCodes);
    else {
      await accountApi.disableTotp(values);
      toast.success(t('mfa.disabled'));
      onClose();
    }
    await onChanged();
  });
  const title = kind === 'codes' ? t('mfa.newCodes') : t('mfa.disable');
  if (codes !== undefined) {
    return (
      <Dialog open onOpenChange={onClose} title={t('codes.title')}>
        <RecoveryCodesView codes={codes} onDone={onClose} />
      </Dialog>
    );
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={title}
      description={kind === 'codes' ? t('mfa.newCodesText') : t('mfa.disableText')}
    >
      <form onSubmit={change} noValidate className="flex flex-col gap-4">
        <Field label={t('field.currentPassword')} error={errorOf('password')}>
          {(control) => <PasswordInput {...control} autoComplete="current-password" {...register('password')} />}
        </Field>
        <Field label={t('field.totp')} error={errorOf('code')}>
          {(control) => (
            <Input {...control} inputMode="numeric" maxLength={6} autoComplete="one-time-code" {...register('code')} />
          )}
        </Field>
        <FormError message={rootError} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('ui:confirm.cancel')}</Button>
          <Button type="submit" variant={kind === 'disable' ? 'danger' : 'primary'} loading={busy}>
            {title}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
