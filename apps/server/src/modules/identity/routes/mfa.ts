import {
  ConfirmPasswordBody,
  MfaChangeBody,
  MfaState,
  RecoveryCodes,
  TotpConfirmBody,
  TotpEnrolment,
} from '@cloudatlas/contracts/identity';
import { userRoute, type Route } from '#platform/http/route.ts';
import type { MfaService } from '../services/mfa.ts';
import { personOf, setSessionCookie } from './support.ts';

/** A person's second factor. */
export function mfaRoutes(mfa: MfaService): Route[] {
  return [
    userRoute({
      method: 'GET',
      path: '/me/mfa',
      operationId: 'mfaGet',
      summary: 'Whether two-step sign-in is on',
      answer: { status: 200, schema: MfaState },
      handler: ({ principal }) => mfa.state(principal.userId),
    }),
    userRoute({
      method: 'POST',
      path: '/me/mfa/totp/start',
      operationId: 'mfaTotpStart',
      summary: 'Get a seed for an authenticator app',
      rateLimit: 'auth',
      body: ConfirmPasswordBody,
      answer: { status: 200, schema: TotpEnrolment },
      problems: ['invalid_credentials', 'conflict', 'rate_limited'],
      handler: (context, { body }) => mfa.start(personOf(context), body.password, context),
    }),
    userRoute({
      method: 'POST',
      path: '/me/mfa/totp/confirm',
      operationId: 'mfaTotpConfirm',
      summary: 'Turn two-step sign-in on with a first code; ends the other sessions',
      rateLimit: 'auth',
      body: TotpConfirmBody,
      answer: { status: 200, schema: RecoveryCodes },
      problems: ['invalid_code', 'conflict', 'rate_limited'],
      handler: async (context, { body }) => {
        const { recoveryCodes, renewed } = await mfa.confirm(personOf(context), body.code, context);
        if (renewed !== null) setSessionCookie(context, renewed.token);
        return { recoveryCodes };
      },
    }),
    userRoute({
      method: 'POST',
      path: '/me/mfa/totp/disable',
      operationId: 'mfaTotpDisable',
      summary: 'Turn two-step sign-in off; ends the other sessions',
      rateLimit: 'auth',
      body: MfaChangeBody,
      answer: { status: 204 },
      problems: ['invalid_credentials', 'invalid_code', 'conflict', 'rate_limited'],
      handler: async (context, { body }) => {
        const renewed = await mfa.disable(personOf(context), body, context);
        if (renewed !== null) setSessionCookie(context, renewed.token);
      },
    }),
    userRoute({
      method: 'POST',
      path: '/me/mfa/recovery-codes',
      operationId: 'mfaRecoveryCodesRenew',
      summary: 'Replace the recovery codes; ends the other sessions',
      rateLimit: 'auth',
      body: MfaChangeBody,
      answer: { status: 200, schema: RecoveryCodes },
      problems: ['invalid_credentials', 'invalid_code', 'conflict', 'rate_limited'],
      handler: async (context, { body }) => {
        const { recoveryCodes, renewed } = await mfa.renewRecoveryCodes(personOf(context), body, context);
        if (renewed !== null) setSessionCookie(context, renewed.token);
        return { recoveryCodes };
      },
    }),
  ];
}
