import { randomUUID } from 'node:crypto';
import type { FaultSet } from '../../control/faults.ts';
import type { Directory, DirectoryUser } from '../directory.ts';
import type { Caller } from '../entra.ts';
import { ApiError, type JsonAnswer, type JsonRequest } from '../http.ts';
import {
  controlEntity,
  groupEntity,
  registrationEntity,
  scoreEntity,
  skuEntity,
  subscriptionEntity,
  userEntity,
} from './entities.ts';
import { answerMany, answerOne } from './odata.ts';
import { isReport, reportFile } from './reports.ts';

/** What a handler works with. */
interface Call {
  readonly request: JsonRequest;
  readonly caller: Caller;
  readonly directory: Directory;
  readonly now: number;
  readonly faults: FaultSet;
  /** Captured parts of the path. */
  readonly parts: readonly string[];
  /** Files of reports by token: their address carries its own right to be read, once. */
  readonly files: Map<string, string>;
}

interface Route {
  readonly method: string;
  readonly path: RegExp;
  /** Name in the control API's log and fault targets: `graph:<name>`. */
  readonly name: string;
  /** Any one of them is enough. */
  readonly roles: readonly string[];
  readonly serve: (call: Call) => JsonAnswer;
}

const READ_DIRECTORY = ['Directory.Read.All', 'Directory.ReadWrite.All'];
const READ_USERS = ['User.Read.All', 'User.ReadWrite.All', ...READ_DIRECTORY];
const READ_SKUS = [
  'LicenseAssignment.Read.All',
  'LicenseAssignment.ReadWrite.All',
  'Organization.Read.All',
  ...READ_DIRECTORY,
];
const READ_GROUPS = ['Group.Read.All', 'Group.ReadWrite.All', ...READ_DIRECTORY];

function many(
  call: Call,
  all: readonly Record<string, unknown>[],
  context: string,
  limits: { most: number; usual: number; advanced?: boolean },
) {
  const paging = call.faults.paging();
  const answer = answerMany(call.request, all, context, { ...limits, pageItems: paging?.maxItems });
  if (paging?.repeatToken !== true || typeof answer.body !== 'object' || answer.body === null) return answer;
  const again = new URLSearchParams(call.request.query);
  again.set('$skiptoken', again.get('$skiptoken') ?? Buffer.from('at:1').toString('base64url'));
  return {
    ...answer,
    body: {
      ...answer.body,
      '@odata.nextLink': `${call.request.origin}${call.request.path}?${again.toString()}`,
    },
  };
}

function userOf(call: Call): DirectoryUser {
  const id = call.parts[0] ?? '';
  const found =
    call.directory.users.get(id) ??
    [...call.directory.users.values()].find((u) => u.userPrincipalName.toLowerCase() === id.toLowerCase());
  if (found) return found;
  throw new ApiError(
    404,
    'Request_ResourceNotFound',
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );
}

/** Sign-in activity needs Entra ID P1 and a consent of its own, and has smaller pages. */
function checkActivity(call: Call): boolean {
  if (!(call.request.query.get('$select') ?? '').split(',').includes('signInActivity')) return false;
  if (!call.directory.premium)
    throw new ApiError(
      403,
      'Authentication_RequestFromNonPremiumTenantOrB2CTenant',
      "Neither tenant is B2C or tenant doesn't have premium license",
    );
  if (!call.caller.roles.has('AuditLog.Read.All'))
    throw new ApiError(
      403,
      'Authorization_RequestDenied',
      'Insufficient privileges to complete the operation.',
    );
  return true;
}

function listUsers(call: Call): JsonAnswer {
  const activity = checkActivity(call);
  const all = [...call.directory.users.values()].map((user) => userEntity(user, call.now, activity));
  return many(call, all, 'users', { most: activity ? 500 : 999, usual: 100, advanced: true });
}

