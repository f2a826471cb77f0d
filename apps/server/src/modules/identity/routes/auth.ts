import {
  Accepted,
  EmailBody,
  RegisterBody,
  SignInBody,
  SignInResult,
  VerifyEmailBody,
} from '@cloudatlas/contracts/identity';
import { actorOf } from '#modules/audit/index.ts';
import { sessionCookie } from '#platform/http/credential.ts';
import { publicRoute, type Route } from '#platform/http/route.ts';
import { lifetimes } from '../rules/lifetimes.ts';
import type { AccessTokens } from '../services/access-tokens.ts';
import type { RegistrationService } from '../services/registration.ts';
import type { SessionService } from '../services/sessions.ts';
import type { SignInService } from '../services/sign-in.ts';
import { answerSignedIn, registrationCookie, replacedBy } from './support.ts';

export interface AuthServices {
  registration: RegistrationService;
  signIn: SignInService;
  sessions: SessionService;
  accessTokens: AccessTokens;
}

const accepted = { status: 'accepted' } as const;

/** Sign up, confirm, sign in, sign out. */
export function authRoutes({ registration, signIn, sessions, accessTokens }: AuthServices): Route[] {
  return [
    publicRoute({
      method: 'POST',
      path: '/auth/register',
      operationId: 'authRegister',
      summary: 'Sign up; the answer is the same whether or not the address has an account',
      rateLimit: 'auth',
      body: RegisterBody,
      answer: { status: 202, schema: Accepted },
      problems: ['weak_password', 'rate_limited'],
      handler: async (context, { body }) => {
        const browserToken = await registration.register(body, context);
        context.setCookie(registrationCookie, browserToken, { maxAgeSeconds: lifetimes.registration / 1000 });
        return accepted;
      },
    }),
    publicRoute({
      method: 'POST',
      path: '/auth/resend-verification',
      operationId: 'authVerificationResend',
      summary: 'Mail a fresh confirmation link for a waiting sign-up',
      rateLimit: 'auth',
      body: EmailBody,
      answer: { status: 202, schema: Accepted },
      problems: ['rate_limited'],
      handler: async (context, { body }) => {
        await registration.resend(body.email, context.cookie(registrationCookie), context);
        return accepted;
      },
    }),
    publicRoute({
      method: 'POST',
      path: '/auth/verify-email',
      operationId: 'authEmailVerify',
      summary: 'Confirm an e-mail address, which makes the account and signs the browser in',
      rateLimit: 'auth',
      body: VerifyEmailBody,
      answer: { status: 200, schema: SignInResult },
      problems: ['invalid_token', 'password_required', 'invalid_credentials', 'rate_limited'],
      handler: async (context, { body }) => {
        const opened = await registration.verify(
          body,
          context.cookie(registrationCookie),
          context,
          replacedBy(context),
        );
        context.clearCookie(registrationCookie);
        return answerSignedIn(context, accessTokens, opened);
      },
    }),
    publicRoute({
      method: 'POST',
      path: '/auth/sign-in',
      operationId: 'authSignIn',
      summary: 'Sign in with a password',
      rateLimit: 'auth',
      body: SignInBody,
      answer: { status: 200, schema: SignInResult },
      problems: ['invalid_credentials', 'email_not_verified', 'rate_limited'],
      handler: async (context, { body }) => {
        const outcome = await signIn.signIn(body, context, replacedBy(context));
        if (outcome.status === 'signed_in') return answerSignedIn(context, accessTokens, outcome.opened);
        return {
          status: 'mfa_required' as const,
          mfaToken: outcome.mfaToken,
          methods: ['totp' as const, 'recovery_code' as const],
        };
      },
    }),
    publicRoute({
      method: 'POST',
      path: '/auth/sign-out',
      operationId: 'authSignOut',
      summary: 'End the session of this request; does nothing without one',
      answer: { status: 204 },
      handler: async (context) => {
        context.clearCookie(sessionCookie);
        const { principal } = context;
        if (principal?.kind === 'user') {
          const person = {
            userId: principal.userId,
            sessionId: principal.credentialId,
            actor: actorOf(context).actor,
          };
          await sessions.signOut(person, context);
        }
      },
    }),
  ];
}
