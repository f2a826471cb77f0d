import { Directory, type DirectoryUser, type UserUsage } from '../../microsoft/directory.ts';
import { SeededRandom } from '../../random.ts';
import type { World } from '../../aws/world.ts';
import type { PlantedWaste, ScenarioApplication } from '../scenarios.ts';
import { seedControls } from './m365-controls.ts';
import { departmentAt, DEPARTMENTS, FIRST, LAST } from './m365-people.ts';
import { PRODUCTS } from './m365-products.ts';

const DAY = 86_400_000;
const GIB = 1024 ** 3;

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
