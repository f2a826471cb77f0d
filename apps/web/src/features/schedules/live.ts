import { useMemo } from 'react';
import { useLive } from '@/app/live.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { liveUrl, schedulesKey } from './queries.ts';

/** Reads schedules and runs again as they change, while the page is open. */
export function useSchedulesLive(): void {
  const place = useWorkspacePlace();
  const topics = useMemo(() => {
    const keys = [schedulesKey(place)];
    return { 'schedules.schedule': keys, 'schedules.run': keys };
  }, [place]);
  useLive(liveUrl(place), topics);
}
