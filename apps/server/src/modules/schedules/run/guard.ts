import { namedUnderWay, type DeletionGuard } from '#modules/tenancy/index.ts';
import { ownTables } from '#platform/db/database.ts';
import type { SchedulesTables } from '../tables.ts';

/** Runs of schedules that a deletion of their workspace or organization would cut off. Those of an account are orders. */
export const runGuard: DeletionGuard = {
  async underWay(lent, { organizationId, workspaceId, accountId }) {
    if (accountId !== undefined) return [];
    let select = ownTables<SchedulesTables>(lent)
      .selectFrom('schedules.run as run')
      .innerJoin('schedules.schedule as schedule', (join) =>
        join
          .onRef('schedule.organization_id', '=', 'run.organization_id')
          .onRef('schedule.id', '=', 'run.schedule_id'),
      )
      .select('schedule.name')
      .where('run.organization_id', '=', organizationId)
      .where('run.status', 'in', ['pending', 'running'])
      .orderBy('run.id')
      .limit(namedUnderWay);
    if (workspaceId !== undefined) select = select.where('run.workspace_id', '=', workspaceId);
    return (await select.execute()).map(({ name }) => ({
      text: `The schedule ${name} is being carried out: disable it and wait until its run has ended.`,
    }));
  },
};
