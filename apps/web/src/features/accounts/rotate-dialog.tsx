import type { CloudAccount } from '@cloudatlas/contracts/accounts';
import { useState, type FormEvent } from 'react';
import { useT } from '@/app/i18n.ts';
import { explainError } from '@/app/problem.ts';
import { Button } from '@/ui/button.tsx';
import { Dialog } from '@/ui/dialog.tsx';
import { FormError } from '@/ui/form.tsx';
import { toast } from '@/ui/toast-store.ts';
import { CredentialsForm } from './credentials-form.tsx';
import { fieldErrorsOf } from './form/rules.ts';
import { accountsApi, useProviders, useWorkspacePlace } from './queries.ts';
import { useCredentials } from './use-credentials.ts';

interface RotateDialogProps {
  account: CloudAccount;
  onClose: () => void;
  onRotated: () => Promise<unknown>;
}

/** New credentials for the same account; the old ones work until the new ones have proved themselves. */
export function RotateDialog({ account, onClose, onRotated }: RotateDialogProps) {
  const t = useT('accounts');
  const place = useWorkspacePlace();
  const { data: providers } = useProviders();
  const provider = providers?.find((candidate) => candidate.id === account.provider);
  const credentials = useCredentials(provider, account.method);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const { method } = credentials;
  if (provider === undefined || method === undefined) return null;

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setProblem(undefined);
    if (!credentials.check()) return;
    setBusy(true);
    try {
      await accountsApi.rotate(place, account.id, credentials.input());
      toast.success(t('rotate.done'));
      onClose();
      await onRotated();
    } catch (error) {
      const errors = fieldErrorsOf(error, method.fields);
      if (errors === undefined) setProblem(explainError(error));
      else credentials.setErrors(errors);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('rotate.title', { name: account.name })}
      description={t('rotate.text')}
    >
      <form noValidate onSubmit={submit} className="flex flex-col gap-4">
        <CredentialsForm
          methods={provider.credentialMethods}
          method={method}
          values={credentials.values}
          errors={credentials.errors}
          onMethod={credentials.setMethod}
          onChange={credentials.set}
        />
        <FormError message={problem} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('ui:confirm.cancel')}</Button>
          <Button type="submit" variant="primary" loading={busy}>
            {t('rotate.submit')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
