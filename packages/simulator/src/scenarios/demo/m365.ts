import { Directory, type DirectoryUser, type UserUsage } from '../../microsoft/directory.ts';
import { SeededRandom } from '../../random.ts';
import type { World } from '../../aws/world.ts';
import type { PlantedWaste, ScenarioApplication } from '../scenarios.ts';

const DAY = 86_400_000;
const GIB = 1024 ** 3;

/** Products Aurora bought: part number, seats, months since the first order, service plans. */
const PRODUCTS = [
  [
    'SPE_E5',
    24,
    20,
    [
      'EXCHANGE_S_ENTERPRISE',
      'SHAREPOINTENTERPRISE',
      'TEAMS1',
      'AAD_PREMIUM_P2',
      'MCOEV',
      'ATP_ENTERPRISE',
      'BI_AZURE_P2',
    ],
  ],
  ['SPE_E3', 96, 26, ['EXCHANGE_S_ENTERPRISE', 'SHAREPOINTENTERPRISE', 'TEAMS1', 'AAD_PREMIUM', 'INTUNE_A']],
  ['SPE_F1', 40, 26, ['EXCHANGE_S_DESKLESS', 'SHAREPOINTDESKLESS', 'TEAMS1']],
  ['EXCHANGESTANDARD', 12, 26, ['EXCHANGE_S_STANDARD']],
  ['POWER_BI_PRO', 30, 14, ['BI_AZURE_P2']],
  ['VISIOCLIENT', 12, 14, ['VISIO_CLIENT_SUBSCRIPTION']],
  ['PROJECTPROFESSIONAL', 8, 14, ['PROJECT_PROFESSIONAL']],
  ['Microsoft_365_Copilot', 20, 5, ['M365_COPILOT_APPS']],
  ['MCOEV', 25, 14, ['MCOEV']],
  ['FLOW_FREE', 10_000, 26, ['FLOW_P2_VIRAL']],
] as const;

const FIRST = [
  'Ana',
  'Bruno',
  'Carla',
  'Diego',
  'Elisa',
  'Felipe',
  'Gabriela',
  'Heitor',
  'Isabela',
  'João',
  'Karina',
  'Lucas',
  'Mariana',
  'Natália',
  'Otávio',
  'Paula',
  'Rafael',
  'Sofia',
  'Thiago',
  'Vitória',
];
const LAST = [
  'Almeida',
  'Barbosa',
  'Cardoso',
  'Duarte',
  'Esteves',
  'Ferreira',
  'Gonçalves',
  'Lima',
  'Moreira',
  'Nogueira',
  'Oliveira',
  'Pereira',
  'Queiroz',
  'Ribeiro',
  'Santos',
  'Teixeira',
];
/** Departments with their share of people; the same names as the tags of the clouds. */
const DEPARTMENTS = [
  ['Engineering', 'Software Engineer', 0.34],
  ['Sales', 'Account Executive', 0.2],
  ['Operations', 'Operator', 0.2],
  ['Finance', 'Analyst', 0.1],
  ['Marketing', 'Designer', 0.1],
  ['People', 'Recruiter', 0.06],
] as const;

const IN_USE: UserUsage = {
  exchange: 1,
  oneDrive: 2,
  teams: 1,
  copilot: 3,
  mailboxBytes: 6 * GIB,
  recipientType: 'User',
  hasArchive: false,
};
const UNUSED: UserUsage = {
  ...IN_USE,
  exchange: null,
  oneDrive: null,
  teams: null,
  copilot: null,
  mailboxBytes: 0,
};

