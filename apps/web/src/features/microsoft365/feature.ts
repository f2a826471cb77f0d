import { Users } from 'lucide-react';
import { lazyPage, type Feature } from '@/app/feature.ts';

const page = (load: Parameters<typeof lazyPage>[0]) =>
  lazyPage(load, ['microsoft365', 'providers', 'cloud', 'accounts', 'inventory', 'costs', 'savings']);

export const microsoft365: Feature = {
  name: 'microsoft365',
  palette: [
    {
      job: 'resources',
      labelKey: 'shell:nav.microsoft365',
      icon: Users,
      scope: 'workspace',
      path: 'microsoft-365',
    },
  ],
  routes: {
    workspace: [
      {
        path: 'microsoft-365',
        lazy: page(() => import('./pages/microsoft365.tsx').then((module) => module.Microsoft365)),
        children: [
          {
            index: true,
            lazy: page(() => import('./tabs/overview.tsx').then((module) => module.OverviewTab)),
          },
          {
            path: 'users',
            lazy: page(() => import('./tabs/users.tsx').then((module) => module.UsersTab)),
          },
          {
            path: 'licences',
            lazy: page(() => import('./tabs/licences.tsx').then((module) => module.LicencesTab)),
          },
          {
            path: 'groups',
            lazy: page(() => import('./tabs/groups.tsx').then((module) => module.GroupsTab)),
          },
          {
            path: 'security',
            lazy: page(() => import('./tabs/security.tsx').then((module) => module.SecurityTab)),
          },
        ],
      },
    ],
  },
};
