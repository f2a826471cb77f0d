import { ChangePasswordBody, ProfileBody, SessionList, User } from '@cloudatlas/contracts/identity';
import { Id } from '@cloudatlas/contracts/common';
import { z } from 'zod';
import { sessionCookie } from '#platform/http/credential.ts';
import { userRoute, type Route } from '#platform/http/route.ts';
import type { PasswordService } from '../services/passwords.ts';
import type { SessionService } from '../services/sessions.ts';
import type { UserService } from '../services/users.ts';
import { personOf, setSessionCookie } from './support.ts';

export interface MeServices {
  users: UserService;
  sessions: SessionService;
  passwords: PasswordService;
}

/** The signed-in person: profile, password, sessions. */
export function meRoutes({ users, sessions, passwords }: MeServices): Route[] {
  return [
    userRoute({
      method: 'GET',
      path: '/me',
      operationId: 'meGet',
      summary: 'The signed-in person',
      apiKeys: true,
      answer: { status: 200, schema: User },
      handler: ({ principal }) => users.get(principal.userId),
    }),
    userRoute({
      method: 'PATCH',
      path: '/me',
      operationId: 'meUpdate',
      summary: 'Change name, language, time zone or theme',
      body: ProfileBody,
      answer: { status: 200, schema: User },
      handler: (context, { body }) => users.updateProfile(personOf(context), body, context),
    }),
    userRoute({
      method: 'POST',
      path: '/me/password',
      operationId: 'mePasswordChange',
      summary: 'Choose a new password; ends the other sessions',
      rateLimit: 'auth',
      body: ChangePasswordBody,
      answer: { status: 204 },
      problems: ['invalid_credentials', 'weak_password', 'rate_limited'],
      handler: async (context, { body }) => {
        const renewed = await passwords.change(personOf(context), body, context);
        if (renewed !== null) setSessionCookie(context, renewed.token);
      },
    }),
    userRoute({
      method: 'GET',
      path: '/me/sessions',
      operationId: 'sessionList',
      summary: 'Browsers and API clients that are signed in',
      answer: { status: 200, schema: SessionList },
      handler: async (context) => ({ items: await sessions.list(personOf(context)) }),
    }),
    userRoute({
      method: 'DELETE',
      path: '/me/sessions/:sessionId',
      operationId: 'sessionRevoke',
      summary: 'End one session',
      params: z.object({ sessionId: Id }),
      answer: { status: 204 },
      problems: ['not_found'],
      handler: async (context, { params }) => {
        await sessions.revoke(personOf(context), params.sessionId, context);
        if (params.sessionId === context.principal.credentialId) context.clearCookie(sessionCookie);
      },
    }),
    userRoute({
      method: 'POST',
      path: '/me/sessions/revoke-others',
      operationId: 'sessionRevokeOthers',
      summary: 'End every session but this one',
      answer: { status: 204 },
      handler: (context) => sessions.revokeOthers(personOf(context), context),
    }),
  ];
}
