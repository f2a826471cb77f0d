import { roleRank, roles, type Role } from '@cloudatlas/contracts/permissions';
import type { Translate } from '@/app/i18n.ts';
import type { SelectOption } from '@/ui/select.tsx';

/** Whether someone with `mine` may give or take away `role`: nobody reaches above themselves. */
export function mayManage(mine: Role, role: Role): boolean {
  return roleRank[mine] <= roleRank[role];
}

/** All roles for a select; those above the caller's own cannot be chosen. */
export function roleOptions(t: Translate, mine: Role): SelectOption<Role>[] {
  return roles.map((role) => ({
    value: role,
    label: t(`ui:role.${role}`),
    disabled: !mayManage(mine, role),
  }));
}
