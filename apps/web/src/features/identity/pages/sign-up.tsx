import { useQuery } from '@tanstack/react-query';
import { MailCheck } from 'lucide-react';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useApiForm } from '@/app/form.ts';
import { currentLanguage, useT } from '@/app/i18n.ts';
import { paths } from '@/app/paths.ts';
import { configQuery } from '@/app/session.ts';
import { Button } from '@/ui/button.tsx';
import { Field } from '@/ui/field.tsx';
import { FormError } from '@/ui/form.tsx';
import { Input } from '@/ui/input.tsx';
import { PasswordInput } from '@/ui/password-input.tsx';
import { AuthCard, textLink } from '../auth-card.tsx';
import { rememberReturn } from '../return-memory.ts';
import { authApi } from '../queries.ts';
import { ResendVerification } from './sign-in.tsx';

/** New account. The answer is the same whether the address is known or not. */
export function SignUp() {
  const t = useT('identity');
  const [search] = useSearchParams();
  const [sentTo, setSentTo] = useState<string>();
  const { form, register, submit, errorOf, busy, rootError } = useApiForm(
    async () => (await import('@cloudatlas/contracts/identity')).RegisterBody,
    {
      name: '',
      email: search.get('email') ?? '',
      password: '',
      locale: currentLanguage(),
    },
  );
  const signUp = submit(async (values) => {
    await authApi.register({ ...values, locale: currentLanguage() });
    // The mail link opens without the query, so what comes after confirming is kept here.
    rememberReturn(search.get('returnTo'));
    setSentTo(values.email);
  });
  if (sentTo !== undefined) return <CheckMail email={sentTo} />;
  return (
    <AuthCard
      title={t('signUp.title')}
      text={t('signUp.text')}
      footer={
        <>
          {t('signUp.haveAccount')}{' '}
          <Link className={textLink} to={{ pathname: paths.signIn, search: search.toString() }}>
            {t('signUp.signIn')}
          </Link>
        </>
      }
    >
      <form onSubmit={signUp} noValidate className="flex flex-col gap-4">
        <Field label={t('field.name')} error={errorOf('name')}>
          {(control) => <Input {...control} autoComplete="name" {...register('name')} />}
        </Field>
        <Field label={t('field.email')} error={errorOf('email')}>
          {(control) => (
            <Input
              {...control}
              type="email"
              autoComplete="username"
              inputMode="email"
              {...register('email')}
            />
          )}
        </Field>
        <Field label={t('field.password')} error={errorOf('password')} help={t('field.passwordHelp')}>
          {(control) => (
            <PasswordInput
              {...control}
              autoComplete="new-password"
              strengthOf={form.watch('password')}
              {...register('password')}
            />
          )}
        </Field>
        <FormError message={rootError} />
        <Button type="submit" variant="primary" size="lg" loading={busy}>
          {t('signUp.submit')}
        </Button>
      </form>
    </AuthCard>
  );
}

/** What to do next: open the mail. In development the mails are on a page of this server. */
function CheckMail({ email }: { email: string }) {
  const t = useT('identity');
  const { data: config } = useQuery(configQuery);
  return (
    <AuthCard title={t('checkMail.title')} text={t('checkMail.text', { email })}>
      <MailCheck aria-hidden className="size-9 text-accent-text" strokeWidth={1.5} />
      <p className="text-ink-2">{t('checkMail.spam')}</p>
      {config?.devMail === true ? (
        <Button asChild variant="primary">
          <a href="/dev/mail">{t('checkMail.outbox')}</a>
        </Button>
      ) : null}
      <ResendVerification email={email} />
    </AuthCard>
  );
}
