import { BellRing } from 'lucide-react';
import { lazyPage, type Feature } from '@/app/feature.ts';
import { Bell } from './bell.tsx';

// The rules are written with the filters of the cost pages, and in their words.
const page = (load: Parameters<typeof lazyPage>[0]) => lazyPage(load, ['alerts', 'costs']);

export const alerts: Feature = {
  name: 'alerts',
  nav: [
    {
      job: 'alerts',
      labelKey: 'shell:nav.alerts',
      icon: BellRing,
      scope: 'workspace',
      path: 'alerts',
      permission: 'alerts:read',
    },
  ],
  tools: [Bell],
  routes: {
    workspace: [
      { path: 'alerts', lazy: page(() => import('./pages/alerts.tsx').then((module) => module.Alerts)) },
      {
        path: 'alerts/rules',
        lazy: page(() => import('./pages/rules.tsx').then((module) => module.AlertRules)),
      },
    ],
  },
};
