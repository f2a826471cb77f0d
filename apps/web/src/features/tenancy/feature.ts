import { Settings } from 'lucide-react';
import { lazyPage, type Feature } from '@/app/feature.ts';
import { paths } from '@/app/paths.ts';

const page = (load: Parameters<typeof lazyPage>[0]) => lazyPage(load, ['tenancy']);

export const tenancy: Feature = {
  name: 'tenancy',
  nav: [
    {
      job: 'settings',
      labelKey: 'shell:nav.settings',
      icon: Settings,
      scope: 'organization',
      path: 'settings',
    },
  ],
  organizationSettings: [
    { labelKey: 'shell:settings.general', path: 'general' },
    { labelKey: 'shell:settings.members', path: 'members' },
    { labelKey: 'shell:settings.invitations', path: 'invitations' },
    { labelKey: 'shell:settings.roles', path: 'roles' },
    { labelKey: 'shell:settings.workspaces', path: 'workspaces' },
    { labelKey: 'shell:settings.plan', path: 'plan' },
  ],
  routes: {
    entry: [
      {
        path: paths.root,
        lazy: page(() => import('./pages/root-redirect.tsx').then((module) => module.RootRedirect)),
      },
      {
        path: paths.welcome,
        lazy: page(() => import('./pages/welcome.tsx').then((module) => module.Welcome)),
      },
    ],
    organization: [
      {
        index: true,
        lazy: page(() =>
          import('./pages/organization-redirect.tsx').then((module) => module.OrganizationRedirect),
        ),
      },
    ],
    organizationSettings: [
      { path: 'general', lazy: page(() => import('./pages/general.tsx').then((module) => module.General)) },
      { path: 'members', lazy: page(() => import('./pages/members.tsx').then((module) => module.Members)) },
      {
        path: 'invitations',
        lazy: page(() => import('./pages/invitations.tsx').then((module) => module.Invitations)),
      },
      { path: 'roles', lazy: page(() => import('./pages/roles.tsx').then((module) => module.Roles)) },
      {
        path: 'workspaces',
        lazy: page(() => import('./pages/workspaces.tsx').then((module) => module.Workspaces)),
      },
      { path: 'plan', lazy: page(() => import('./pages/plan.tsx').then((module) => module.PlanPage)) },
    ],
  },
};
