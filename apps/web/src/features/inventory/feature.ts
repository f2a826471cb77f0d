import { Boxes, ClipboardList, Grid3x3, PackagePlus } from 'lucide-react';
import { lazyPage, type Feature, type NavEntry } from '@/app/feature.ts';

const page = (load: Parameters<typeof lazyPage>[0]) => lazyPage(load, ['cloud', 'inventory']);

const further = (labelKey: string, icon: NavEntry['icon'], path: string): NavEntry => ({
  job: 'resources',
  labelKey,
  icon,
  scope: 'workspace',
  path,
});

export const inventory: Feature = {
  name: 'inventory',
  nav: [
    {
      job: 'resources',
      labelKey: 'shell:nav.resources',
      icon: Boxes,
      scope: 'workspace',
      path: 'resources',
      also: ['accounts', 'orders', 'providers', 'microsoft-365'],
      permission: 'resources:read',
    },
  ],
  palette: [
    further('shell:nav.overview', Grid3x3, 'resources/overview'),
    further('shell:nav.create', PackagePlus, 'resources/new'),
    further('shell:nav.orders', ClipboardList, 'orders'),
  ],
  routes: {
    workspace: [
      {
        path: 'resources/overview',
        lazy: page(() => import('./pages/overview.tsx').then((module) => module.Overview)),
      },
      {
        path: 'resources/new',
        lazy: page(() => import('./pages/create.tsx').then((module) => module.Create)),
      },
      {
        path: 'resources',
        lazy: page(() => import('./pages/resources.tsx').then((module) => module.Resources)),
        children: [
          {
            path: ':resourceId',
            lazy: page(() => import('./pages/resource.tsx').then((module) => module.Resource)),
          },
        ],
      },
      { path: 'orders', lazy: page(() => import('./pages/orders.tsx').then((module) => module.Orders)) },
    ],
  },
};
