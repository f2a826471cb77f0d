/** Why an embedded or external PostgreSQL cannot be used. Stable: tests and messages depend on it. */
export type EmbeddedPostgresErrorCode =
  | 'unsupported_platform'
  | 'no_account'
  | 'unreachable_folder'
  | 'foreign_folder'
  | 'broken_folder'
  | 'wrong_major'
  | 'start_failed'
  | 'bad_url'
  | 'cannot_connect'
  | 'too_old';

/** A failure to explain to the person at the terminal: `message` says what, `hint` what to do about it. */
export class EmbeddedPostgresError extends Error {
  readonly code: EmbeddedPostgresErrorCode;
  readonly hint: string;

  constructor(code: EmbeddedPostgresErrorCode, message: string, hint: string) {
    super(message);
    this.name = 'EmbeddedPostgresError';
    this.code = code;
    this.hint = hint;
  }
}
