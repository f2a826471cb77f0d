/** Contract of the identity module: who people are, and how requests prove it. */
export type { IdentityService } from './service.ts';
export type { UserSummary } from './services/users.ts';
export type { MembershipPort } from './ports.ts';
export { userDeleted } from './events.ts';
