import { House } from 'lucide-react';
import { lazyPage, type Feature } from '@/app/feature.ts';

export const home: Feature = {
  name: 'home',
  nav: [{ job: 'home', labelKey: 'shell:nav.home', icon: House, scope: 'workspace', path: '' }],
  routes: {
    workspace: [
      {
        index: true,
        // Each widget speaks in the words of the feature it shows.
        lazy: lazyPage(
          () => import('./pages/home.tsx').then((module) => module.Home),
          ['home', 'tenancy', 'audit', 'cloud', 'costs', 'alerts'],
        ),
      },
    ],
  },
};
