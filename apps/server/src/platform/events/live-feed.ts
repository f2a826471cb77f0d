import type { LiveEvent } from '../http/route.ts';
import type { Events, LiveMessage } from './events.ts';

const heartbeatMs = 25_000;
const maxQueued = 200;

/**
 * An organization's live messages as server-sent events until the client goes away; a slow reader loses the oldest,
 * never memory.
 * @param wanted which messages the page is for
 */
export async function* liveFeed(
  events: Events,
  organizationId: string,
  wanted: (message: LiveMessage) => boolean,
  signal: AbortSignal,
): AsyncIterable<LiveEvent> {
  const queue: LiveMessage[] = [];
  let wake: () => void = () => undefined;
  const stop = events.live.subscribe(organizationId, (message) => {
    if (!wanted(message)) return;
    queue.push(message);
    if (queue.length > maxQueued) queue.shift();
    wake();
  });
  const heartbeat = setInterval(() => wake(), heartbeatMs);
  signal.addEventListener('abort', () => wake(), { once: true });
  try {
    while (!signal.aborted) {
      const message = queue.shift();
      if (message !== undefined) {
        yield { event: message.topic, data: message.data };
        continue;
      }
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
      // Proxies close silent streams.
      if (queue.length === 0 && !signal.aborted) yield { event: 'heartbeat', data: {} };
    }
  } finally {
    clearInterval(heartbeat);
    stop();
  }
}
