import { useState } from 'react';
import { Link, useLocation } from 'react-router';
import { useApiForm } from '@/app/form.ts';
import { useT } from '@/app/i18n.ts';
import { paths } from '@/app/paths.ts';
import { Button } from '@/ui/button.tsx';
import { Field } from '@/ui/field.tsx';
import { FormError } from '@/ui/form.tsx';
import { PasswordInput } from '@/ui/password-input.tsx';
import { AuthCard, textLink } from '../auth-card.tsx';
import { tokenFromHash } from '../link-token.ts';
import { authApi } from '../queries.ts';

/** New password by a link from the mail; ends all sessions. */
export function ResetPassword() {
  const t = useT('identity');
  const { hash } = useLocation();
  const token = tokenFromHash(hash);
  const [done, setDone] = useState(false);
  const { form, register, submit, errorOf, busy, rootError } = useApiForm(
    async () => (await import('@cloudatlas/contracts/identity')).ResetPasswordBody,
    {
      token: token ?? '',
      password: '',
    },
  );
  const reset = submit(async ({ password }) => {
    await authApi.resetPassword({ token: token ?? '', password });
    setDone(true);
  });
  const again = (
    <Link className={textLink} to={paths.forgotPassword}>
      {t('reset.again')}
    </Link>
  );
  if (done) {
    return (
      <AuthCard title={t('reset.doneTitle')} text={t('reset.doneText')}>
        <Button asChild variant="primary" size="lg">
          <Link to={paths.signIn}>{t('verify.signIn')}</Link>
        </Button>
      </AuthCard>
    );
  }
  if (token === null)
    return <AuthCard title={t('reset.brokenTitle')} text={t('reset.brokenText')} footer={again} />;
  return (
    <AuthCard title={t('reset.title')} text={t('reset.text')} footer={again}>
      <form onSubmit={reset} noValidate className="flex flex-col gap-4">
        <Field label={t('field.newPassword')} error={errorOf('password')} help={t('field.passwordHelp')}>
          {(control) => (
            <PasswordInput
              {...control}
              autoFocus
              autoComplete="new-password"
              strengthOf={form.watch('password')}
              {...register('password')}
            />
          )}
        </Field>
        <FormError message={rootError} />
        <Button type="submit" variant="primary" size="lg" loading={busy}>
          {t('reset.submit')}
        </Button>
      </form>
    </AuthCard>
  );
}
