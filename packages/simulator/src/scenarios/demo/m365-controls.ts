import type { Directory } from '../../microsoft/directory.ts';

/** Controls that somebody turned on lately, with the days since: the score has a history. */
const TURNED_ON: ReadonlyMap<string, number> = new Map([
  ['AdminMFAV2', 61],
  ['SelfServicePasswordReset', 47],
  ['teams_anonymous_join', 33],
  ['MFARegistrationV2', 19],
  ['spo_external_sharing', 6],
]);

/** The controls behind the secure score. */
export function seedControls(directory: Directory): void {
  const controls = [
    [
      'AdminMFAV2',
      'Ensure multifactor authentication is enabled for all users in administrative roles',
      10,
      7.5,
      'AzureAD',
      'Low',
      'Low',
    ],
    [
      'MFARegistrationV2',
      'Ensure multifactor authentication is enabled for all users',
      9,
      7.7,
      'AzureAD',
      'High',
      'High',
    ],
    [
      'BlockLegacyAuthentication',
      'Enable Conditional Access policies to block legacy authentication',
      8,
      0,
      'AzureAD',
      'Moderate',
      'Moderate',
    ],
    [
      'SelfServicePasswordReset',
      'Ensure self-service password reset is enabled',
      1,
      1,
      'AzureAD',
      'Moderate',
      'Moderate',
    ],
    ['PWAgePolicyNew', 'Ensure passwords are not set to expire', 8, 8, 'AzureAD', 'Moderate', 'Moderate'],
    ['mip_DLP', 'Ensure DLP policies are enabled', 5, 0, 'MIP', 'Moderate', 'Moderate'],
    [
      'exo_externalforward',
      'Ensure automatic forwarding to external domains is blocked',
      3,
      0,
      'EXO',
      'Low',
      'Low',
    ],
    [
      'aad_limited_administrative_roles',
      'Use least privileged administrative roles',
      1,
      1,
      'AzureAD',
      'Low',
      'Low',
    ],
    [
      'spo_external_sharing',
      'Restrict external sharing of SharePoint and OneDrive',
      3,
      1,
      'SPO',
      'Low',
      'Moderate',
    ],
    ['teams_anonymous_join', 'Restrict anonymous users from joining meetings', 2, 2, 'MDO', 'Low', 'Low'],
  ] as const;
  for (const [id, title, maxScore, score, service, implementationCost, userImpact] of controls) {
    const reachedDaysAgo = TURNED_ON.get(id);
    directory.controls.set(id, {
      id,
      title,
      maxScore,
      score,
      service,
      implementationCost,
      userImpact,
      remediation: `<p>${title}.</p>`,
      ...(reachedDaysAgo === undefined ? {} : { reachedDaysAgo }),
    });
  }
}
