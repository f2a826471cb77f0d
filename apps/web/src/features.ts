/** The features of the application. A new one is a folder under features/ and a line here. */
import type { Feature } from './app/feature.ts';
import { accounts } from './features/accounts/feature.ts';
import { alerts } from './features/alerts/feature.ts';
import { audit } from './features/audit/feature.ts';
import { costs } from './features/costs/feature.ts';
import { home } from './features/home/feature.ts';
import { identity } from './features/identity/feature.ts';
import { inventory } from './features/inventory/feature.ts';
import { microsoft365 } from './features/microsoft365/feature.ts';
import { providers } from './features/providers/feature.ts';
import { savings } from './features/savings/feature.ts';
import { schedules } from './features/schedules/feature.ts';
import { tenancy } from './features/tenancy/feature.ts';

export const features: readonly Feature[] = [
  identity,
  home,
  tenancy,
  audit,
  accounts,
  inventory,
  providers,
  microsoft365,
  costs,
  schedules,
  savings,
  alerts,
];
