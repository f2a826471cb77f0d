import type { Permission } from '@cloudatlas/contracts/permissions';
import { actorOf, type AuditActor } from '#modules/audit/index.ts';
import { AppError } from '#platform/errors/app-error.ts';
import type { OrganizationContext, WorkspaceContext } from '#platform/http/context.ts';

/** Who changes schedules, as audit entries name them. */
export interface Acting {
  actor: AuditActor;
  ip?: string | null;
  requestId?: string | null;
}

/** Who saves a schedule: it acts with this person's permissions from then on. */
export interface Saver extends Acting {
  userId: string;
  permissions: ReadonlySet<Permission>;
}

export function saverOf(context: WorkspaceContext): Saver {
  return {
    ...actorOf(context),
    userId: context.principal.userId,
    permissions: context.organization.permissions,
  };
}

export function actingOf(context: OrganizationContext): Acting {
  return actorOf(context);
}

/**
 * A schedule operates on resources in the name of who saves it: nobody may have one do what they may not do.
 * @throws AppError `forbidden`
 */
export function requireOperate(saver: Pick<Saver, 'permissions'>): void {
  if (!saver.permissions.has('resources:operate'))
    throw new AppError('forbidden', 'A schedule acts in your name, and you may not operate resources.', {
      meta: { permission: 'resources:operate' },
    });
}
