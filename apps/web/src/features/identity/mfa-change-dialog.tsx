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

/**
 * Both need the password and a code, of the app or a recovery code: what protects the account is not dropped by a
 * stolen session, and whoever lost the phone is not stuck.
 */
export function MfaChangeDialog({ kind, onClose, onChanged }: MfaChangeDialogProps) {
  const t = useT('identity');
  const [codes, setCodes] = useState<readonly string[]>();
  const { register, submit, errorOf, busy, rootError } = useApiForm(
    async () => (await import('./forms.ts')).FactorChangeForm,
    { password: '', code: '' },
  );
  const change = submit(async ({ password, code }) => {
    const typed = code.trim();
    // Recovery codes have a hyphen, codes of the app six digits.
    const proof = { password, ...(typed.includes('-') ? { recoveryCode: typed } : { code: typed }) };
    if (kind === 'codes') setCodes((await accountApi.newRecoveryCodes(proof)).recoveryCodes);
    else {
      await accountApi.disableTotp(proof);
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
        <Field label={t('field.anyCode')} help={t('field.anyCodeHelp')} error={errorOf('code')}>
          {(control) => (
            <Input
              {...control}
              maxLength={13}
              autoComplete="one-time-code"
              autoCapitalize="none"
              spellCheck={false}
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
