import { useMemo } from 'react';
import { paths } from '@/app/paths.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';

/** Addresses of the pages of schedules in the current workspace. */
export function useSchedulePaths() {
  const { org, workspace } = useWorkspacePlace();
  return useMemo(() => {
    const at = (page: string) => paths.workspace(org, workspace, page);
    return {
      list: at('schedules'),
      /** The form of a new one that begins with a resource. */
      newFor: (resourceId: string) =>
        `${at('schedules')}?edit=new&resource=${encodeURIComponent(resourceId)}`,
      calendars: at('schedules/calendars'),
      schedule: (id: string, search = '') => `${at(`schedules/${encodeURIComponent(id)}`)}${search}`,
      run: (scheduleId: string, runId: string, search = '') =>
        `${at(`schedules/${encodeURIComponent(scheduleId)}/runs/${encodeURIComponent(runId)}`)}${search}`,
    };
  }, [org, workspace]);
}
