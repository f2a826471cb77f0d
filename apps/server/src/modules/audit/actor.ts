import type { RequestContext } from '#platform/http/context.ts';
import type { AuditActor } from './service.ts';

/** Who acts in a request, with where from: spread it into an audit entry. */
export function actorOf(context: RequestContext): { actor: AuditActor; ip: string; requestId: string } {
  const { principal } = context;
  const actor: AuditActor =
    principal === null
      ? { kind: 'anonymous', id: null, label: 'anonymous' }
      : { kind: principal.kind, id: principal.userId, label: principal.label };
  return { actor, ip: context.ip, requestId: context.requestId };
}
