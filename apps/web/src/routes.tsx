import { createBrowserRouter, Navigate, Outlet, type RouteObject } from 'react-router';
import { lazyPage, type Feature } from './app/feature.ts';
import { OrganizationScope, WorkspaceScope } from './app/scope.tsx';
import { NotFound } from './app/shell/not-found.tsx';
import { RequireSession } from './app/shell/require-session.tsx';
import { RouteError } from './app/shell/route-error.tsx';
import { features } from './features.ts';

/** All routes the features bring to one place of the tree. */
function collect(place: keyof NonNullable<Feature['routes']>): RouteObject[] {
  return features.flatMap((feature) => feature.routes?.[place] ?? []);
}

const settingsLayout = lazyPage(
  () => import('./app/shell/settings-layout.tsx').then((module) => module.OrganizationSettings),
  ['shell'],
);
const accountLayout = lazyPage(
  () => import('./app/shell/settings-layout.tsx').then((module) => module.AccountSettings),
  ['shell'],
);

const routes: RouteObject[] = [
  {
    // One boundary around everything; the one below keeps the shell when a page throws.
    Component: Outlet,
    ErrorBoundary: RouteError,
    HydrateFallback: () => null,
    children: [
      ...collect('bare'),
      {
        Component: RequireSession,
        children: [
          ...collect('entry'),
          {
            lazy: lazyPage(() => import('./app/shell/shell.tsx').then((module) => module.Shell), ['shell']),
            children: [
              {
                ErrorBoundary: RouteError,
                children: [
                  {
                    path: '/account',
                    lazy: accountLayout,
                    children: [
                      { index: true, element: <Navigate to="profile" replace /> },
                      ...collect('account'),
                    ],
                  },
                  {
                    path: '/o/:org',
                    Component: OrganizationScope,
                    children: [
                      ...collect('organization'),
                      {
                        path: 'settings',
                        lazy: settingsLayout,
                        children: [
                          { index: true, element: <Navigate to="general" replace /> },
                          ...collect('organizationSettings'),
                        ],
                      },
                      { path: 'w/:workspace', Component: WorkspaceScope, children: collect('workspace') },
                    ],
                  },
                  { path: '*', Component: NotFound },
                ],
              },
            ],
          },
        ],
      },
    ],
  },
];

/** The browser's router over all features. */
export function createAppRouter() {
  return createBrowserRouter(routes);
}
