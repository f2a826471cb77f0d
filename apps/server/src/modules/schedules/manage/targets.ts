import { maxRunTargets, type ScheduleBody, type ScheduleTarget } from '@cloudatlas/contracts/schedules';
import { checkFields } from '@cloudatlas/cloud/fields';
import { AppError, invalidField } from '#platform/errors/app-error.ts';
import type { TargetResource, Targets } from '../port.ts';
import { resourcesOf } from '../run/prepare.ts';
import { isSupported } from '../run/judge.ts';
import type { WorkspaceRef } from '../scope-of.ts';
import type { ScheduleRow } from '../tables.ts';
import { presentTarget } from './present.ts';

/** Checks and shows what schedules act on. */
export function createTargetCheck(targets: Targets) {
  async function named(scope: WorkspaceRef, ids: readonly string[]): Promise<Map<string, TargetResource>> {
    const found = await targets.find(scope, { ids: [...new Set(ids)] }, maxRunTargets);
    return new Map(found.map((resource) => [resource.id, resource]));
  }

  return {
    /**
     * Refuses resources that are not there or do not know the operation, and parameters that the operation does not.
     * Not inside a transaction. @throws AppError `validation_failed`
     */
    async check(
      scope: WorkspaceRef,
      body: Pick<ScheduleBody, 'operation' | 'parameters' | 'targets'>,
    ): Promise<void> {
      const found = await named(scope, body.targets.resourceIds);
      for (const id of body.targets.resourceIds) {
        const resource = found.get(id);
        if (resource === undefined)
          throw invalidField('body.targets.resourceIds', 'names a resource that is not in this workspace');
        if (!isSupported(resource, body.operation))
          throw invalidField('body.targets.resourceIds', `${resource.name} cannot ${body.operation}`);
      }
      const types = new Map([...found.values()].map((resource) => [resource.type, resource]));
      for (const resource of types.values()) {
        const fields = resource.operations.find(({ id }) => id === body.operation)?.parameters ?? [];
        const { issues } = checkFields([...fields], body.parameters);
        if (issues.length > 0)
          throw new AppError('validation_failed', `Check ${issues.map(({ field }) => field).join(', ')}.`, {
            errors: issues.map((issue) => ({
              path: `body.parameters.${issue.field}`,
              code: 'invalid',
              message: issue.message,
            })),
          });
      }
    },

    /** What a schedule would act on now. */
    async resolve(
      scope: WorkspaceRef,
      wanted: Pick<ScheduleRow, 'resource_ids' | 'tags' | 'operation'>,
    ): Promise<{ resources: ScheduleTarget[]; truncated: boolean }> {
      const found = await resourcesOf(targets, scope, wanted, await named(scope, wanted.resource_ids));
      return {
        resources: found.resources
          .map((resource) => presentTarget(resource, wanted.operation))
          .toSorted((a, b) => a.name.localeCompare(b.name)),
        truncated: found.truncated,
      };
    },

    /** Names of resources by id. */
    async names(scope: WorkspaceRef, ids: readonly string[]): Promise<Map<string, string>> {
      return new Map(
        [...(await named(scope, ids.slice(0, maxRunTargets))).values()].map(({ id, name }) => [id, name]),
      );
    },
  };
}

export type TargetCheck = ReturnType<typeof createTargetCheck>;
