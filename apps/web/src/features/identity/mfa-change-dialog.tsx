import { useState } from 'react';
import { useApiForm } from '@/app/form.ts';
import { useT } from '@/app/i18n.ts';
import { Button } from '@/ui/button.tsx';
import { Dialog } from '@/ui/dialog.tsx';
import { Field } from '@/ui/field.tsx';
import { FormError } from '@/ui/form.tsx';
import { Input } from '@/ui/input.tsx';
import { PasswordInput } from '@/ui/password-input.tsx';
import { toast } from '@/ui/toast-store.ts';
import { accountApi } from './queries.ts';
import { RecoveryCodesView } from './recovery-codes.tsx';

interface MfaChangeDialogProps {
  kind: 'codes' | 'disable';
  onClose: () => void;
  onChanged: () => Promise<void>;
}

/** Both need the password and a present code: what protects the account is not dropped by a stolen session. */
export function MfaChangeDialog({ kind, onClose, onChanged }: MfaChangeDialogProps) {
  const t = useT('identity');
  const [codes, setCodes] = useState<readonly string[]>();
  const { register, submit, errorOf, busy, rootError } = useApiForm(
    async () => (await import('@cloudatlas/contracts/identity')).MfaChangeBody,
    { password: '', code: '' },
  );
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
          {(control) => (
            <PasswordInput {...control} autoComplete="current-password" {...register('password')} />
          )}
        </Field>
        <Field label={t('field.totp')} error={errorOf('code')}>
          {(control) => (
            <Input
              {...control}
              inputMode="numeric"
              maxLength={6}
              autoComplete="one-time-code"
              {...register('code')}
            />
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
