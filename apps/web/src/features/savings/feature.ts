import { PiggyBank, ScrollText } from 'lucide-react';
import { lazyPage, type Feature } from '@/app/feature.ts';

// Findings speak of resources and providers, and of where applying is configured.
const page = (load: Parameters<typeof lazyPage>[0]) => lazyPage(load, ['savings', 'cloud', 'costs']);

export const savings: Feature = {
  name: 'savings',
  nav: [
    {
      job: 'savings',
      labelKey: 'shell:nav.savings',
      icon: PiggyBank,
      scope: 'workspace',
      path: 'savings',
      permission: 'finops:read',
    },
  ],
  palette: [
    {
      job: 'savings',
      labelKey: 'shell:nav.savingsRules',
      icon: ScrollText,
      scope: 'workspace',
      path: 'savings/rules',
      permission: 'finops:read',
    },
  ],
  routes: {
    workspace: [
      {
        path: 'savings/actions',
        lazy: page(() => import('./pages/actions.tsx').then((module) => module.Actions)),
        children: [
          {
            path: ':actionId',
            lazy: page(() => import('./pages/action.tsx').then((module) => module.Action)),
          },
        ],
      },
      {
        path: 'savings/rules',
        lazy: page(() => import('./pages/rules.tsx').then((module) => module.Rules)),
        children: [
          { path: ':ruleId', lazy: page(() => import('./pages/rule.tsx').then((module) => module.Rule)) },
        ],
      },
      {
        path: 'savings/why-not',
        lazy: page(() => import('./pages/why-not.tsx').then((module) => module.WhyNot)),
      },
      {
        path: 'savings/settings',
        lazy: page(() => import('./pages/settings.tsx').then((module) => module.SavingsSettingsPage)),
      },
      {
        path: 'savings',
        lazy: page(() => import('./pages/savings.tsx').then((module) => module.Savings)),
        children: [
          {
            path: ':recommendationId',
            lazy: page(() => import('./pages/recommendation.tsx').then((module) => module.Recommendation)),
          },
        ],
      },
    ],
  },
};
