import type { AuditService } from '#modules/audit/index.ts';
import { version } from '#platform/config/version.ts';
import type { RateLimits } from '#platform/http/rate-limits.ts';
import { defineModule } from '#platform/module.ts';
import type { IdentityDeps } from './deps.ts';
import type { MembershipPort } from './ports.ts';
import { identityJobs } from './jobs.ts';
import { apiKeyRoutes } from './routes/api-keys.ts';
import { authRoutes } from './routes/auth.ts';
import { configRoutes } from './routes/config.ts';
import { meRoutes } from './routes/me.ts';
import { mfaRoutes } from './routes/mfa.ts';
import { recoveryRoutes } from './routes/recovery.ts';
import type { IdentityService } from './service.ts';
import { createAccessTokens } from './services/access-tokens.ts';
import { createApiKeyService } from './services/api-keys.ts';
import { createAuthenticator } from './services/authenticator.ts';
import { createMfaSignInService } from './services/mfa-sign-in.ts';
import { createMfaService } from './services/mfa.ts';
import { createPasswordService } from './services/passwords.ts';
import { createRefreshService } from './services/refresh.ts';
import { createRegistrationService } from './services/registration.ts';
import { createSessionService } from './services/sessions.ts';
import { createSignInService } from './services/sign-in.ts';
import { createSigningKeys } from './services/signing-keys.ts';
import { createUserService } from './services/users.ts';
import type { IdentityTables } from './tables.ts';

export interface IdentityNeeds {
  audit: Pick<AuditService, 'record'>;
  rateLimits: RateLimits;
  membership: MembershipPort;
  /** The demo sign-in that the sign-in page offers; null where there is no demo. Set after the demo is seeded. */
  demo: { readonly current: { email: string; password: string } | null };
}

export const identityModule = defineModule<IdentityNeeds, IdentityService>({
  name: 'identity',
  migrations: new URL('./migrations/', import.meta.url),
  build(platform, { audit, rateLimits, membership, demo }) {
    const { clock, log, mailer, envelope, events, config, publicUrl } = platform;
    const db = platform.db.withTables<IdentityTables>();
    const deps: IdentityDeps = {
      db,
      clock,
      log,
      audit,
      rateLimits,
      mailer,
      envelope,
      events,
      membership,
      publicUrl,
      secretKey: config.SECRET_KEY,
    };
    const keys = createSigningKeys(deps);
    const accessTokens = createAccessTokens({ keys, clock, publicUrl });
    const authenticator = createAuthenticator(deps, accessTokens);
    const users = createUserService(deps);
    const sessions = createSessionService(deps);
    const apiKeys = createApiKeyService(deps);
    const passwords = createPasswordService(deps);
    const devMail = config.SMTP_URL === undefined && config.NODE_ENV !== 'production';
    return {
      service: {
        authenticate: (credential) => authenticator.authenticate(credential),
        describeUsers: users.describeUsers,
        findUserByEmail: users.byEmail,
        userById: users.byId,
        localeOf: users.localeOf,
        endApiKeys: apiKeys.endOf,
        createVerifiedUser: users.createVerified,
        ensurePassword: users.ensurePassword,
        disableUser: users.disable,
        enableUser: users.enable,
        deleteUser: users.remove,
        grantStaff: users.grantStaff,
      },
      routes: [
        ...configRoutes(() => ({ name: 'CloudAtlas', version, demo: demo.current, devMail })),
        ...authRoutes({
          registration: createRegistrationService(deps),
          signIn: createSignInService(deps),
          sessions,
          accessTokens,
        }),
        ...recoveryRoutes({
          mfaSignIn: createMfaSignInService(deps),
          refresh: createRefreshService(deps, accessTokens),
          passwords,
          accessTokens,
        }),
        ...meRoutes({ users, sessions, passwords }),
        ...mfaRoutes(createMfaService(deps)),
        ...apiKeyRoutes(apiKeys),
      ],
      jobs: identityJobs(db, clock, keys),
      shutdown: () => authenticator.drain(),
    };
  },
});
