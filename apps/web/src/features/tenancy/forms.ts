/** Form contracts of their own shape. Loaded on demand, as all schemas (see app/form.ts). */
import { CreateOrganizationBody, CreateWorkspaceBody } from '@cloudatlas/contracts/tenancy';
import { z } from 'zod';

/** An empty address means "make one from the name". */
export const OrganizationForm = CreateOrganizationBody.extend({
  slug: z.literal('').or(CreateOrganizationBody.shape.slug.unwrap()),
});

/** The first workspace has a name only. */
export const FirstWorkspaceForm = CreateWorkspaceBody.pick({ name: true });

/** An empty address means "make one from the name". */
export const WorkspaceForm = CreateWorkspaceBody.extend({
  slug: z.literal('').or(CreateWorkspaceBody.shape.slug.unwrap()),
});
