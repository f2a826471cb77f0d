import { CloudCog, Plus } from 'lucide-react';
import { lazyPage, type Feature } from '@/app/feature.ts';

const page = (load: Parameters<typeof lazyPage>[0]) => lazyPage(load, ['cloud', 'accounts', 'inventory']);

export const accounts: Feature = {
  name: 'accounts',
  palette: [
    {
      job: 'resources',
      labelKey: 'shell:nav.accounts',
      icon: CloudCog,
      scope: 'workspace',
      path: 'accounts',
    },
    {
      job: 'resources',
      labelKey: 'shell:nav.connect',
      icon: Plus,
      scope: 'workspace',
      path: 'accounts/connect',
    },
  ],
  routes: {
    workspace: [
      {
        path: 'accounts',
        lazy: page(() => import('./pages/accounts.tsx').then((module) => module.Accounts)),
      },
      {
        path: 'accounts/connect',
        lazy: page(() => import('./pages/connect.tsx').then((module) => module.Connect)),
      },
      {
        path: 'accounts/:accountId',
        lazy: page(() => import('./pages/account.tsx').then((module) => module.Account)),
      },
    ],
  },
};
