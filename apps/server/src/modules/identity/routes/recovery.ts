import {
  Accepted,
  EmailBody,
  MfaBody,
  RefreshBody,
  ResetPasswordBody,
  SignInResult,
  Tokens,
} from '@cloudatlas/contracts/identity';
import { publicRoute, type Route } from '#platform/http/route.ts';
import type { AccessTokens } from '../services/access-tokens.ts';
import type { MfaSignInService } from '../services/mfa-sign-in.ts';
import type { PasswordService } from '../services/passwords.ts';
import type { RefreshService } from '../services/refresh.ts';
import { answerSignedIn, replacedBy } from './support.ts';

export interface RecoveryServices {
  mfaSignIn: MfaSignInService;
  refresh: RefreshService;
  passwords: PasswordService;
  accessTokens: AccessTokens;
}

/** The ways on with a token instead of a password: second step, refresh, forgotten password. */
export function recoveryRoutes({ mfaSignIn, refresh, passwords, accessTokens }: RecoveryServices): Route[] {
  return [
    publicRoute({
      method: 'POST',
      path: '/auth/mfa',
      operationId: 'authSecondFactor',
      summary: 'Finish a sign-in with a code of the authenticator app or a recovery code',
      rateLimit: 'auth',
      body: MfaBody,
      answer: { status: 200, schema: SignInResult },
      problems: ['invalid_token', 'invalid_code', 'rate_limited'],
      handler: async (context, { body }) =>
        answerSignedIn(context, accessTokens, await mfaSignIn.complete(body, context, replacedBy(context))),
    }),
    publicRoute({
      method: 'POST',
      path: '/auth/refresh',
      operationId: 'authRefresh',
      summary: 'Exchange a refresh token for new tokens; it works once',
      body: RefreshBody,
      answer: { status: 200, schema: Tokens },
      problems: ['invalid_token', 'rate_limited'],
      handler: (context, { body }) => refresh.refresh(body.refreshToken, context),
    }),
    publicRoute({
      method: 'POST',
      path: '/auth/forgot-password',
      operationId: 'authPasswordForgot',
      summary: 'Mail a reset link; the answer is the same whether or not the address has an account',
      rateLimit: 'auth',
      body: EmailBody,
      answer: { status: 202, schema: Accepted },
      problems: ['rate_limited'],
      handler: async (context, { body }) => {
        await passwords.forgot(body.email, context);
        return { status: 'accepted' as const };
      },
    }),
    publicRoute({
      method: 'POST',
      path: '/auth/reset-password',
      operationId: 'authPasswordReset',
      summary: 'Choose a new password with the token of a reset link; ends every session',
      rateLimit: 'auth',
      body: ResetPasswordBody,
      answer: { status: 204 },
      problems: ['invalid_token', 'weak_password', 'rate_limited'],
      handler: (context, { body }) => passwords.reset(body, context),
    }),
  ];
}
