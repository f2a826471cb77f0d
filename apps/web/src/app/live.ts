/** Keeps what is on screen up to date by an event stream of the server; by asking again where there is none. */
import { useQueryClient, type QueryKey } from '@tanstack/react-query';
import { useEffect } from 'react';

/** At most one refresh in this time; an import tells of many steps per second. */
const calmMs = 1200;
/** How often is asked while the stream is broken. */
const pollMs = 5000;

/**
 * Listens while mounted, and reads again what an event makes stale.
 * @param topics keys to read again by event name; keep it stable between renders
 */
export function useLive(url: string, topics: Readonly<Record<string, readonly QueryKey[]>>): void {
  const client = useQueryClient();
  useEffect(() => {
    const stale = new Map<string, QueryKey>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let poll: ReturnType<typeof setInterval> | undefined;
    let closed = false;

    const refresh = async (): Promise<void> => {
      const keys = [...stale.values()];
      stale.clear();
      // Running fetches finish first: cancelling them again and again would show nothing at all.
      await Promise.allSettled(
        keys.map((queryKey) => client.invalidateQueries({ queryKey }, { cancelRefetch: false })),
      );
      timer = undefined;
      if (stale.size > 0 && !closed) schedule();
    };
    const schedule = (): void => {
      timer ??= setTimeout(() => void refresh(), calmMs);
    };
    const mark = (keys: readonly QueryKey[]): void => {
      for (const key of keys) stale.set(JSON.stringify(key), key);
      schedule();
    };

    const everything = Object.values(topics).flat();
    const source = new EventSource(url);
    for (const [topic, keys] of Object.entries(topics)) source.addEventListener(topic, () => mark(keys));
    source.addEventListener('open', () => {
      // Something may have happened while nobody listened.
      if (poll !== undefined) mark(everything);
      clearInterval(poll);
      poll = undefined;
    });
    source.addEventListener('error', () => {
      poll ??= setInterval(() => mark(everything), pollMs);
    });
    return () => {
      closed = true;
      source.close();
      clearTimeout(timer);
      clearInterval(poll);
    };
  }, [client, url, topics]);
}
