import type { Locale } from '@cloudatlas/contracts/common';
import type { StaffRole } from '@cloudatlas/contracts/permissions';
import type { ColumnType, JSONColumnType } from 'kysely';
import type { SystemTx } from '#platform/db/database.ts';

export interface UserTable {
  id: string;
  /** Lower case. */
  email: string;
  name: string;
  /** PHC string; null when the person has no password. */
  password_hash: string | null;
  locale: Locale;
  time_zone: ColumnType<string, string | undefined, string>;
  theme: ColumnType<
    'system' | 'light' | 'dark',
    'system' | 'light' | 'dark' | undefined,
    'system' | 'light' | 'dark'
  >;
  staff_role: StaffRole | null;
  created_at: Date;
  disabled_at: Date | null;
}

export interface RegistrationTable {
  id: string;
  email: string;
  name: string;
  password_hash: string;
  locale: Locale;
  token_hash: Buffer;
  browser_hash: Buffer;
  created_at: Date;
  expires_at: Date;
}

export type SessionKind = 'browser' | 'api';
export type SessionEnd =
  | 'signed_out'
  | 'revoked'
  | 'renewed'
  | 'password_changed'
  | 'password_reset'
  | 'factor_changed'
  | 'refresh_reused'
  | 'disabled';

export interface SessionTable {
  id: string;
  user_id: string;
  kind: SessionKind;
  /** SHA-256 of the cookie; null for API clients. */
  token_hash: Buffer | null;
  ip: string;
  user_agent: string;
  created_at: Date;
  last_seen_at: Date;
  expires_at: Date;
  ended_at: Date | null;
  end_reason: SessionEnd | null;
}

export interface RefreshTokenTable {
  token_hash: Buffer;
  session_id: string;
  successor_hash: Buffer | null;
  created_at: Date;
  expires_at: Date;
  used_at: Date | null;
}

/** A secret that was mailed or handed out once, and ends when it is used. */
export interface OneTimeTokenTable {
  id: string;
  user_id: string;
  token_hash: Buffer;
  created_at: Date;
  expires_at: Date;
}

export interface TotpFactorTable {
  user_id: string;
  seed: Buffer;
  created_at: Date;
  confirmed_at: Date | null;
  /** bigint: a string when read. */
  last_step: ColumnType<string, number | undefined, number>;
  recovery_salt: Buffer;
}

export interface RecoveryCodeTable {
  user_id: string;
  code_hash: Buffer;
  used_at: Date | null;
}

export interface ApiKeyTable {
  id: string;
  user_id: string;
  organization_id: string;
  name: string;
  prefix: string;
  secret_hash: Buffer;
  permissions: string[];
  created_at: Date;
  expires_at: Date;
  last_used_at: Date | null;
}

export interface SigningKeyTable {
  kid: string;
  public_jwk: JSONColumnType<Record<string, unknown>>;
  private_key: Buffer;
  created_at: Date;
  signs_until: Date;
  verifies_until: Date;
}

export interface IdentityTables {
  'identity.user_account': UserTable;
  'identity.registration': RegistrationTable;
  'identity.session': SessionTable;
  'identity.refresh_token': RefreshTokenTable;
  'identity.password_reset': OneTimeTokenTable;
  'identity.mfa_challenge': OneTimeTokenTable;
  'identity.totp_factor': TotpFactorTable;
  'identity.recovery_code': RecoveryCodeTable;
  'identity.api_key': ApiKeyTable;
  'identity.signing_key': SigningKeyTable;
}

export type IdentityTx = SystemTx<IdentityTables>;
