import { z } from 'zod';
import { booleanSetting, ConfigError, defineConfig, readConfig } from './config.ts';

const base64Key = z
  .string()
  .refine((text) => Buffer.from(text, 'base64').length === 32, 'must be 32 bytes in base64');

export const platformSection = defineConfig(
  'platform',
  '',
  {
    NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
    /** PostgreSQL 16 or newer, as the role that owns the schema. */
    DATABASE_URL: z.url({
      protocol: /^postgres(ql)?$/,
      error: 'must look like postgres://user:password@host:5432/name',
    }),
    /** The role the server works as; derived from DATABASE_URL and SECRET_KEY when absent. */
    DATABASE_APP_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
    DATABASE_POOL_SIZE: z.coerce.number().int().min(2).max(200).default(10),
    ATLAS_HOST: z.string().default('127.0.0.1'),
    ATLAS_PORT: z.coerce.number().int().min(0).max(65_535).default(4700),
    ATLAS_DATA_DIR: z.string().default('data'),
    /** Origin people type into the browser; links in mails and the cookie rules follow it. */
    PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
    /** Signs access tokens, cursors and derived passwords; at least 32 characters. */
    SECRET_KEY: z.string().min(32, 'must have at least 32 characters'),
    /** Key-encryption key of the envelope scheme, current first, older ones after commas. */
    ENCRYPTION_KEY: z
      .string()
      .transform((text) => text.split(',').map((key) => key.trim()))
      .pipe(z.array(base64Key).min(1)),
    SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
    MAIL_FROM: z.string().default('CloudAtlas <no-reply@localhost>'),
    /** Number of reverse proxies in front whose X-Forwarded-* headers are believed. */
    TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
    /** Rate limits of sign-in and writes; off only in load tests. */
    RATE_LIMITS: booleanSetting.default(true),
    /** Bearer token that /metrics asks for; without it only programs on this machine may read, and none through a proxy. */
    METRICS_TOKEN: z.string().min(16).optional(),
  },
  ['DATABASE_URL', 'DATABASE_APP_URL', 'SECRET_KEY', 'ENCRYPTION_KEY', 'SMTP_URL', 'METRICS_TOKEN'],
);

export type PlatformConfig = ReturnType<typeof readPlatformConfig>;

/**
 * Reads the platform's settings; production refuses to run on defaults that are only right on one machine.
 * @throws ConfigError
 */
export function readPlatformConfig(env: NodeJS.ProcessEnv) {
  const config = readConfig(platformSection, env);
  if (config.NODE_ENV === 'production') {
    const missing = (['PUBLIC_URL', 'SMTP_URL'] as const).filter((key) => config[key] === undefined);
    if (missing.length > 0) {
      throw new ConfigError(`NODE_ENV=production needs ${missing.join(' and ')} to be set.`);
    }
    // Without https the session cookie has neither Secure nor __Host-, and anybody on the way can read it.
    if (!config.PUBLIC_URL?.startsWith('https:')) {
      throw new ConfigError(
        'NODE_ENV=production needs a PUBLIC_URL that begins with https://; let a proxy or load balancer in front end TLS.',
      );
    }
    if (!config.RATE_LIMITS)
      throw new ConfigError('NODE_ENV=production does not run with RATE_LIMITS switched off.');
    if (new Set(config.SECRET_KEY).size < 8) {
      throw new ConfigError(
        'NODE_ENV=production needs a random SECRET_KEY (openssl rand -base64 32), not a made-up one.',
      );
    }
  }
  return config;
}
