import { defineStore, type StoreOwner } from '../world.ts';
import type { Charge } from './charge.ts';

/** A monthly credit on a service. */
export interface CreditGrant {
  /** First and last day, `YYYY-MM-DD`, both included. */
  readonly from: string;
  readonly to: string;
  readonly usdPerMonth: number;
  readonly service: string;
}

/** Billing of one account: what does not follow from a resource. */
export class BillingStore {
  /** Growth is counted from here (start of the simulation), so that closed months never change. */
  readonly anchor: number;
  /** Charges without a resource in the simulation: support, planted anomalies, things of the past. */
  readonly charges: Charge[] = [];
  readonly credits: CreditGrant[] = [];
  /** Part of each month's usage charged as tax on the first of the month. */
  taxRate = 0;
  /** Hours the bill is behind. AWS says up to 24. */
  lagHours = 8;
  /** Tag keys activated for cost allocation; undefined activates all but `Name` and `aws:` ones. */
  costTags: ReadonlySet<string> | undefined;

  constructor({ world }: StoreOwner) {
    this.anchor = world.clock.now();
  }
}

/** Billing state per account. */
export const billingStore = defineStore('billing', 'account', (owner) => new BillingStore(owner));
