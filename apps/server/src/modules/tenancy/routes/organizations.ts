import { pageOf, PageQuery } from '@cloudatlas/contracts/common';
import { permissions, roles, rolesWith } from '@cloudatlas/contracts/permissions';
import {
  CreateOrganizationBody,
  DeleteOrganizationBody,
  Organization,
  Plan,
  RoleMatrix,
  UpdateOrganizationBody,
} from '@cloudatlas/contracts/tenancy';
import type { Clock } from '#platform/clock/clock.ts';
import { invalidField } from '#platform/errors/app-error.ts';
import { organizationRoute, userRoute, type Route } from '#platform/http/route.ts';
import { deletionGraceDays, type createOrganizations } from '../services/organizations.ts';
import type { createPlans } from '../services/plans.ts';

export function organizationRoutes(
  organizations: ReturnType<typeof createOrganizations>,
  plans: ReturnType<typeof createPlans>,
  clock: Clock,
): Route[] {
  return [
    userRoute({
      method: 'GET',
      path: '/orgs',
      operationId: 'organizationList',
      summary: 'List your organizations',
      apiKeys: true,
      query: PageQuery,
      answer: { status: 200, schema: pageOf(Organization) },
      handler: ({ principal }, { query }) => organizations.listMine(principal, query),
    }),
    userRoute({
      method: 'POST',
      path: '/orgs',
      operationId: 'organizationCreate',
      summary: 'Create an organization and become its owner',
      body: CreateOrganizationBody,
      answer: { status: 201, schema: Organization },
      problems: ['slug_taken', 'limit_reached'],
      handler: (context, { body }) => organizations.found(context, body),
    }),
    organizationRoute({
      method: 'GET',
      path: '',
      operationId: 'organizationGet',
      summary: 'Read an organization',
      access: { permission: 'organization:read', whileDeleting: true },
      answer: { status: 200, schema: Organization },
      handler: (context) => organizations.get(context),
    }),
    organizationRoute({
      method: 'PATCH',
      path: '',
      operationId: 'organizationUpdate',
      summary: 'Rename an organization or change its address',
      access: { permission: 'organization:write' },
      body: UpdateOrganizationBody,
      answer: { status: 200, schema: Organization },
      problems: ['slug_taken'],
      handler: (context, { body }) => organizations.update(context, body),
    }),
    organizationRoute({
      method: 'DELETE',
      path: '',
      operationId: 'organizationDelete',
      summary: `Schedule the deletion of an organization in ${deletionGraceDays} days`,
      access: { permission: 'organization:delete', whileDeleting: true },
      body: DeleteOrganizationBody,
      answer: { status: 200, schema: Organization },
      handler: async (context, { body }) => {
        if (body.confirm !== context.organization.slug)
          throw invalidField('body.confirm', 'type the address of the organization', 'mismatch');
        return organizations.setDeletion(
          context,
          new Date(clock.now().getTime() + deletionGraceDays * 86_400_000),
        );
      },
    }),
    organizationRoute({
      method: 'POST',
      path: '/restore',
      operationId: 'organizationRestore',
      summary: 'Take back a scheduled deletion',
      access: { permission: 'organization:delete', whileDeleting: true },
      answer: { status: 200, schema: Organization },
      handler: (context) => organizations.setDeletion(context, null),
    }),
    organizationRoute({
      method: 'GET',
      path: '/roles',
      operationId: 'roleMatrix',
      summary: 'Read the roles and their permissions',
      access: { permission: 'organization:read' },
      answer: { status: 200, schema: RoleMatrix },
      handler: async () => ({
        roles: [...roles],
        permissions: permissions.map((permission) => ({ permission, roles: [...rolesWith[permission]] })),
      }),
    }),
    organizationRoute({
      method: 'GET',
      path: '/plan',
      operationId: 'planGet',
      summary: 'Read the plan, its features and what is used of its limits',
      access: { permission: 'plan:read' },
      answer: { status: 200, schema: Plan },
      handler: (context) => plans.get(context),
    }),
  ];
}
