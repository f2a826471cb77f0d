import { ScrollText } from 'lucide-react';
import { lazyPage, type Feature } from '@/app/feature.ts';

export const audit: Feature = {
  name: 'audit',
  nav: [
    {
      job: 'activity',
      labelKey: 'shell:nav.activity',
      icon: ScrollText,
      scope: 'organization',
      path: 'activity',
      permission: 'audit:read',
    },
  ],
  routes: {
    organization: [
      {
        path: 'activity',
        lazy: lazyPage(() => import('./pages/activity.tsx').then((module) => module.Activity), ['audit']),
      },
    ],
  },
};
