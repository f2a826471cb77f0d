import { ApiError } from '../../http.ts';
import type { ArmResource, Json, Subscription } from '../subscription.ts';

/** Seconds of simulated time that changes take. */
export const SECONDS = { create: 45, start: 30, stop: 40, update: 20, delete: 25 } as const;

/** Where a behaviour acts. */
export interface Place {
  readonly subscription: Subscription;
  readonly now: number;
  /** The time at which a change that takes `seconds` and starts now is over. */
  after(seconds: number): number;
  /** Whether a name that is unique over all subscriptions is somebody else's. */
  isTaken(type: string, name: string): boolean;
}

/** What is special about a type; everything else is stored and given back. */
export interface Behaviour {
  /** Fills in what the service adds, checks what it demands. @throws ApiError */
  create?(place: Place, resource: ArmResource, existing: ArmResource | undefined): void;
  /** Merges a PATCH. @throws ApiError */
  patch?(place: Place, resource: ArmResource, body: Json): void;
  /** @throws ApiError when something depends on it */
  delete?(place: Place, resource: ArmResource): void;
  /** POST actions by lower-case name. */
  readonly actions?: Readonly<Record<string, (place: Place, resource: ArmResource) => number>>;
}

export const conflict = (code: string, message: string): ApiError => new ApiError(409, code, message);
export const idOf = (value: unknown): string =>
  ((value as { id?: string } | undefined)?.id ?? '').toLowerCase();
export const list = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : []);

export const textOf = (value: unknown, otherwise: string): string =>
  typeof value === 'string' ? value : otherwise;
