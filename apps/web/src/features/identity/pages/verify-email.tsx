import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Link, useLocation } from 'react-router';
import { isApiError } from '@/app/api.ts';
import { useApiForm } from '@/app/form.ts';
import { useT } from '@/app/i18n.ts';
import { paths } from '@/app/paths.ts';
import { describeError } from '@/app/problem.ts';
import { signInPath } from '@/app/return-to.ts';
import { meQuery, useMaybeMe } from '@/app/session.ts';
import { Button } from '@/ui/button.tsx';
import { Field } from '@/ui/field.tsx';
import { FormError, Notice } from '@/ui/form.tsx';
import { PasswordInput } from '@/ui/password-input.tsx';
import { SkeletonLines } from '@/ui/skeleton.tsx';
import { AuthCard } from '../auth-card.tsx';
import { tokenFromHash } from '../link-token.ts';
import { authApi } from '../queries.ts';
import { takeReturn } from '../return-memory.ts';

type Step = { at: 'working' } | { at: 'password' } | { at: 'done' } | { at: 'failed'; error: unknown };

/**
 * Opened from the mail. Confirms at once in the browser that registered; elsewhere the server asks for the
 * password, so nobody confirms an account that someone else prepared with their address.
 */
export function VerifyEmail() {
  const t = useT('identity');
  const { hash } = useLocation();
  const token = tokenFromHash(hash);
  const client = useQueryClient();
  const [step, setStep] = useState<Step>({ at: 'working' });
  const started = useRef(false);
  const { register, submit, errorOf, busy, rootError } = useApiForm(
    async () => (await import('@cloudatlas/contracts/identity')).VerifyEmailBody,
    { token: token ?? '', password: '' },
  );

  const finish = async (): Promise<void> => {
    await client.fetchQuery({ ...meQuery, staleTime: 0 });
    setStep({ at: 'done' });
  };
  useEffect(() => {
    // The token works once; the effect may run twice.
    if (started.current || token === null) return;
    started.current = true;
    authApi
      .verifyEmail({ token })
      .then(finish, (error: unknown) =>
        setStep(isApiError(error, 'password_required') ? { at: 'password' } : { at: 'failed', error }),
      );
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once per link
  }, [token]);
  const confirm = submit(async ({ password }) => {
    await authApi.verifyEmail({ token: token ?? '', password });
    await finish();
  });

  if (token === null) return <LinkBroken />;
  if (step.at === 'failed') return <LinkBroken error={step.error} />;
  if (step.at === 'done') return <Confirmed />;
  if (step.at === 'working') {
    return (
      <AuthCard title={t('verify.working')}>
        <SkeletonLines lines={2} />
      </AuthCard>
    );
  }
  return (
    <AuthCard title={t('verify.passwordTitle')} text={t('verify.passwordText')}>
      <form onSubmit={confirm} noValidate className="flex flex-col gap-4">
        <Field label={t('field.password')} error={errorOf('password')}>
          {(control) => (
            <PasswordInput {...control} autoFocus autoComplete="current-password" {...register('password')} />
          )}
        </Field>
        <FormError message={rootError} />
        <Button type="submit" variant="primary" size="lg" loading={busy}>
          {t('verify.submit')}
        </Button>
      </form>
    </AuthCard>
  );
}

/** The address is confirmed: on to sign-in, or straight on when the link signed one in. */
function Confirmed() {
  const t = useT('identity');
  const me = useMaybeMe();
  const [returnTo] = useState(takeReturn);
  const signedIn = me !== null && me !== undefined;
  return (
    <AuthCard title={t('verify.doneTitle')} text={t('verify.doneText')}>
      <Button asChild variant="primary" size="lg">
        <Link to={signedIn ? returnTo : signInPath(returnTo)}>
          {signedIn ? t('verify.continue') : t('verify.signIn')}
        </Link>
      </Button>
    </AuthCard>
  );
}

function LinkBroken({ error }: { error?: unknown }) {
  const t = useT('identity');
  return (
    <AuthCard title={t('verify.brokenTitle')} text={t('verify.brokenText')}>
      {error === undefined || isApiError(error, 'invalid_token') ? null : (
        <Notice tone="danger">{describeError(error).detail}</Notice>
      )}
      <Button asChild variant="primary" size="lg">
        <Link to={paths.signIn}>{t('verify.signIn')}</Link>
      </Button>
    </AuthCard>
  );
}
