import { z } from 'zod';
import { DisplayName, Email, Id, Instant, Locale, pageOf } from './common.ts';
import { permissions, staffRoles } from './permissions.ts';

/** 10 to 256 characters, any of them; strength and known breaches are checked by the server. */
export const Password = z.string().min(10).max(256);
/** A password typed to sign in or confirm: only bounded. */
export const TypedPassword = z.string().min(1).max(256);
/** Secret from a mail link; travels in the URL fragment and in request bodies only. */
export const MailToken = z.string().min(20).max(200);
export const TotpCode = z.string().regex(/^\d{6}$/);
export const RecoveryCode = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9]{5}-[a-z0-9]{5}$/);
export const TimeZone = z
  .string()
  .max(64)
  .refine((zone) => {
    try {
      return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
    } catch {
      return false;
    }
  }, 'must be an IANA time zone');

export const User = z.object({
  id: Id,
  email: z.string(),
  name: z.string(),
  locale: Locale,
  timeZone: z.string(),
  theme: z.enum(['system', 'light', 'dark']),
  mfaEnabled: z.boolean(),
  staffRole: z.enum(staffRoles).nullable(),
  createdAt: Instant,
});
export type User = z.infer<typeof User>;

/** POST /api/v1/auth/register → 202, always the same answer. */
export const RegisterBody = z.strictObject({
  email: Email,
  password: Password,
  name: DisplayName,
  locale: Locale.default('en'),
});
export const Accepted = z.object({ status: z.literal('accepted') });

/**
 * POST /api/v1/auth/verify-email. The password is needed only when the link is opened in
 * another browser than the one that registered (guards against pre-registered addresses).
 * → 200 SignInResult `signed_in`: the account is made now and this browser is signed in by cookie.
 */
export const VerifyEmailBody = z.strictObject({ token: MailToken, password: TypedPassword.optional() });
/** POST /api/v1/auth/resend-verification and POST /api/v1/auth/forgot-password → 202. */
export const EmailBody = z.strictObject({ email: Email });

/** `cookie` for browsers, `token` for API clients (access JWT and rotating refresh token). */
export const Transport = z.enum(['cookie', 'token']).default('cookie');
/** POST /api/v1/auth/sign-in → 200 SignInResult. POST /api/v1/auth/sign-out → 204, also without a session. */
export const SignInBody = z.strictObject({ email: Email, password: TypedPassword, transport: Transport });
export const Tokens = z.object({
  accessToken: z.string(),
  refreshToken: z.string(),
  tokenType: z.literal('Bearer'),
  /** Seconds until the access token expires. */
  expiresIn: z.number().int(),
});
export type Tokens = z.infer<typeof Tokens>;
export const SignInResult = z.discriminatedUnion('status', [
  z.object({ status: z.literal('signed_in'), user: User, tokens: Tokens.nullable() }),
  z.object({
    status: z.literal('mfa_required'),
    mfaToken: z.string(),
    methods: z.array(z.enum(['totp', 'recovery_code'])),
  }),
]);
export type SignInResult = z.infer<typeof SignInResult>;
const oneCode = (body: { code?: string | undefined; recoveryCode?: string | undefined }): boolean =>
  (body.code === undefined) !== (body.recoveryCode === undefined);
const oneCodeMessage = { message: 'send either code or recoveryCode', path: ['code'] };
/** POST /api/v1/auth/mfa. Exactly one of `code` and `recoveryCode`. */
export const MfaBody = z
  .strictObject({
    mfaToken: z.string().max(200),
    code: TotpCode.optional(),
    recoveryCode: RecoveryCode.optional(),
    transport: Transport,
  })
  .refine(oneCode, oneCodeMessage);
/** POST /api/v1/auth/refresh → 200 Tokens. A token works once; a repeat within 10 s gets the same successor. */
export const RefreshBody = z.strictObject({ refreshToken: z.string().min(20).max(200) });
/** POST /api/v1/auth/reset-password → 204; ends every session. */
export const ResetPasswordBody = z.strictObject({ token: MailToken, password: Password });

/** GET /api/v1/me → User; PATCH /api/v1/me. */
export const ProfileBody = z.strictObject({
  name: DisplayName.optional(),
  locale: Locale.optional(),
  timeZone: TimeZone.optional(),
  theme: z.enum(['system', 'light', 'dark']).optional(),
});
/** POST /api/v1/me/password → 204; ends the other sessions. */
export const ChangePasswordBody = z.strictObject({ currentPassword: TypedPassword, newPassword: Password });

/** GET /api/v1/me/sessions; DELETE /api/v1/me/sessions/{sessionId}; POST /api/v1/me/sessions/revoke-others. */
export const Session = z.object({
  id: Id,
  kind: z.enum(['browser', 'api']),
  current: z.boolean(),
  userAgent: z.string(),
  ip: z.string(),
  createdAt: Instant,
  lastSeenAt: Instant,
  expiresAt: Instant,
});
export const SessionList = z.object({ items: z.array(Session) });

/** POST /api/v1/me/mfa/totp/start. */
export const ConfirmPasswordBody = z.strictObject({ password: TypedPassword });
export const TotpEnrolment = z.object({ secret: z.string(), otpauthUrl: z.string() });
/** POST /api/v1/me/mfa/totp/confirm → recovery codes, shown once. */
export const TotpConfirmBody = z.strictObject({ code: TotpCode });
export const RecoveryCodes = z.object({ recoveryCodes: z.array(z.string()) });
/**
 * POST /api/v1/me/mfa/totp/disable → 204; POST /api/v1/me/mfa/recovery-codes → new codes. Exactly one of `code` and
 * `recoveryCode`: whoever lost the phone has only the latter.
 */
export const MfaChangeBody = z
  .strictObject({
    password: TypedPassword,
    code: TotpCode.optional(),
    recoveryCode: RecoveryCode.optional(),
  })
  .refine(oneCode, oneCodeMessage);
/** GET /api/v1/me/mfa. */
export const MfaState = z.object({ totp: z.boolean(), recoveryCodesLeft: z.number().int() });

/** GET, POST /api/v1/me/api-keys; DELETE /api/v1/me/api-keys/{keyId}. */
export const ApiKey = z.object({
  id: Id,
  name: z.string(),
  /** First characters of the secret, to recognise it. */
  prefix: z.string(),
  organizationId: Id,
  organizationSlug: z.string(),
  permissions: z.array(z.string()),
  createdAt: Instant,
  lastUsedAt: Instant.nullable(),
  expiresAt: Instant,
});
export const ApiKeyList = pageOf(ApiKey);
export const CreateApiKeyBody = z.strictObject({
  name: DisplayName,
  /** Slug of the organization the key works in. */
  organization: z.string().max(40),
  permissions: z.array(z.enum(permissions)).min(1).max(permissions.length),
  /** Days until it expires. */
  expiresInDays: z.number().int().min(1).max(365),
});
export const CreatedApiKey = ApiKey.extend({
  /** The key itself; shown once. */
  secret: z.string(),
});

/** GET /api/v1/config: what the sign-in page needs to know. */
export const PublicConfig = z.object({
  name: z.string(),
  version: z.string(),
  demo: z.object({ email: z.string(), password: z.string() }).nullable(),
  /** Whether mails land in the outbox page at /dev/mail instead of a mailbox. */
  devMail: z.boolean(),
});
export type PublicConfig = z.infer<typeof PublicConfig>;
