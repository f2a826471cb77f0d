import type { Events, LiveMessage } from '#platform/events/events.ts';
import type { LiveEvent } from '#platform/http/route.ts';
import type { WorkspaceRef } from './scope-of.ts';

const heartbeatMs = 25_000;
const maxQueued = 200;

/** One workspace's inventory messages until the client goes away; a slow reader loses the oldest, never memory. */
export async function* liveFeed(events: Events, scope: WorkspaceRef, signal: AbortSignal): AsyncIterable<LiveEvent> {
  const queue: LiveMessage[] = [];
  let wake: () => void = () => undefined;
  const stop = events.live.subscribe(scope.organizationId, (message) => {
    if (!message.topic.startsWith('inventory.') || message.data.workspaceId !== scope.workspaceId) return;
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