/** Aurora's Microsoft 365 tenant: 150 people, licences nobody uses planted and listed. */
export function seedM365(world: World): {
  readonly applications: readonly ScenarioApplication[];
  readonly waste: readonly PlantedWaste[];
  readonly users: number;
} {
  const directory = new Directory({ seed: world.seed, name: 'Aurora Tecnologia', domain: 'aurora.example' });
  world.directories.set(directory.id, directory);
  const now = world.clock.now();
  const waste: PlantedWaste[] = [];
  const skus = new Map<string, string>();
  for (const [part, enabled, months, plans] of PRODUCTS) {
    const skuId = directory.guid('sku', part);
    skus.set(part, skuId);
    directory.skus.set(skuId, {
      skuId,
      skuPartNumber: part,
      enabled,
      capabilityStatus: 'Enabled',
      servicePlans: plans.map((name) => ({
        servicePlanId: directory.guid('plan', name),
        servicePlanName: name,
      })),
      createdAt: now - months * 30 * DAY,
      renewsAt: now + (part === 'SPE_E5' ? 41 : 190) * DAY,
      isTrial: false,
    });
  }
  const random = SeededRandom.of(world.seed, 'm365');
  const taken = new Set<string>();
  const add = (
    licences: readonly string[],
    more: Partial<DirectoryUser> & {
      readonly name?: string;
      readonly planted?: readonly [kind: string, note: string];
    } = {},
  ): DirectoryUser => {
    let name = more.name ?? '';
    while (name === '' || taken.has(name)) name = `${random.pick(FIRST)} ${random.pick(LAST)}`;
    taken.add(name);
    const [department, jobTitle] = departmentAt(random.next());
    const local = name
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/[^a-z]+/g, '.');
    const user: DirectoryUser = {
      id: directory.guid('user', name),
      displayName: name,
      userPrincipalName: `${local}@${directory.domain}`,
      userType: 'Member',
      accountEnabled: true,
      createdAt: now - random.integer(60, 900) * DAY,
      department,
      jobTitle,
      usageLocation: 'BR',
      employeeLeaveAt: null,
      licences: new Map(licences.map((part) => [skus.get(part) ?? '', { disabledPlans: [] }])),
      lastSignInDays: random.integer(0, 6),
      mfaRegistered: random.next() < 0.86,
      isAdmin: false,
      usage: { ...IN_USE, mailboxBytes: random.integer(1, 30) * GIB },
      ...more,
    };
    directory.users.set(user.id, user);
    if (more.planted)
      waste.push({
        kind: more.planted[0],
        service: 'm365',
        region: 'global',
        resourceId: user.id,
        note: more.planted[1],
      });
    return user;
  };

  for (let i = 0; i < 12; i += 1)
    add(['SPE_E5', ...(i < 8 ? ['Microsoft_365_Copilot'] : [])], { isAdmin: i < 4, mfaRegistered: i !== 3 });
  for (let i = 0; i < 62; i += 1)
    add(['SPE_E3', ...(i < 14 ? ['POWER_BI_PRO'] : []), ...(i >= 14 && i < 18 ? ['VISIOCLIENT'] : [])]);
  for (let i = 0; i < 30; i += 1) add(['SPE_F1']);
  for (let i = 0; i < 5; i += 1) add([], { userType: 'Guest', mfaRegistered: false });

  for (let i = 0; i < 4; i += 1)
    add(['SPE_E3'], {
      accountEnabled: false,
      lastSignInDays: 70 + i * 25,
      usage: UNUSED,
      planted: ['licence-blocked', 'sign-in is blocked, the licence stays'],
    });
  for (let i = 0; i < 3; i += 1)
    add(['SPE_E3'], {
      lastSignInDays: null,
      createdAt: now - (50 + i * 30) * DAY,
      usage: UNUSED,
      planted: ['licence-never-used', 'has never signed in'],
    });
  for (let i = 0; i < 6; i += 1)
    add(['SPE_E3'], {
      lastSignInDays: 95 + i * 22,
      usage: UNUSED,
      planted: ['licence-inactive', `last signed in ${95 + i * 22} days ago`],
    });
  for (const name of ['Financeiro', 'Suporte', 'Sala São Paulo'])
    add(['EXCHANGESTANDARD'], {
      name,
      lastSignInDays: null,
      createdAt: now - 400 * DAY,
      usage: {
        ...UNUSED,
        exchange: 1,
        mailboxBytes: 9 * GIB,
        recipientType: name.startsWith('Sala') ? 'Room' : 'Shared',
      },
      planted: ['licence-shared-mailbox', 'a shared mailbox below 50 GB needs no licence'],
    });
  // Looks the same and is not: above 50 GB a shared mailbox needs its licence.
  add(['EXCHANGESTANDARD'], {
    name: 'Contratos',
    lastSignInDays: null,
    createdAt: now - 500 * DAY,
    usage: { ...UNUSED, exchange: 0, mailboxBytes: 71 * GIB, recipientType: 'Shared' },
  });
  for (let i = 0; i < 2; i += 1)
    add(['SPE_E3'], {
      userType: 'Guest',
      lastSignInDays: 12,
      planted: ['licence-guest', 'a guest brings a licence of its own'],
    });
  for (let i = 0; i < 4; i += 1)
    add(['SPE_E3', 'EXCHANGESTANDARD'], {
      planted: ['licence-overlap', 'Exchange Online is part of Microsoft 365 E3'],
    });
  for (let i = 0; i < 5; i += 1)
    add(['SPE_E3', 'Microsoft_365_Copilot'], {
      usage: { ...IN_USE, copilot: i < 2 ? null : 48 + i * 6 },
      planted: ['licence-copilot-idle', 'Copilot was not used for 30 days'],
    });
  for (let i = 0; i < 2; i += 1)
    add(['SPE_E3', 'SPE_F1'], {
      employeeLeaveAt: now - (45 + i * 20) * DAY,
      lastSignInDays: 44 + i * 20,
      usage: UNUSED,
      planted: ['licence-leaver', 'left the company'],
    });

  for (const [part, buffer] of [
    ['SPE_E3', 5],
    ['VISIOCLIENT', 1],
    ['PROJECTPROFESSIONAL', 1],
    ['MCOEV', 2],
    ['Microsoft_365_Copilot', 2],
  ] as const) {
    const skuId = skus.get(part) ?? '';
    const free = (directory.skus.get(skuId)?.enabled ?? 0) - directory.consumed(skuId);
    if (free > buffer)
      waste.push({
        kind: 'licence-unassigned',
        service: 'm365',
        region: 'global',
        resourceId: skuId,
        note: `${free} seats of ${part} are assigned to nobody`,
      });
  }
  seedGroups(directory, now, random);
  seedControls(directory);
  const roles = [
    'User.Read.All',
    'AuditLog.Read.All',
    'Reports.Read.All',
    'LicenseAssignment.Read.All',
    'Directory.Read.All',
    'Group.Read.All',
    'SecurityEvents.Read.All',
  ];
  const application = (label: string, granted: readonly string[]): ScenarioApplication => {
    const { clientId, secret } = directory.addApplication(label, granted);
    return { label, tenantId: directory.id, clientId, clientSecret: secret };
  };
  return {
    applications: [
      application('m365-admin', [
        ...roles,
        'LicenseAssignment.ReadWrite.All',
        'User.EnableDisableAccount.All',
      ]),
      application('m365-read-only', roles),
    ],
    waste,
    users: directory.users.size,
  };
}

