import type { Authenticator } from '#platform/http/access.ts';
import type { ApiKeyService } from './services/api-keys.ts';
import type { UserService, UserSummary } from './services/users.ts';

/**
 * What other modules and commands may do with people. Every function opens its own transaction, so call it
 * outside of one.
 */
export interface IdentityService extends Authenticator {
  /** Names and addresses by id; unknown ids are left out. */
  describeUsers(ids: readonly string[]): Promise<UserSummary[]>;
  findUserByEmail(email: string): Promise<UserSummary | null>;
  userById(userId: string): Promise<UserSummary | null>;
  /** Language of the mails to a user. */
  localeOf: UserService['localeOf'];
  /** Ends the API keys that a user made for an organization until an instant. */
  endApiKeys: ApiKeyService['endOf'];
  /** Makes a confirmed user, for the demo and the command line. @throws AppError `already_exists` */
  createVerifiedUser: UserService['createVerified'];
  /** Gives a user this password unless it is theirs already. @throws AppError `not_found` */
  ensurePassword: UserService['ensurePassword'];
  /** Ends every session and credential of a user and refuses new ones. @throws AppError `not_found` */
  disableUser: UserService['disable'];
  enableUser: UserService['enable'];
  /** Removes a user and publishes `identity.user_deleted`. @throws AppError `not_found` */
  deleteUser: UserService['remove'];
  /** Gives or takes (null) a staff role; the command line only. @throws AppError `not_found` */
  grantStaff: UserService['grantStaff'];
}
