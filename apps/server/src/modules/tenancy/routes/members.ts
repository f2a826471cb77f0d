import { PageQuery } from '@cloudatlas/contracts/common';
import {
  CreateInvitationBody,
  Invitation,
  InvitationList,
  InvitationPreview,
  InvitationTokenBody,
  Member,
  MemberList,
  MemberRoleBody,
  Organization,
} from '@cloudatlas/contracts/tenancy';
import { z } from 'zod';
import { organizationRoute, publicRoute, userRoute, type Route } from '#platform/http/route.ts';
import type { createInvitations } from '../services/invitations.ts';
import type { createMembers } from '../services/members.ts';

const memberParams = z.object({ memberId: z.string().max(80) });
const overrideParams = z.object({ memberId: z.string().max(80), inWorkspace: z.string().max(80) });
const invitationParams = z.object({ invitationId: z.string().max(80) });

export function memberRoutes(
  members: ReturnType<typeof createMembers>,
  invitations: ReturnType<typeof createInvitations>,
): Route[] {
  return [
    organizationRoute({
      method: 'GET',
      path: '/members',
      operationId: 'memberList',
      summary: 'List members with their roles',
      access: { permission: 'members:read' },
      query: PageQuery,
      answer: { status: 200, schema: MemberList },
      handler: (context, { query }) => members.list(context, query),
    }),
    organizationRoute({
      method: 'PATCH',
      path: '/members/:memberId',
      operationId: 'memberUpdate',
      summary: "Change a member's role",
      access: { permission: 'members:write' },
      params: memberParams,
      body: MemberRoleBody,
      answer: { status: 200, schema: Member },
      problems: ['last_owner'],
      handler: (context, { params, body }) => members.changeRole(context, params.memberId, body.role),
    }),
    organizationRoute({
      method: 'DELETE',
      path: '/members/:memberId',
      operationId: 'memberRemove',
      summary: 'Remove a member, or leave the organization',
      // Reading suffices to leave; removing somebody else is checked by the service.
      access: { permission: 'members:read' },
      params: memberParams,
      answer: { status: 204 },
      problems: ['last_owner'],
      handler: (context, { params }) => members.remove(context, params.memberId),
    }),
    organizationRoute({
      method: 'PUT',
      path: '/members/:memberId/overrides/:inWorkspace',
      operationId: 'memberOverrideSet',
      summary: "Replace a member's role inside one workspace",
      access: { permission: 'members:write' },
      params: overrideParams,
      body: MemberRoleBody,
      answer: { status: 200, schema: Member },
      handler: (context, { params, body }) =>
        members.setOverride(context, params.memberId, params.inWorkspace, body.role),
    }),
    organizationRoute({
      method: 'DELETE',
      path: '/members/:memberId/overrides/:inWorkspace',
      operationId: 'memberOverrideRemove',
      summary: "Give a member's organization role back inside one workspace",
      access: { permission: 'members:write' },
      params: overrideParams,
      answer: { status: 200, schema: Member },
      handler: (context, { params }) =>
        members.setOverride(context, params.memberId, params.inWorkspace, null),
    }),
    organizationRoute({
      method: 'GET',
      path: '/invitations',
      operationId: 'invitationList',
      summary: 'List invitations, newest first',
      access: { permission: 'members:write' },
      query: PageQuery,
      answer: { status: 200, schema: InvitationList },
      handler: (context, { query }) => invitations.list(context, query),
    }),
    organizationRoute({
      method: 'POST',
      path: '/invitations',
      operationId: 'invitationCreate',
      summary: 'Invite somebody by e-mail',
      access: { permission: 'members:write', limit: 'members' },
      body: CreateInvitationBody,
      answer: { status: 201, schema: Invitation },
      problems: ['already_exists', 'limit_reached'],
      handler: (context, { body }) => invitations.create(context, body),
    }),
    organizationRoute({
      method: 'POST',
      path: '/invitations/:invitationId/resend',
      operationId: 'invitationResend',
      summary: 'Send an invitation again with a new link',
      access: { permission: 'members:write' },
      params: invitationParams,
      answer: { status: 200, schema: Invitation },
      handler: (context, { params }) => invitations.resend(context, params.invitationId),
    }),
    organizationRoute({
      method: 'DELETE',
      path: '/invitations/:invitationId',
      operationId: 'invitationRevoke',
      summary: 'Revoke an invitation',
      access: { permission: 'members:write' },
      params: invitationParams,
      answer: { status: 204 },
      handler: (context, { params }) => invitations.revoke(context, params.invitationId),
    }),
    publicRoute({
      method: 'POST',
      path: '/invitations/preview',
      operationId: 'invitationPreview',
      summary: 'Read the invitation behind a link',
      rateLimit: 'auth',
      body: InvitationTokenBody,
      answer: { status: 200, schema: InvitationPreview },
      problems: ['invalid_token'],
      handler: (_context, { body }) => invitations.preview(body.token),
    }),
    userRoute({
      method: 'POST',
      path: '/invitations/accept',
      operationId: 'invitationAccept',
      summary: 'Accept an invitation as the signed-in person',
      body: InvitationTokenBody,
      answer: { status: 200, schema: Organization },
      problems: ['invalid_token', 'invitation_email_mismatch', 'already_exists'],
      handler: (context, { body }) => invitations.accept(context, body.token),
    }),
  ];
}
