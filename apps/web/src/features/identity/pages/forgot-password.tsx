import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { useApiForm } from '@/app/form.ts';
import { useT } from '@/app/i18n.ts';
import { paths } from '@/app/paths.ts';
import { configQuery } from '@/app/session.ts';
import { Button } from '@/ui/button.tsx';
import { Field } from '@/ui/field.tsx';
import { FormError } from '@/ui/form.tsx';
import { Input } from '@/ui/input.tsx';
import { AuthCard, textLink } from '../auth-card.tsx';
import { authApi } from '../queries.ts';

/** Asks for a reset link. The answer does not tell whether the address has an account. */
export function ForgotPassword() {
  const t = useT('identity');
  const [sentTo, setSentTo] = useState<string>();
  const { data: config } = useQuery(configQuery);
  const { register, submit, errorOf, busy, rootError } = useApiForm(
    async () => (await import('@cloudatlas/contracts/identity')).EmailBody,
    { email: '' },
  );
  const send = submit(async ({ email }) => {
    await authApi.forgotPassword(email);
    setSentTo(email);
  });
  const back = (
    <Link className={textLink} to={paths.signIn}>
      {t('forgot.back')}
    </Link>
  );
  if (sentTo !== undefined) {
    return (
      <AuthCard title={t('forgot.sentTitle')} text={t('forgot.sentText', { email: sentTo })} footer={back}>
        {config?.devMail === true ? (
          <Button asChild>
            <a href="/dev/mail">{t('checkMail.outbox')}</a>
          </Button>
        ) : null}
      </AuthCard>
    );
  }
  return (
    <AuthCard title={t('forgot.title')} text={t('forgot.text')} footer={back}>
      <form onSubmit={send} noValidate className="flex flex-col gap-4">
        <Field label={t('field.email')} error={errorOf('email')}>
          {(control) => (
            <Input
              {...control}
              autoFocus
              type="email"
              autoComplete="username"
              inputMode="email"
              {...register('email')}
            />
          )}
        </Field>
        <FormError message={rootError} />
        <Button type="submit" variant="primary" size="lg" loading={busy}>
          {t('forgot.submit')}
        </Button>
      </form>
    </AuthCard>
  );
}
