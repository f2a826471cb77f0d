import type { z } from 'zod';
import type { AnyTx } from '../db/database.ts';

/** Name, version and payload of a domain event. A change that readers cannot ignore is a new version. */
export interface EventDefinition<Payload extends object = object> {
  /** `module.thing_happened`, past tense. */
  readonly name: string;
  readonly version: number;
  /** Of the payload without `organizationId`. */
  readonly schema: z.ZodType<Payload>;
}

/** An event as a subscriber gets it. */
export interface DeliveredEvent<Payload extends object = object> {
  /** UUIDv7; the same on every delivery. */
  id: string;
  name: string;
  version: number;
  organizationId: string | null;
  occurredAt: Date;
  payload: Payload;
}

/**
 * Receives one kind of event, in order per organization. The handler's transaction also holds the receipt: what it
 * writes through `tx` happens exactly once. Anything else (network) belongs in a job that it enqueues with `tx`.
 */
export interface Subscriber<Payload extends object = object> {
  /** Unique and stable, `module.purpose`; it is the key of the subscriber's position. */
  readonly name: string;
  readonly event: EventDefinition<Payload>;
  /** `tx` is the event's organization's, or a system transaction for an event without one. */
  handler(event: DeliveredEvent<Payload>, tx: AnyTx): Promise<void>;
}

/** A message to the pages that are open now; lost when nobody listens. */
export interface LiveMessage {
  organizationId: string;
  /** e.g. `schedule.changed`. */
  topic: string;
  /** Small and without secrets: ids of what changed, not the thing itself. At most 6 kB as JSON. */
  data: Record<string, unknown>;
}

/** Fan-out over all processes. */
export interface LiveEvents {
  /** Sent when the transaction commits. @throws when the data is too large */
  publish(tx: AnyTx, message: LiveMessage): Promise<void>;
  /** Listens to one organization. @returns stops listening */
  subscribe(organizationId: string, listener: (message: LiveMessage) => void): () => void;
}

/** Domain events through an outbox. */
export interface Events {
  /** Declares subscribers; before `start`. @throws when a name is taken */
  register(subscribers: readonly Subscriber[]): void;
  /** Writes an event in the caller's transaction. `organizationId` null only in a system transaction. @returns its id */
  publish<Payload extends object>(
    tx: AnyTx,
    event: EventDefinition<Payload>,
    data: Payload & { organizationId: string | null },
  ): Promise<string>;
  live: LiveEvents;
  /** Starts live fan-out and, with `relay`, delivery to subscribers. */
  start(options: { relay: boolean }): Promise<void>;
  stop(): Promise<void>;
}

/** Declares an event. */
export function defineEvent<Payload extends object>(
  event: EventDefinition<Payload>,
): EventDefinition<Payload> {
  return event;
}

/** Declares a subscriber. */
export function defineSubscriber<Payload extends object>(
  subscriber: Subscriber<Payload>,
): Subscriber<Payload> {
  return subscriber;
}
