import type { Operation, TypeReader } from '../shared/model.ts';
import type { GraphSession } from './graph.ts';
import type { PriceList } from './prices.ts';

/** Where a listing or a call runs. */
export interface Scope {
  readonly graph: GraphSession;
  readonly prices: PriceList;
  readonly signal: AbortSignal | undefined;
  /** Writes; in a rehearsal nothing is sent. */
  send(method: 'POST' | 'PATCH', path: string, body: object): Promise<void>;
}

export type M365Reader = TypeReader<Scope>;
export type M365Operation = Operation<Scope>;

/** Globally unique id of an object of a tenant; Graph's own ids are unique in their tenant only. */
export function nativeId(scope: Scope, kind: string, id: string): string {
  return `m365:${scope.graph.tenantId}:${kind}/${id}`;
}
