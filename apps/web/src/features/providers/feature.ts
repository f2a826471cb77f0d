import { Cloudy } from 'lucide-react';
import { lazyPage, type Feature } from '@/app/feature.ts';

const page = (load: Parameters<typeof lazyPage>[0]) =>
  lazyPage(load, ['providers', 'cloud', 'accounts', 'inventory', 'costs', 'savings']);

export const providers: Feature = {
  name: 'providers',
  palette: [
    {
      job: 'resources',
      labelKey: 'shell:nav.providers',
      icon: Cloudy,
      scope: 'workspace',
      path: 'providers',
    },
  ],
  routes: {
    workspace: [
      {
        path: 'providers',
        lazy: page(() => import('./pages/providers.tsx').then((module) => module.Providers)),
      },
      {
        path: 'providers/:provider',
        lazy: page(() => import('./pages/provider.tsx').then((module) => module.Provider)),
      },
      {
        path: 'providers/:provider/prices',
        lazy: page(() => import('./pages/prices.tsx').then((module) => module.Prices)),
      },
    ],
  },
};
