import type { Field, FieldValues } from '@cloudatlas/cloud/fields';
import type { ResourceState } from '@cloudatlas/cloud/resource';
import type { Permission } from '@cloudatlas/contracts/permissions';
import type { AuditActor } from '#modules/audit/index.ts';
import type { WorkspaceRef } from './scope-of.ts';

/** A resource that schedules may act on. */
export interface TargetResource {
  id: string;
  name: string;
  provider: string;
  type: string;
  typeLabel: string;
  region: string;
  state: ResourceState;
  tags: Readonly<Record<string, string>>;
  /** Not at the provider any more. */
  gone: boolean;
  changedAt: Date;
  /** List price of a month, where it can be told; decimal. */
  monthly: { amount: string; currency: string } | null;
  /** Operations of its type, with the fields of their parameters. */
  operations: readonly { id: string; parameters: readonly Field[] }[];
}

/** Port: how schedules find resources and act on them. The inventory implements it; modules.ts binds it. */
export interface Targets {
  /** Resources by id, gone ones too, or by tags that all hold; by name, at most `limit`. */
  find(
    scope: WorkspaceRef,
    wanted: { ids: readonly string[] } | { tags: readonly { key: string; value: string | null }[] },
    limit: number,
  ): Promise<TargetResource[]>;
  /**
   * Reads resources at the provider and brings their rows to it, for those whose state decides.
   * One that cannot be read keeps its row. @returns the resources as they are now
   */
  look(scope: WorkspaceRef, ids: readonly string[], signal: AbortSignal): Promise<TargetResource[]>;
  /** Places up to 500 orders of one workspace; a key that was used gives the earlier order. @returns answers in their order */
  order(
    scope: WorkspaceRef,
    orders: readonly {
      resourceId: string;
      operation: string;
      parameters: FieldValues;
      key: string;
      by: { actor: AuditActor; userId: string | null; permissions: ReadonlySet<Permission> };
    }[],
  ): Promise<({ orderId: string } | { refused: string; message: string | null })[]>;
  /** How orders stand; those that went with their account are left out. */
  outcomes(
    scope: WorkspaceRef,
    orderIds: readonly string[],
  ): Promise<
    {
      orderId: string;
      status: 'pending' | 'running' | 'done' | 'failed' | 'needs_attention';
      already: boolean;
      message: string | null;
      finishedAt: Date | null;
    }[]
  >;
}
