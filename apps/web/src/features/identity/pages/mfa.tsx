import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, Navigate, useLocation, useNavigate } from 'react-router';
import { isApiError } from '@/app/api.ts';
import { useApiForm } from '@/app/form.ts';
import { useT } from '@/app/i18n.ts';
import { paths } from '@/app/paths.ts';
import { meKey } from '@/app/query-client.ts';
import { Button } from '@/ui/button.tsx';
import { Field } from '@/ui/field.tsx';
import { FormError } from '@/ui/form.tsx';
import { Input } from '@/ui/input.tsx';
import { AuthCard, textLink } from '../auth-card.tsx';
import { authApi, type MfaMethod } from '../queries.ts';

/** What the sign-in page hands over; lives in the history entry only. */
export interface MfaChallenge {
  mfaToken: string;
  methods: readonly MfaMethod[];
  returnTo: string;
}

const totpSchema = async () => (await import('../forms.ts')).CodeForm;
const recoverySchema = async () => (await import('../forms.ts')).RecoveryForm;

function isChallenge(value: unknown): value is MfaChallenge {
  return typeof value === 'object' && value !== null && 'mfaToken' in value && 'methods' in value;
}

/** Second step of signing in: a code of the authenticator app, or a recovery code. */
export function Mfa() {
  const { state } = useLocation();
  const [method, setMethod] = useState<MfaMethod>('totp');
  if (!isChallenge(state)) return <Navigate to={paths.signIn} replace />;
  // The key gives each method a form, and errors, of its own.
  return (
    <Challenge
      key={method}
      challenge={state}
      method={method}
      onSwitch={() => setMethod(method === 'totp' ? 'recovery_code' : 'totp')}
    />
  );
}

interface ChallengeProps {
  challenge: MfaChallenge;
  method: MfaMethod;
  onSwitch: () => void;
}

function Challenge({ challenge, method, onSwitch }: ChallengeProps) {
  const t = useT('identity');
  const navigate = useNavigate();
  const client = useQueryClient();
  const totp = method === 'totp';
  const { register, submit, errorOf, busy, rootError } = useApiForm(totp ? totpSchema : recoverySchema, {
    code: '',
  });
  const verify = submit(async ({ code }) => {
    try {
      const result = await authApi.mfa({
        mfaToken: challenge.mfaToken,
        ...(totp ? { code } : { recoveryCode: code.trim().toLowerCase() }),
      });
      if (result.status !== 'signed_in') return;
      client.clear();
      client.setQueryData(meKey, result.user);
      void navigate(challenge.returnTo, { replace: true });
    } catch (error) {
      // The challenge itself is over: the password has to be typed again.
      if (isApiError(error, 'invalid_token')) void navigate(paths.signIn, { replace: true });
      throw error;
    }
  });
  return (
    <AuthCard
      title={t('mfa.title')}
      text={totp ? t('mfa.totpText') : t('mfa.recoveryText')}
      footer={
        <Link className={textLink} to={paths.signIn}>
          {t('mfa.back')}
        </Link>
      }
    >
      <form onSubmit={verify} noValidate className="flex flex-col gap-4">
        <Field label={totp ? t('field.totp') : t('field.recoveryCode')} error={errorOf('code')}>
          {(control) => (
            <Input
              {...control}
              autoFocus
              autoComplete="one-time-code"
              autoCapitalize="none"
              spellCheck={false}
              inputMode={totp ? 'numeric' : 'text'}
              maxLength={totp ? 6 : 11}
              className="num h-11! text-center font-mono text-lg! tracking-[0.25em]"
              {...register('code')}
            />
          )}
        </Field>
        <FormError message={rootError} />
        <Button type="submit" variant="primary" size="lg" loading={busy}>
          {t('mfa.submit')}
        </Button>
        {challenge.methods.includes(totp ? 'recovery_code' : 'totp') ? (
          <Button variant="ghost" onClick={onSwitch}>
            {totp ? t('mfa.useRecovery') : t('mfa.useTotp')}
          </Button>
        ) : null}
      </form>
    </AuthCard>
  );
}
