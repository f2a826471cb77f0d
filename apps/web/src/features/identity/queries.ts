/** Account, sessions, MFA and API keys: reads and writes. */
import type { z } from 'zod';
import type {
  ApiKey,
  CreatedApiKey,
  MfaState,
  RecoveryCodes,
  Session,
  SessionList,
  SignInResult,
  TotpEnrolment,
  User,
} from '@cloudatlas/contracts/identity';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { call, path } from '@/app/api.ts';

export type SessionView = z.infer<typeof Session>;
export type ApiKeyView = z.infer<typeof ApiKey>;
export type CreatedApiKeyView = z.infer<typeof CreatedApiKey>;
export type MfaMethod = 'totp' | 'recovery_code';

export const sessionsQuery = queryOptions({
  queryKey: ['me', 'sessions'],
  queryFn: async ({ signal }) =>
    (await call<z.infer<typeof SessionList>>('GET', path('me', 'sessions'), { signal })).items,
});

export const mfaQuery = queryOptions({
  queryKey: ['me', 'mfa'],
  queryFn: ({ signal }) => call<z.infer<typeof MfaState>>('GET', path('me', 'mfa'), { signal }),
});

export const apiKeysQuery = infiniteQueryOptions({
  queryKey: ['me', 'api-keys'],
  queryFn: ({ signal, pageParam }) =>
    call<{ items: ApiKeyView[]; nextCursor: string | null }>('GET', path('me', 'api-keys'), {
      query: { limit: 100, cursor: pageParam },
      signal,
    }),
  initialPageParam: null as string | null,
  getNextPageParam: (last) => last.nextCursor,
});

/** Writes before there is a session. Tokens come from links and travel in bodies only. */
export const authApi = {
  register: (body: { email: string; password: string; name: string; locale: string }) =>
    call<unknown>('POST', path('auth', 'register'), { body }),
  verifyEmail: (body: { token: string; password?: string }) =>
    call<unknown>('POST', path('auth', 'verify-email'), { body }),
  resendVerification: (email: string) =>
    call<unknown>('POST', path('auth', 'resend-verification'), { body: { email } }),
  forgotPassword: (email: string) =>
    call<unknown>('POST', path('auth', 'forgot-password'), { body: { email } }),
  resetPassword: (body: { token: string; password: string }) =>
    call<unknown>('POST', path('auth', 'reset-password'), { body }),
  signIn: (body: { email: string; password: string }) =>
    call<SignInResult>('POST', path('auth', 'sign-in'), { body }),
  mfa: (body: { mfaToken: string; code?: string; recoveryCode?: string }) =>
    call<SignInResult>('POST', path('auth', 'mfa'), { body }),
};

/** Password and one code of either kind. */
interface FactorProof {
  password: string;
  code?: string;
  recoveryCode?: string;
}

/** Writes of the signed-in user. */
export const accountApi = {
  updateProfile: (body: { name?: string; timeZone?: string; locale?: string }) =>
    call<User>('PATCH', path('me'), { body }),
  changePassword: (body: { currentPassword: string; newPassword: string }) =>
    call<unknown>('POST', path('me', 'password'), { body }),
  revokeSession: (session: string) => call<unknown>('DELETE', path('me', 'sessions', session)),
  revokeOtherSessions: () => call<unknown>('POST', path('me', 'sessions', 'revoke-others')),
  startTotp: (password: string) =>
    call<z.infer<typeof TotpEnrolment>>('POST', path('me', 'mfa', 'totp', 'start'), { body: { password } }),
  confirmTotp: (code: string) =>
    call<z.infer<typeof RecoveryCodes>>('POST', path('me', 'mfa', 'totp', 'confirm'), { body: { code } }),
  disableTotp: (body: FactorProof) => call<unknown>('POST', path('me', 'mfa', 'totp', 'disable'), { body }),
  newRecoveryCodes: (body: FactorProof) =>
    call<z.infer<typeof RecoveryCodes>>('POST', path('me', 'mfa', 'recovery-codes'), { body }),
  createApiKey: (body: {
    name: string;
    organization: string;
    permissions: string[];
    expiresInDays: number;
  }) => call<CreatedApiKeyView>('POST', path('me', 'api-keys'), { body }),
  revokeApiKey: (key: string) => call<unknown>('DELETE', path('me', 'api-keys', key)),
};
