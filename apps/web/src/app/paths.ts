/** Addresses of the application. Everything that links goes through here or a feature's own paths. */
const part = encodeURIComponent;

export const paths = {
  root: '/',
  signIn: '/sign-in',
  signUp: '/sign-up',
  verifyEmail: '/verify-email',
  forgotPassword: '/forgot-password',
  resetPassword: '/reset-password',
  mfa: '/mfa',
  acceptInvitation: '/invitations/accept',
  welcome: '/welcome',
  account: (page: string): string => `/account/${page}`,
  organization: (org: string, page = ''): string => `/o/${part(org)}${page === '' ? '' : `/${page}`}`,
  organizationSettings: (org: string, page: string): string => `/o/${part(org)}/settings/${page}`,
  workspace: (org: string, workspace: string, page = ''): string =>
    `/o/${part(org)}/w/${part(workspace)}${page === '' ? '' : `/${page}`}`,
} as const;
