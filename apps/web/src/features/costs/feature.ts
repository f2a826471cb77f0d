import { ChartLine } from 'lucide-react';
import { lazyPage, type Feature } from '@/app/feature.ts';

const page = (load: Parameters<typeof lazyPage>[0]) => lazyPage(load, ['costs']);

export const costs: Feature = {
  name: 'costs',
  nav: [
    {
      job: 'costs',
      labelKey: 'shell:nav.costs',
      icon: ChartLine,
      scope: 'workspace',
      path: 'costs',
      permission: 'costs:read',
    },
  ],
  routes: {
    workspace: [
      {
        path: 'costs',
        lazy: page(() => import('./pages/costs.tsx').then((module) => module.Costs)),
        children: [
          {
            path: 'items',
            lazy: page(() => import('./pages/line-items.tsx').then((module) => module.LineItems)),
          },
        ],
      },
      {
        path: 'costs/imports',
        lazy: page(() => import('./pages/imports.tsx').then((module) => module.Imports)),
        children: [
          {
            path: ':importId',
            lazy: page(() => import('./pages/import.tsx').then((module) => module.Import)),
          },
        ],
      },
      {
        path: 'costs/reconciliation',
        lazy: page(() => import('./pages/reconciliation.tsx').then((module) => module.Reconciliation)),
      },
      {
        path: 'costs/conformance',
        lazy: page(() => import('./pages/conformance.tsx').then((module) => module.ConformancePage)),
      },
      {
        path: 'costs/anomalies',
        lazy: page(() => import('./pages/anomalies.tsx').then((module) => module.Anomalies)),
        children: [
          {
            path: ':anomalyId',
            lazy: page(() => import('./pages/anomaly.tsx').then((module) => module.Anomaly)),
          },
        ],
      },
      {
        path: 'costs/budgets',
        lazy: page(() => import('./pages/budgets.tsx').then((module) => module.Budgets)),
      },
      {
        path: 'costs/allocation',
        lazy: page(() => import('./pages/allocation.tsx').then((module) => module.Allocation)),
      },
      {
        path: 'costs/settings',
        lazy: page(() => import('./pages/settings.tsx').then((module) => module.CostSettingsPage)),
      },
    ],
  },
};
