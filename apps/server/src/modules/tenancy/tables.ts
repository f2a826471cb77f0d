import type { Role } from '@cloudatlas/contracts/permissions';
import type { PlanTier } from '@cloudatlas/contracts/plans';

export interface OrganizationTable {
  organization_id: string;
  slug: string;
  name: string;
  plan: PlanTier;
  kind: 'standalone' | 'master' | 'partner';
  created_at: Date;
  deletion_scheduled_at: Date | null;
}

export interface WorkspaceTable {
  organization_id: string;
  id: string;
  slug: string;
  name: string;
  created_at: Date;
}

export interface MemberTable {
  organization_id: string;
  id: string;
  user_id: string;
  role: Role;
  joined_at: Date;
}

export interface InvitationTable {
  organization_id: string;
  id: string;
  email: string;
  role: Role;
  token_hash: Buffer;
  invited_by: string;
  invited_by_name: string;
  created_at: Date;
  expires_at: Date;
  accepted_at: Date | null;
  revoked_at: Date | null;
}

export interface TenancyTables {
  'tenancy.organization': OrganizationTable;
  'tenancy.workspace': WorkspaceTable;
  'tenancy.member': MemberTable;
  'tenancy.workspace_role': { organization_id: string; workspace_id: string; member_id: string; role: Role };
  'tenancy.invitation': InvitationTable;
}
