import type { Events } from '#platform/events/events.ts';
import { liveFeed as platformFeed } from '#platform/events/live-feed.ts';
import type { LiveEvent } from '#platform/http/route.ts';
import type { WorkspaceRef } from './scope-of.ts';

/** One workspace's messages about savings until the client goes away. */
export function liveFeed(events: Events, scope: WorkspaceRef, signal: AbortSignal): AsyncIterable<LiveEvent> {
  return platformFeed(
    events,
    scope.organizationId,
    ({ topic, data }) => topic.startsWith('finops.') && data.workspaceId === scope.workspaceId,
    signal,
  );
}
