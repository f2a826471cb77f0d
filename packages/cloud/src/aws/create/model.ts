import type { FieldIssue } from '../../errors.ts';
import type { FieldOption, FieldValues } from '../../fields.ts';
import type { PriceQuery } from '../../observations.ts';
import type { CreatableType, CreateResult } from '../../operations.ts';
import type { ResourceRef } from '../../resource.ts';
import type { Scope } from '../scope.ts';

/** An order to create; input is checked and has its defaults. */
export interface CreateOrder {
  readonly input: FieldValues;
  readonly clientToken: string;
  readonly dryRun: boolean;
  readonly onCreated: (resource: ResourceRef) => Promise<void>;
}

/** A billed part of what an input would create. */
export interface PricedPart {
  readonly label: string;
  readonly query: PriceQuery;
  /** Units per month as a decimal string, e.g. `730` hours, `100` GiB. */
  readonly quantity: string;
}

/** What an input would cost; `assumptions` name what is left out. */
export interface PricePlan {
  readonly parts: readonly PricedPart[];
  readonly assumptions: readonly string[];
}

/** One thing that can be created. */
export interface Creator {
  readonly descriptor: CreatableType;
  readonly pickers: Readonly<
    Record<string, (scope: Scope, input: FieldValues) => Promise<readonly FieldOption[]>>
  >;
  /** Checks that single fields can't express. */
  check?(input: FieldValues): readonly FieldIssue[];
  plan(region: string, input: FieldValues): PricePlan;
  create(scope: Scope, order: CreateOrder): Promise<CreateResult>;
  /** What exists because of an order; undefined when it can't be told. */
  find(
    scope: Scope,
    order: Pick<CreateOrder, 'input' | 'clientToken'>,
  ): Promise<readonly ResourceRef[] | undefined>;
}

export const HOURS = '730';