function assignLicense(call: Call): JsonAnswer {
  const user = userOf(call);
  const { addLicenses = [], removeLicenses = [] } = (call.request.body ?? {}) as {
    addLicenses?: { skuId?: string; disabledPlans?: string[] }[];
    removeLicenses?: string[];
  };
  const bad = (text: string): ApiError => new ApiError(400, 'Request_BadRequest', text);
  for (const skuId of removeLicenses)
    if (!user.licences.has(skuId)) throw bad(`User does not have a corresponding license.`);
  for (const { skuId = '' } of addLicenses) {
    const sku = call.directory.skus.get(skuId);
    if (!sku) throw bad(`License ${skuId} does not correspond to a valid company License.`);
    if (user.usageLocation === null)
      throw bad('License assignment cannot be done for user with invalid usage location.');
    if (!user.licences.has(skuId) && call.directory.consumed(skuId) >= sku.enabled)
      throw bad(`Subscription with SKU ${skuId} does not have any available licenses.`);
  }
  for (const skuId of removeLicenses) user.licences.delete(skuId);
  for (const { skuId = '', disabledPlans = [] } of addLicenses)
    user.licences.set(skuId, { disabledPlans: [...disabledPlans] });
  return answerOne(call.request, userEntity(user, call.now, false), 'users');
}

function patchUser(call: Call): JsonAnswer {
  const user = userOf(call);
  const body = (call.request.body ?? {}) as Record<string, unknown>;
  if (typeof body['accountEnabled'] === 'boolean') user.accountEnabled = body['accountEnabled'];
  if (typeof body['usageLocation'] === 'string') user.usageLocation = body['usageLocation'];
  return { status: 204 };
}

function report(call: Call): JsonAnswer {
  const [name = '', period = ''] = call.parts;
  if (!isReport(name))
    throw new ApiError(404, 'ResourceNotFound', `Resource not found for the segment '${name}'.`);
  if (!['D7', 'D30', 'D90', 'D180'].includes(period))
    throw new ApiError(400, 'BadRequest', `Invalid value specified for parameter 'period': ${period}.`);
  const token = randomUUID();
  call.files.set(token, reportFile(call.directory, name, period, call.now));
  return { status: 302, headers: { location: `${call.request.origin}/reportfiles/${token}` }, text: '' };
}

const segment = '([^/]+)';
const at = (path: string): RegExp => new RegExp(`^/v1\\.0${path}$`);

const ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: at('/organization'),
    name: 'ListOrganization',
    roles: ['Organization.Read.All', 'User.Read.All', ...READ_DIRECTORY],
    serve: (call) =>
      many(
        call,
        [
          {
            id: call.directory.id,
            displayName: call.directory.displayName,
            verifiedDomains: [{ name: call.directory.domain, isDefault: true }],
          },
        ],
        'organization',
        { most: 999, usual: 100 },
      ),
  },
  { method: 'GET', path: at('/users'), name: 'ListUsers', roles: READ_USERS, serve: listUsers },
  {
    method: 'GET',
    path: at(`/users/${segment}`),
    name: 'GetUser',
    roles: READ_USERS,
    serve: (call) =>
      answerOne(call.request, userEntity(userOf(call), call.now, checkActivity(call)), 'users'),
  },
  {
    method: 'PATCH',
    path: at(`/users/${segment}`),
    name: 'UpdateUser',
    roles: ['User.EnableDisableAccount.All', 'User.ReadWrite.All', 'Directory.ReadWrite.All'],
    serve: patchUser,
  },
  {
    method: 'POST',
    path: at(`/users/${segment}/assignLicense`),
    name: 'AssignLicense',
    roles: ['LicenseAssignment.ReadWrite.All', 'User.ReadWrite.All', 'Directory.ReadWrite.All'],
    serve: assignLicense,
  },
  {
    method: 'GET',
    path: at('/subscribedSkus'),
    name: 'ListSubscribedSkus',
    roles: READ_SKUS,
    serve: (call) =>
      many(
        call,
        [...call.directory.skus.values()].map((sku) => skuEntity(call.directory, sku)),
        'subscribedSkus',
        { most: 999, usual: 999 },
      ),
  },
  {
    method: 'GET',
    path: at('/directory/subscriptions'),
    name: 'ListSubscriptions',
    roles: ['Organization.Read.All', ...READ_DIRECTORY],
    serve: (call) =>
      many(
        call,
        [...call.directory.skus.values()].map((sku) => subscriptionEntity(call.directory, sku)),
        'subscriptions',
        { most: 999, usual: 999 },
      ),
  },
  {
    method: 'GET',
    path: at('/groups'),
    name: 'ListGroups',
    roles: READ_GROUPS,
    serve: (call) =>
      many(call, [...call.directory.groups.values()].map(groupEntity), 'groups', {
        most: 999,
        usual: 100,
        advanced: true,
      }),
  },
  {
    method: 'GET',
    path: at(`/groups/${segment}`),
    name: 'GetGroup',
    roles: READ_GROUPS,
    serve: (call) => {
      const group = call.directory.groups.get(call.parts[0] ?? '');
      if (!group)
        throw new ApiError(404, 'Request_ResourceNotFound', `Resource '${call.parts[0]}' does not exist.`);
      return answerOne(call.request, groupEntity(group), 'groups');
    },
  },
  {
    method: 'GET',
    path: at('/security/secureScores'),
    name: 'ListSecureScores',
    roles: ['SecurityEvents.Read.All', 'SecurityEvents.ReadWrite.All'],
    serve: (call) =>
      many(
        call,
        Array.from({ length: 90 }, (_, daysAgo) => scoreEntity(call.directory, call.now, daysAgo)),
        'security/secureScores',
        { most: 90, usual: 90 },
      ),
  },
  {
    method: 'GET',
    path: at('/security/secureScoreControlProfiles'),
    name: 'ListSecureScoreControlProfiles',
    roles: ['SecurityEvents.Read.All', 'SecurityEvents.ReadWrite.All'],
    serve: (call) =>
      many(
        call,
        [...call.directory.controls.values()].map((c) => controlEntity(call.directory, c)),
        'security/secureScoreControlProfiles',
        { most: 999, usual: 100 },
      ),
  },
  {
    method: 'GET',
    path: at(`/security/secureScoreControlProfiles/${segment}`),
    name: 'GetSecureScoreControlProfile',
    roles: ['SecurityEvents.Read.All', 'SecurityEvents.ReadWrite.All'],
    serve: (call) => {
      const control = call.directory.controls.get(call.parts[0] ?? '');
      if (!control) throw new ApiError(404, 'ResourceNotFound', 'Resource not found.');
      return answerOne(
        call.request,
        controlEntity(call.directory, control),
        'security/secureScoreControlProfiles',
      );
    },
  },
  {
    method: 'GET',
    path: at('/reports/authenticationMethods/userRegistrationDetails'),
    name: 'ListUserRegistrationDetails',
    roles: ['AuditLog.Read.All', 'UserAuthenticationMethod.Read.All'],
    serve: (call) => {
      if (!call.directory.premium)
        throw new ApiError(
          403,
          'Authentication_RequestFromNonPremiumTenantOrB2CTenant',
          "Neither tenant is B2C or tenant doesn't have premium license",
        );
      return many(
        call,
        [...call.directory.users.values()].map(registrationEntity),
        'reports/authenticationMethods/userRegistrationDetails',
        { most: 999, usual: 100 },
      );
    },
  },
  {
    method: 'GET',
    path: at("/reports/(\\w+)\\(period='(\\w+)'\\)"),
    name: 'GetReport',
    roles: ['Reports.Read.All'],
    serve: report,
  },
];

/** Finds the route of a request. @throws ApiError 404, 405 */
export function graphRoute(request: JsonRequest): {
  readonly name: string;
  serve(call: Omit<Call, 'parts'>): JsonAnswer;
} {
  const matching = ROUTES.filter((route) => route.path.test(request.path));
  const route = matching.find((one) => one.method === request.method);
  if (!route) {
    if (matching.length > 0)
      throw new ApiError(
        405,
        'Request_BadRequest',
        'Specified HTTP method is not allowed for the request target.',
      );
    throw new ApiError(
      404,
      'ResourceNotFound',
      `Resource not found for the segment '${request.path.split('/')[2] ?? ''}'.`,
    );
  }
  const parts = (route.path.exec(request.path) ?? []).slice(1);
  return {
    name: route.name,
    serve(call) {
      if (!route.roles.some((role) => call.caller.roles.has(role)))
        throw new ApiError(
          403,
          'Authorization_RequestDenied',
          'Insufficient privileges to complete the operation.',
        );
      return route.serve({ ...call, parts });
    },
  };
}
