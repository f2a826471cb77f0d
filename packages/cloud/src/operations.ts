import { z } from 'zod';
import type { Field, FieldValues } from './fields.ts';
import { Money, ResourceRef, type Resource, type ResourceState } from './resource.ts';

/** What can be done to resources of a type. */
export interface OperationDescriptor {
  /** Verb, the same for all providers where the meaning is: `start`, `stop`, `delete`, `resize`, `tag` … */
  readonly id: string;
  readonly type: string;
  /** English; user interfaces translate by id. */
  readonly label: string;
  /**
   * States in which it can be asked for; absent means any but `deleted` and `deleting`. With `deleted` it is
   * also for resources the provider no longer knows: bringing one back, mostly under a new id in `created`.
   */
  readonly states?: readonly ResourceState[];
  readonly parameters: readonly Field[];
  /** `typed`: the person types the name; used for everything that destroys. */
  readonly confirm: 'none' | 'simple' | 'typed';
  /** The provider can check permission and input without acting. */
  readonly dryRun: boolean;
  /** States that show it has happened; absent when the call's answer is the proof. `deleted` also means not found. */
  readonly until?: readonly ResourceState[];
  /** Operation that undoes it, where one exists. */
  readonly undo?: string;
  /** Its parameters are made by a program (a captured state): user interfaces do not offer it as a form. */
  readonly captured?: true;
  /** Permissions used, in the provider's names. */
  readonly actions: readonly string[];
}

/** An order to act on one resource. */
export interface OperationRequest {
  readonly operation: string;
  readonly resource: ResourceRef;
  readonly parameters: FieldValues;
  /** Unique per intended action, kept over retries; 8–64 characters of `[A-Za-z0-9-]`. */
  readonly clientToken: string;
  /** Only check; allowed where the descriptor says so. */
  readonly dryRun?: boolean;
  readonly signal?: AbortSignal;
}

/** What came of an operation. */
export const OperationResult = z.object({
  /**
   * `done`: proven by the answer; `accepted`: under way, see the descriptor's `until`;
   * `already`: the resource was in the wanted state, nothing was sent or changed;
   * `allowed`: the dry run passed.
   */
  status: z.enum(['done', 'accepted', 'already', 'allowed']),
  requestId: z.string().optional(),
  /** Resources that exist now because of it, e.g. a final snapshot. */
  created: z.array(ResourceRef).default([]),
  /** Parameters with which `undo` brings the former state back. */
  undo: z
    .object({
      operation: z.string(),
      parameters: z.record(z.string(), z.json()),
      /** The provider refuses it before this instant; ISO 8601, UTC. */
      notBefore: z.iso.datetime().optional(),
    })
    .optional(),
  note: z.string().optional(),
});
export type OperationResult = z.infer<typeof OperationResult>;

/** What an operation would answer, learnt without acting. */
export interface Rehearsal {
  /** The resource as it is now; absent when the provider does not know it. */
  readonly before?: Resource;
  readonly undo?: NonNullable<OperationResult['undo']>;
  /** As far as it can be known beforehand, e.g. a snapshot whose name is chosen. */
  readonly created: readonly ResourceRef[];
}

/** The answer to "did this happen?" after a crash between sending and recording. */
export const Reconciliation = z.object({
  /** `no` is certain: sending again is safe. `unknown`: a person must look. */
  happened: z.enum(['yes', 'no', 'unknown']),
  /** For creations: what exists because of it. */
  resources: z.array(ResourceRef).default([]),
  evidence: z.string(),
});
export type Reconciliation = z.infer<typeof Reconciliation>;

/** A type that can be created, with its form. */
export interface CreatableType {
  readonly type: string;
  /** `<provider>.<service>.<kind>` may be made in more than one way; this id is unique. */
  readonly id: string;
  readonly label: string;
  readonly fields: readonly Field[];
  readonly dryRun: boolean;
  readonly actions: readonly string[];
  /** States that show the first resource is ready. */
  readonly until: readonly ResourceState[];
}

/** An order to create. */
export interface CreateRequest {
  /** Id of the {@link CreatableType}. */
  readonly creatable: string;
  readonly region: string;
  readonly input: FieldValues;
  /** As in {@link OperationRequest}. Sent again with the same input it creates nothing twice. */
  readonly clientToken: string;
  readonly dryRun?: boolean;
  readonly signal?: AbortSignal;
  /** Called after each resource exists, so that a journal can hold it before the next step. */
  readonly onCreated?: (resource: ResourceRef) => Promise<void> | void;
}

/** What a creation made. */
export const CreateResult = z.object({
  /** `existing`: an earlier try with this token had already made it. */
  status: z.enum(['created', 'existing', 'allowed']),
  /** The wanted resource first, then what belongs to it. Empty for `allowed`. */
  resources: z.array(ResourceRef),
  requestId: z.string().optional(),
});
export type CreateResult = z.infer<typeof CreateResult>;

/** List price of what a form would create. */
export const CostEstimate = z.object({
  /** Sum of the items; null when a needed price is unknown. */
  monthly: Money.nullable(),
  items: z.array(
    z.object({ label: z.string(), quantity: z.string(), unit: z.string(), unitPrice: Money, monthly: Money }),
  ),
  /** `live` prices asked now, `bundled` from the dated table that ships with the adapter. */
  source: z.enum(['live', 'bundled', 'mixed', 'none']),
  /** Date of the prices, YYYY-MM-DD. */
  asOf: z.string(),
  /** What the number leaves out, English. */
  assumptions: z.array(z.string()),
});
export type CostEstimate = z.infer<typeof CostEstimate>;
