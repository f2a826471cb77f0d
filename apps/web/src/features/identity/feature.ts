import { lazyPage, type Feature } from '@/app/feature.ts';
import { paths } from '@/app/paths.ts';

const page = (load: Parameters<typeof lazyPage>[0]) => lazyPage(load, ['identity']);

export const identity: Feature = {
  name: 'identity',
  accountSettings: [
    { labelKey: 'shell:settings.profile', path: 'profile' },
    { labelKey: 'shell:settings.security', path: 'security' },
    { labelKey: 'shell:settings.apiKeys', path: 'api-keys' },
  ],
  routes: {
    bare: [
      {
        lazy: page(() => import('./auth-layout.tsx').then((module) => module.AuthLayout)),
        children: [
          {
            path: paths.signIn,
            lazy: page(() => import('./pages/sign-in.tsx').then((module) => module.SignIn)),
          },
          {
            path: paths.signUp,
            lazy: page(() => import('./pages/sign-up.tsx').then((module) => module.SignUp)),
          },
          {
            path: paths.verifyEmail,
            lazy: page(() => import('./pages/verify-email.tsx').then((module) => module.VerifyEmail)),
          },
          {
            path: paths.forgotPassword,
            lazy: page(() => import('./pages/forgot-password.tsx').then((module) => module.ForgotPassword)),
          },
          {
            path: paths.resetPassword,
            lazy: page(() => import('./pages/reset-password.tsx').then((module) => module.ResetPassword)),
          },
          { path: paths.mfa, lazy: page(() => import('./pages/mfa.tsx').then((module) => module.Mfa)) },
          {
            path: paths.acceptInvitation,
            lazy: lazyPage(
              () =>
                import('../tenancy/pages/accept-invitation.tsx').then((module) => module.AcceptInvitation),
              ['identity', 'tenancy'],
            ),
          },
        ],
      },
    ],
    account: [
      { path: 'profile', lazy: page(() => import('./pages/profile.tsx').then((module) => module.Profile)) },
      {
        path: 'security',
        lazy: page(() => import('./pages/security.tsx').then((module) => module.Security)),
      },
      { path: 'api-keys', lazy: page(() => import('./pages/api-keys.tsx').then((module) => module.ApiKeys)) },
    ],
  },
};
