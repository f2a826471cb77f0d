import { z } from 'zod';
import { DisplayName, Email, Id, Instant, pageOf, Slug } from './common.ts';
import { permissions, roles } from './permissions.ts';
import { featureNames, limitNames, planTiers } from './plans.ts';

export const RoleName = z.enum(roles);
export const PermissionName = z.enum(permissions);

export const Organization = z.object({
  id: Id,
  slug: z.string(),
  name: z.string(),
  plan: z.enum(planTiers),
  /** When set, the organization is deleted at that time unless an owner restores it. */
  deletionScheduledAt: Instant.nullable(),
  createdAt: Instant,
  /** The caller's role in it. */
  role: RoleName,
  /** The caller's permissions at organization level (already cut to an API key's scope). */
  permissions: z.array(PermissionName),
});
export type Organization = z.infer<typeof Organization>;
/** GET /api/v1/orgs. */
export const OrganizationList = pageOf(Organization);
/** POST /api/v1/orgs → 201. Without a slug one is made from the name. */
export const CreateOrganizationBody = z.strictObject({ name: DisplayName, slug: Slug.optional() });
/** GET, PATCH, DELETE /api/v1/orgs/{org}; POST /api/v1/orgs/{org}/restore. */
export const UpdateOrganizationBody = z.strictObject({ name: DisplayName.optional(), slug: Slug.optional() });
/** Body of DELETE: the slug typed again. */
export const DeleteOrganizationBody = z.strictObject({ confirm: z.string().max(40) });

export const Workspace = z.object({
  id: Id,
  slug: z.string(),
  name: z.string(),
  createdAt: Instant,
  /** The caller's effective role in it (workspace override, else organization role). */
  role: RoleName,
  permissions: z.array(PermissionName),
});
export type Workspace = z.infer<typeof Workspace>;
/** GET /api/v1/orgs/{org}/workspaces. */
export const WorkspaceList = pageOf(Workspace);
/** POST /api/v1/orgs/{org}/workspaces → 201. */
export const CreateWorkspaceBody = z.strictObject({ name: DisplayName, slug: Slug.optional() });
/** GET, PATCH, DELETE /api/v1/orgs/{org}/workspaces/{workspace}. */
export const UpdateWorkspaceBody = z.strictObject({ name: DisplayName.optional(), slug: Slug.optional() });
/** Body of DELETE: the slug typed again. */
export const DeleteWorkspaceBody = z.strictObject({ confirm: z.string().max(40) });

export const Member = z.object({
  id: Id,
  userId: Id,
  name: z.string(),
  email: z.string(),
  role: RoleName,
  mfaEnabled: z.boolean(),
  joinedAt: Instant,
  /** Roles that replace the organization role inside single workspaces. */
  overrides: z.array(z.object({ workspaceId: Id, workspaceSlug: z.string(), role: RoleName })),
});
export type Member = z.infer<typeof Member>;
/** GET /api/v1/orgs/{org}/members. */
export const MemberList = pageOf(Member);
/** PATCH, DELETE /api/v1/orgs/{org}/members/{memberId}. PUT, DELETE …/members/{memberId}/overrides/{workspace}. */
export const MemberRoleBody = z.strictObject({ role: RoleName });

export const Invitation = z.object({
  id: Id,
  email: z.string(),
  role: RoleName,
  status: z.enum(['pending', 'accepted', 'revoked', 'expired']),
  invitedBy: z.string(),
  createdAt: Instant,
  expiresAt: Instant,
});
export type Invitation = z.infer<typeof Invitation>;
/** GET /api/v1/orgs/{org}/invitations. POST → 201. DELETE …/{invitationId} → 204. POST …/{invitationId}/resend → 200. */
export const InvitationList = pageOf(Invitation);
export const CreateInvitationBody = z.strictObject({ email: Email, role: RoleName });
/** POST /api/v1/invitations/preview (public) and POST /api/v1/invitations/accept (signed in) → Organization. */
export const InvitationTokenBody = z.strictObject({ token: z.string().min(20).max(200) });
export const InvitationPreview = z.object({
  organizationName: z.string(),
  email: z.string(),
  role: RoleName,
  invitedBy: z.string(),
  expiresAt: Instant,
});

/** GET /api/v1/orgs/{org}/roles: the matrix as data. */
export const RoleMatrix = z.object({
  roles: z.array(RoleName),
  permissions: z.array(z.object({ permission: PermissionName, roles: z.array(RoleName) })),
});

/** GET /api/v1/orgs/{org}/plan. */
export const Plan = z.object({
  tier: z.enum(planTiers),
  features: z.array(
    z.object({ feature: z.enum(featureNames), included: z.boolean(), tiers: z.array(z.enum(planTiers)) }),
  ),
  limits: z.array(
    z.object({
      limit: z.enum(limitNames),
      /** null: unlimited. */
      max: z.number().int().nullable(),
      /** null where nothing counts towards it yet. */
      used: z.number().int().nullable(),
      byTier: z.record(z.enum(planTiers), z.number().int().nullable()),
    }),
  ),
});
