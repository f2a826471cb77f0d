import type { SignInResult } from '@cloudatlas/contracts/identity';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, Navigate, useNavigate, useSearchParams } from 'react-router';
import { isApiError } from '@/app/api.ts';
import { useApiForm } from '@/app/form.ts';
import { useT } from '@/app/i18n.ts';
import { paths } from '@/app/paths.ts';
import { explainError } from '@/app/problem.ts';
import { meKey } from '@/app/query-client.ts';
import { safeReturnTo } from '@/app/return-to.ts';
import { configQuery, useMaybeMe } from '@/app/session.ts';
import { Button } from '@/ui/button.tsx';
import { Field } from '@/ui/field.tsx';
import { FormError, Notice } from '@/ui/form.tsx';
import { Input } from '@/ui/input.tsx';
import { PasswordInput } from '@/ui/password-input.tsx';
import { toast } from '@/ui/toast-store.ts';
import { AuthCard, textLink } from '../auth-card.tsx';
import { authApi } from '../queries.ts';
import type { MfaChallenge } from './mfa.tsx';

/** E-mail and password; then home, back to where one was, or on to the second factor. */
export function SignIn() {
  const t = useT('identity');
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const client = useQueryClient();
  const returnTo = safeReturnTo(search.get('returnTo'));
  const me = useMaybeMe();
  const { data: config } = useQuery(configQuery);
  const [unverified, setUnverified] = useState<string>();
  const { form, register, submit, errorOf, busy, rootError } = useApiForm(
    async () => (await import('@cloudatlas/contracts/identity')).SignInBody,
    { email: '', password: '' },
  );

  const proceed = (result: SignInResult): void => {
    if (result.status === 'mfa_required') {
      const challenge: MfaChallenge = { mfaToken: result.mfaToken, methods: result.methods, returnTo };
      void navigate(paths.mfa, { state: challenge });
      return;
    }
    client.clear();
    client.setQueryData(meKey, result.user);
    void navigate(returnTo, { replace: true });
  };
  const signIn = submit(async ({ email, password }) => {
    setUnverified(undefined);
    try {
      proceed(await authApi.signIn({ email, password }));
    } catch (error) {
      if (isApiError(error, 'email_not_verified')) setUnverified(email);
      throw error;
    }
  });
  const demo = config?.demo ?? null;
  const useDemo = (): void => {
    if (demo === null) return;
    form.setValue('email', demo.email);
    form.setValue('password', demo.password);
    void signIn();
  };

  if (me !== null && me !== undefined) return <Navigate to={returnTo} replace />;
  return (
    <AuthCard
      title={t('signIn.title')}
      text={t('signIn.text')}
      footer={
        <>
          {t('signIn.noAccount')}{' '}
          <Link className={textLink} to={{ pathname: paths.signUp, search: search.toString() }}>
            {t('signIn.signUp')}
          </Link>
        </>
      }
    >
      {demo === null ? null : (
        <Notice
          tone="accent"
          action={
            <Button size="sm" onClick={useDemo}>
              {t('signIn.demoUse')}
            </Button>
          }
        >
          <p className="font-medium">{t('signIn.demoTitle')}</p>
          <p className="text-xs">{t('signIn.demoText')}</p>
        </Notice>
      )}
      <form onSubmit={signIn} noValidate className="flex flex-col gap-4">
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
        <Field
          label={t('field.password')}
          error={errorOf('password')}
          aside={
            <Link
              className="text-xs text-accent-text underline-offset-3 hover:underline"
              to={paths.forgotPassword}
            >
              {t('signIn.forgot')}
            </Link>
          }
        >
          {(control) => (
            <PasswordInput {...control} autoComplete="current-password" {...register('password')} />
          )}
        </Field>
        <FormError message={rootError} />
        {unverified === undefined ? null : <ResendVerification email={unverified} />}
        <Button type="submit" variant="primary" size="lg" loading={busy}>
          {t('signIn.submit')}
        </Button>
      </form>
    </AuthCard>
  );
}

/** Sends the confirmation mail again. */
export function ResendVerification({ email }: { email: string }) {
  const t = useT('identity');
  const resend = useMutation({
    mutationFn: () => authApi.resendVerification(email.trim()),
    onSuccess: () => toast.success(t('verify.resent')),
    onError: (error) => toast.error(explainError(error)),
  });
  return (
    <Button onClick={() => resend.mutate()} loading={resend.isPending}>
      {t('verify.resend')}
    </Button>
  );
}