function departmentAt(share: number): readonly [string, string] {
  let sum = 0;
  for (const [department, title, part] of DEPARTMENTS) {
    sum += part;
    if (share < sum) return [department, title];
  }
  return ['Operations', 'Operator'];
}

function seedGroups(directory: Directory, now: number, random: SeededRandom): void {
  const ids = [...directory.users.keys()];
  const add = (displayName: string, isTeam: boolean, days: number): void => {
    const id = directory.guid('group', displayName);
    const memberIds = ids.filter(() => random.next() < 0.15);
    directory.groups.set(id, {
      id,
      displayName,
      description: displayName,
      visibility: isTeam ? 'Private' : 'Public',
      isTeam,
      createdAt: now - days * DAY,
      memberIds,
    });
  };
  for (const [department] of DEPARTMENTS) add(department, true, 700);
  for (const name of [
    'Storefront squad',
    'Payments squad',
    'Analytics guild',
    'Black Friday 2024',
    'Office move',
  ])
    add(name, true, 400);
  for (const name of ['All employees', 'Cloud operators', 'Finance approvers', 'VPN users'])
    add(name, false, 800);
}

/** Controls that somebody turned on lately, with the days since: the score has a history. */
const TURNED_ON: ReadonlyMap<string, number> = new Map([
  ['AdminMFAV2', 61],
  ['SelfServicePasswordReset', 47],
  ['teams_anonymous_join', 33],
  ['MFARegistrationV2', 19],
  ['spo_external_sharing', 6],
]);

function seedControls(directory: Directory): void {
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
