/**
 * The permission catalogue and the five tenant roles. The matrix is data: the server
 * enforces it, the roles page shows it, and tests walk it.
 */
export const roles = ['owner', 'admin', 'operator', 'viewer', 'billing'] as const;
export type Role = (typeof roles)[number];

/** Most powerful first; a lower number may manage a higher one. */
export const roleRank: Readonly<Record<Role, number>> = {
  owner: 0,
  admin: 1,
  operator: 2,
  billing: 3,
  viewer: 3,
};

const all: readonly Role[] = roles;
const managers: readonly Role[] = ['owner', 'admin'];
const operators: readonly Role[] = ['owner', 'admin', 'operator'];
const money: readonly Role[] = ['owner', 'admin', 'billing'];

const catalogue = {
  'organization:read': all,
  'organization:write': managers,
  'organization:delete': ['owner'],
  'members:read': all,
  'members:write': managers,
  'workspaces:read': all,
  'workspaces:write': managers,
  'audit:read': managers,
  'plan:read': all,
  'plan:write': ['owner'],
  'accounts:read': ['owner', 'admin', 'operator', 'viewer'],
  'accounts:write': managers,
  'resources:read': ['owner', 'admin', 'operator', 'viewer'],
  'resources:operate': operators,
  'resources:create': operators,
  'resources:delete': operators,
  'costs:read': ['owner', 'admin', 'operator', 'billing', 'viewer'],
  'costs:write': money,
  'alerts:read': ['owner', 'admin', 'operator', 'billing', 'viewer'],
  'alerts:write': money,
  'budgets:read': ['owner', 'admin', 'operator', 'billing', 'viewer'],
  'budgets:write': money,
  'finops:read': all,
  'finops:recommend': ['owner', 'admin', 'operator', 'billing'],
  'finops:apply': operators,
  'finops:approve': managers,
  'finops:configure': managers,
  'schedules:read': ['owner', 'admin', 'operator', 'viewer'],
  'schedules:write': operators,
  'webhooks:read': managers,
  'webhooks:write': managers,
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof catalogue;
export const permissions = Object.keys(catalogue) as Permission[];
export const rolesWith: Readonly<Record<Permission, readonly Role[]>> = catalogue;

/** Whether a role holds a permission. */
export function allows(role: Role, permission: Permission): boolean {
  return rolesWith[permission].includes(role);
}

/** Made once: every request asks. */
const byRole = new Map<Role, readonly Permission[]>(
  roles.map((role) => [role, permissions.filter((permission) => rolesWith[permission].includes(role))]),
);

/** All permissions of a role, in catalogue order. */
export function permissionsOf(role: Role): readonly Permission[] {
  return byRole.get(role) ?? [];
}

/** Roles of the people who operate CloudAtlas itself; granted from the command line only. */
export const staffRoles = ['internal_admin', 'internal_support'] as const;
export type StaffRole = (typeof staffRoles)[number];
