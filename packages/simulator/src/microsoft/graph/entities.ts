import type { Directory, DirectoryGroup, DirectoryUser, SecureControl, Sku } from '../directory.ts';

/** Instant as Graph writes it: no milliseconds. */
export const stamp = (at: number): string => new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z');

/** Members that Graph returns when nothing is selected ("user resource type", default set) and those that must be asked for. */
export function userEntity(user: DirectoryUser, now: number, premium: boolean): Record<string, unknown> {
  const signIn = user.lastSignInDays === null ? null : stamp(now - user.lastSignInDays * 86_400_000);
  return {
    id: user.id,
    displayName: user.displayName,
    userPrincipalName: user.userPrincipalName,
    mail: user.userPrincipalName,
    userType: user.userType,
    accountEnabled: user.accountEnabled,
    createdDateTime: stamp(user.createdAt),
    department: user.department,
    jobTitle: user.jobTitle,
    country: user.usageLocation,
    usageLocation: user.usageLocation,
    employeeLeaveDateTime: user.employeeLeaveAt === null ? null : stamp(user.employeeLeaveAt),
    assignedLicenses: [...user.licences].map(([skuId, { disabledPlans }]) => ({ disabledPlans, skuId })),
    ...(premium && signIn !== null
      ? {
          signInActivity: {
            lastSignInDateTime: signIn,
            lastSignInRequestId: '',
            lastNonInteractiveSignInDateTime: signIn,
            lastNonInteractiveSignInRequestId: '',
            lastSuccessfulSignInDateTime: signIn,
            lastSuccessfulSignInRequestId: '',
          },
        }
      : {}),
  };
}

export function skuEntity(directory: Directory, sku: Sku): Record<string, unknown> {
  return {
    accountId: directory.id,
    accountName: directory.domain.split('.')[0] ?? '',
    appliesTo: 'User',
    capabilityStatus: sku.capabilityStatus,
    consumedUnits: directory.consumed(sku.skuId),
    id: `${directory.id}_${sku.skuId}`,
    skuId: sku.skuId,
    skuPartNumber: sku.skuPartNumber,
    prepaidUnits: { enabled: sku.enabled, suspended: 0, warning: 0, lockedOut: 0 },
    servicePlans: sku.servicePlans.map((plan) => ({
      ...plan,
      provisioningStatus: 'Success',
      appliesTo: 'User',
    })),
    subscriptionIds: [directory.guid('subscription', sku.skuId)],
  };
}

export function subscriptionEntity(directory: Directory, sku: Sku): Record<string, unknown> {
  return {
    id: directory.guid('subscription', sku.skuId),
    commerceSubscriptionId: directory.guid('commerce', sku.skuId),
    createdDateTime: stamp(sku.createdAt),
    isTrial: sku.isTrial,
    nextLifecycleDateTime: stamp(sku.renewsAt),
    ownerTenantId: directory.id,
    skuId: sku.skuId,
    skuPartNumber: sku.skuPartNumber,
    status: sku.capabilityStatus,
    totalLicenses: sku.enabled,
    serviceStatus: [],
  };
}

export function groupEntity(group: DirectoryGroup): Record<string, unknown> {
  return {
    id: group.id,
    displayName: group.displayName,
    description: group.description,
    mail: null,
    visibility: group.visibility,
    groupTypes: group.isTeam ? ['Unified'] : [],
    securityEnabled: !group.isTeam,
    mailEnabled: group.isTeam,
    createdDateTime: stamp(group.createdAt),
    renewedDateTime: stamp(group.createdAt),
    resourceProvisioningOptions: group.isTeam ? ['Team'] : [],
    isAssignableToRole: null,
  };
}

/** The score of one day; Graph keeps 90 of them. */
export function scoreEntity(directory: Directory, now: number, daysAgo = 0): Record<string, unknown> {
  const controls = [...directory.controls.values()].map((control) => ({
    ...control,
    score: (control.reachedDaysAgo ?? Number.POSITIVE_INFINITY) >= daysAgo ? control.score : 0,
  }));
  const day = stamp((Math.floor(now / 86_400_000) - daysAgo) * 86_400_000);
  return {
    id: `${directory.id}_${day.slice(0, 10)}`,
    azureTenantId: directory.id,
    activeUserCount: [...directory.users.values()].filter((u) => u.accountEnabled).length,
    licensedUserCount: [...directory.users.values()].filter((u) => u.licences.size > 0).length,
    createdDateTime: day,
    currentScore: controls.reduce((sum, c) => sum + c.score, 0),
    maxScore: controls.reduce((sum, c) => sum + c.maxScore, 0),
    enabledServices: ['HasExchange', 'HasSharePoint', 'HasTeams', 'HasAADP1'],
    averageComparativeScores: [{ basis: 'AllTenants', averageScore: 41.6 }],
    controlScores: controls.map((c) => ({
      controlCategory: 'Identity',
      controlName: c.id,
      description: c.title,
      score: c.score,
    })),
    vendorInformation: { provider: 'SecureScore', vendor: 'Microsoft' },
  };
}

export function controlEntity(directory: Directory, control: SecureControl): Record<string, unknown> {
  return {
    id: control.id,
    azureTenantId: directory.id,
    title: control.title,
    actionType: 'Config',
    controlCategory: 'Identity',
    deprecated: false,
    implementationCost: control.implementationCost,
    maxScore: control.maxScore,
    rank: 1,
    remediation: control.remediation,
    service: control.service,
    threats: ['accountBreach'],
    tier: 'Core',
    userImpact: control.userImpact,
    vendorInformation: { provider: 'SecureScore', vendor: 'Microsoft' },
  };
}

export function registrationEntity(user: DirectoryUser): Record<string, unknown> {
  return {
    id: user.id,
    userPrincipalName: user.userPrincipalName,
    userDisplayName: user.displayName,
    userType: user.userType.toLowerCase(),
    isAdmin: user.isAdmin,
    isMfaRegistered: user.mfaRegistered,
    isMfaCapable: user.mfaRegistered,
    isPasswordlessCapable: false,
    isSsprRegistered: user.mfaRegistered,
    isSsprEnabled: true,
    isSsprCapable: user.mfaRegistered,
    methodsRegistered: user.mfaRegistered ? ['microsoftAuthenticatorPush'] : [],
    defaultMfaMethod: user.mfaRegistered ? 'push' : 'none',
    lastUpdatedDateTime: stamp(user.createdAt),
  };
}
