import type {
  NullableOption,
  SubscribedSku,
  User,
  UserRegistrationDetails,
} from '@microsoft/microsoft-graph-types';
import { relations, resource, toAttributes } from '../shared/normalise.ts';
import { sum } from '../decimal.ts';
import { CloudError } from '../errors.ts';
import type { Json, Resource } from '../resource.ts';
import { licenceName } from './prices.ts';
import { readUsage, type Usage } from './reports.ts';
import { nativeId, type M365Reader, type Scope } from './scope.ts';

const SELECT = [
  'id',
  'displayName',
  'userPrincipalName',
  'mail',
  'userType',
  'accountEnabled',
  'createdDateTime',
  'department',
  'jobTitle',
  'country',
  'usageLocation',
  'employeeLeaveDateTime',
  'assignedLicenses',
].join(',');

/** Pages of 999 are the largest; with sign-in activity Graph takes 500 at most. */
const PLAIN = `/users?$select=${SELECT}&$top=999`;
const WITH_ACTIVITY = `/users?$select=${SELECT},signInActivity&$top=500`;

/** SKU part numbers by id: users carry ids only. */
export async function skuNames(scope: Scope): Promise<ReadonlyMap<string, SubscribedSku>> {
  const found = new Map<string, SubscribedSku>();
  for await (const page of scope.graph.pages<SubscribedSku>('/subscribedSkus', { signal: scope.signal }))
    for (const sku of page) if (sku.skuId) found.set(sku.skuId, sku);
  return found;
}

interface Surroundings {
  readonly skus: ReadonlyMap<string, SubscribedSku>;
  readonly usage: ReadonlyMap<string, Usage>;
  readonly registrations: ReadonlyMap<string, UserRegistrationDetails>;
}

async function surroundings(scope: Scope): Promise<Surroundings> {
  const [skus, usage, registrations] = await Promise.all([
    skuNames(scope),
    readUsage(scope),
    readRegistrations(scope),
  ]);
  return { skus, usage, registrations };
}

/** Which users have registered a second factor; empty where the tenant or the consent does not let us see. */
async function readRegistrations(scope: Scope): Promise<ReadonlyMap<string, UserRegistrationDetails>> {
  const found = new Map<string, UserRegistrationDetails>();
  try {
    const pages = scope.graph.pages<UserRegistrationDetails>(
      '/reports/authenticationMethods/userRegistrationDetails?$top=999',
      { signal: scope.signal },
    );
    for await (const page of pages) for (const one of page) if (one.id) found.set(one.id, one);
  } catch (error) {
    if (!(error instanceof CloudError) || !['denied', 'not_enabled'].includes(error.kind)) throw error;
    scope.graph.caller.log.info({ kind: error.kind }, 'registered sign-in methods are left out');
  }
  return found;
}

const instantOf = (value: NullableOption<string> | undefined): string | null => value ?? null;

/** @param told whether sign-in activity was asked for and granted: Graph leaves it out of users who never signed in */
function toUser(scope: Scope, user: User, around: Surroundings, told: boolean): Resource {
  const id = user.id ?? '';
  const principal = user.userPrincipalName ?? id;
  const licences = (user.assignedLicenses ?? []).map((assigned) => {
    const sku = around.skus.get(assigned.skuId ?? '');
    const part = sku?.skuPartNumber ?? assigned.skuId ?? '';
    return {
      skuId: assigned.skuId ?? '',
      skuPartNumber: part,
      name: licenceName(part),
      disabledPlans: assigned.disabledPlans ?? [],
      servicePlans: (sku?.servicePlans ?? []).map((plan) => plan.servicePlanName ?? ''),
    };
  });
  const seats = licences.flatMap((licence) => scope.prices.seat(licence.skuPartNumber) ?? []);
  const [currency, ...others] = new Set(seats.map((price) => price.currency));
  const usage = around.usage.get(principal.toLowerCase());
  const registration = around.registrations.get(id);
  const activity = user.signInActivity;
  const attributes: Record<string, Json> = {
    ...toAttributes(user, ['assignedLicenses', 'signInActivity']),
    licences,
    ...(activity === undefined && !told
      ? {}
      : {
          signInActivity: {
            lastSignInDateTime: instantOf(activity?.lastSignInDateTime),
            lastNonInteractiveSignInDateTime: instantOf(activity?.lastNonInteractiveSignInDateTime),
            lastSuccessfulSignInDateTime: instantOf(
              (activity as { lastSuccessfulSignInDateTime?: string | null } | null)
                ?.lastSuccessfulSignInDateTime,
            ),
          },
        }),
    ...(usage === undefined ? {} : { usage: toAttributes(usage) }),
    ...(registration === undefined
      ? {}
      : {
          mfa: {
            registered: registration.isMfaRegistered ?? false,
            admin: registration.isAdmin ?? false,
            methods: [...(registration.methodsRegistered ?? [])],
          },
        }),
  };
  return resource({
    type: 'm365.users.user',
    nativeId: nativeId(scope, 'users', id),
    id,
    region: 'global',
    name: user.displayName ?? principal,
    state: user.accountEnabled === false ? 'stopped' : 'active',
    stateRaw: user.accountEnabled === false ? 'sign-in blocked' : 'enabled',
    tags: user.department ? { department: user.department } : {},
    createdAt: user.createdDateTime ?? undefined,
    relations: relations(
      ...licences.map((licence) => ['uses', nativeId(scope, 'subscribedSkus', licence.skuId)] as const),
    ),
    attributes,
    // A sum over two currencies would be none.
    monthly:
      currency === undefined || others.length > 0
        ? undefined
        : { amount: sum(seats.map((price) => price.amount)), currency },
  });
}

/** Sign-in activity wants a premium tenant and a consent of its own: without them users are listed all the same. */
function withoutActivity(error: unknown): boolean {
  return error instanceof CloudError && ['denied', 'not_enabled', 'invalid_input'].includes(error.kind);
}

/** Users with licences, sign-in activity, usage and second factor. */
export const users: M365Reader = {
  type: { id: 'm365.users.user', label: 'User', category: 'identity', taggable: false },
  async *list(scope) {
    const around = await surroundings(scope);
    let path = WITH_ACTIVITY;
    let count = 0;
    for (;;) {
      try {
        for await (const page of scope.graph.pages<User>(path, { signal: scope.signal })) {
          count += page.length;
          yield page.map((user) => toUser(scope, user, around, path === WITH_ACTIVITY));
        }
        return;
      } catch (error) {
        if (path === PLAIN || count > 0 || !withoutActivity(error)) throw error;
        scope.graph.caller.log.info({}, 'users are listed without sign-in activity');
        path = PLAIN;
      }
    }
  },
  async inspect(scope, ref) {
    const around = await surroundings(scope);
    const one = (select: string) =>
      scope.graph.get<User>(`/users/${encodeURIComponent(ref.id)}?$select=${select}`, {
        signal: scope.signal,
      });
    let user: User;
    let told = true;
    try {
      user = await one(`${SELECT},signInActivity`);
    } catch (error) {
      if (!withoutActivity(error)) throw error;
      user = await one(SELECT);
      told = false;
    }
    return toUser(scope, user, around, told);
  },
};
