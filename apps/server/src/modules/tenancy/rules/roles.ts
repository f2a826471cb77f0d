import { roleRank, type Role } from '@cloudatlas/contracts/permissions';

/**
 * Whether somebody of `actor` role may give, change or take a `target` role: owners any, admins all but owner.
 * Nobody can raise themselves above their own rank.
 */
export function mayManageRole(actor: Role, target: Role): boolean {
  return actor === 'owner' || (actor === 'admin' && roleRank[target] >= roleRank.admin);
}

/** The role with which a caller manages roles: ownership is given and taken by signed-in persons alone, never by keys. */
export function managingRole(kind: 'user' | 'api_key', role: Role): Role {
  return kind === 'api_key' && role === 'owner' ? 'admin' : role;
}
