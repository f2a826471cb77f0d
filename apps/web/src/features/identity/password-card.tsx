import { useQueryClient } from '@tanstack/react-query';
import { useApiForm } from '@/app/form.ts';
import { useT } from '@/app/i18n.ts';
import { useMe } from '@/app/session.ts';
import { Button } from '@/ui/button.tsx';
import { Card } from '@/ui/card.tsx';
import { Field } from '@/ui/field.tsx';
import { FormError } from '@/ui/form.tsx';
import { PasswordInput } from '@/ui/password-input.tsx';
import { toast } from '@/ui/toast-store.ts';
import { accountApi, sessionsQuery } from './queries.ts';

/** Changes the password; the other sessions end. */
export function PasswordCard() {
  const t = useT('identity');
  const me = useMe();
  const client = useQueryClient();
  const { form, register, submit, errorOf, busy, rootError } = useApiForm(
    async () => (await import('@cloudatlas/contracts/identity')).ChangePasswordBody,
    {
      currentPassword: '',
      newPassword: '',
    },
  );
  const change = submit(async (values) => {
    await accountApi.changePassword(values);
    form.reset();
    toast.success(t('password.changed'), { detail: t('password.changedDetail') });
    await client.invalidateQueries({ queryKey: sessionsQuery.queryKey });
  });
  return (
    <form onSubmit={change} noValidate>
      <Card
        title={t('password.title')}
        description={t('password.text')}
        footer={
          <Button type="submit" variant="primary" loading={busy}>
            {t('password.submit')}
          </Button>
        }
      >
        {/* Lets a password manager know whose password this is. */}
        <input type="text" autoComplete="username" value={me.email} readOnly hidden />
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t('field.currentPassword')} error={errorOf('currentPassword')}>
            {(control) => (
              <PasswordInput {...control} autoComplete="current-password" {...register('currentPassword')} />
            )}
          </Field>
          <Field label={t('field.newPassword')} error={errorOf('newPassword')} help={t('field.passwordHelp')}>
            {(control) => (
              <PasswordInput
                {...control}
                autoComplete="new-password"
                strengthOf={form.watch('newPassword')}
                {...register('newPassword')}
              />
            )}
          </Field>
        </div>
        <div className="mt-4 empty:hidden">
          <FormError message={rootError} />
        </div>
      </Card>
    </form>
  );
}
