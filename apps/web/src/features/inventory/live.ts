/** Keeps what is on screen up to date by the workspace's event stream; by asking again where there is none. */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useWorkspacePlace, workspaceKey, workspaceUrl } from '@/features/accounts/queries.ts';

/** At most one refresh in this time; a synchronisation tells of dozens of steps per second. */
const calmMs = 1200;
/** How often is asked while the stream is broken. */
const pollMs = 5000;

const topics = {
  'inventory.sync': ['runs', 'resources', 'accounts'],
  'inventory.order': ['orders', 'resources'],
} as const;

/** Listens while the page is open. */
export function useInventoryLive(): void {
  const client = useQueryClient();
  const place = useWorkspacePlace();
  useEffect(() => {
    const stale = new Set<string>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let poll: ReturnType<typeof setInterval> | undefined;
    let closed = false;

    const refresh = async (): Promise<void> => {
      const parts = [...stale];
      stale.clear();
      // Running fetches finish first: cancelling them again and again would show nothing at all.
      await Promise.allSettled(
        parts.map((part) =>
          client.invalidateQueries({ queryKey: workspaceKey(place, part) }, { cancelRefetch: false }),
        ),
      );
      timer = undefined;
      if (stale.size > 0 && !closed) schedule();
    };
    const schedule = (): void => {
      timer ??= setTimeout(() => void refresh(), calmMs);
    };
    const mark = (parts: readonly string[]): void => {
      for (const part of parts) stale.add(part);
      schedule();
    };

    const source = new EventSource(workspaceUrl(place, 'inventory', 'live'));
    for (const [topic, parts] of Object.entries(topics)) source.addEventListener(topic, () => mark(parts));
    source.addEventListener('open', () => {
      // Something may have happened while nobody listened.
      if (poll !== undefined) mark(['runs', 'orders', 'resources']);
      clearInterval(poll);
      poll = undefined;
    });
    source.addEventListener('error', () => {
      poll ??= setInterval(() => mark(['runs', 'orders', 'resources']), pollMs);
    });
    return () => {
      closed = true;
      source.close();
      clearTimeout(timer);
      clearInterval(poll);
    };
  }, [client, place]);
}
