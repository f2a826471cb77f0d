import { z } from 'zod';

/** What a permission is needed for; users choose these when they give access. */
export const Feature = z.enum(['inventory', 'metrics', 'costs', 'operate', 'create', 'delete']);
export type Feature = z.infer<typeof Feature>;

/** One permission CloudAtlas may use. */
export interface RequiredPermission {
  /** The provider's name, e.g. `ec2:StopInstances`. */
  readonly action: string;
  readonly feature: Feature;
  /** Id of the service (of `Connection.services`) it belongs to; absent when it serves all. */
  readonly service?: string;
}

/** Whether one permission is there, found out without changing anything. */
export const PermissionFinding = z.object({
  action: z.string(),
  feature: Feature,
  service: z.string().optional(),
  /** `unknown` when the provider has no way to ask without side effects. */
  granted: z.enum(['yes', 'no', 'unknown']),
  /** How it was found out, or what the provider said. English. */
  reason: z.string(),
});
export type PermissionFinding = z.infer<typeof PermissionFinding>;

/** A text to copy that gives CloudAtlas its access: a policy, a template, a command. */
export interface AccessTemplate {
  readonly id: string;
  /** English; user interfaces translate by id. */
  readonly label: string;
  readonly fileName: string;
  readonly mediaType: string;
  readonly text: string;
}

/** What an {@link AccessTemplate} is made for. */
export interface AccessTemplateRequest {
  readonly features: readonly Feature[];
  /** Id of the provider account that CloudAtlas itself runs with, when roles are assumed across accounts. */
  readonly trustedPrincipal?: string;
  /** Secret shared with the role (external id); needed with `trustedPrincipal`. */
  readonly externalId?: string;
}
