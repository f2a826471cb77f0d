import type { FieldIssue } from '../../errors.ts';
import type { FieldValues } from '../../fields.ts';
import { HOURS, type CreateOrder } from '../../shared/create.ts';
import { flag, number, text } from '../../shared/parameters.ts';
import { act, SQL } from '../operations/model.ts';
import { fullName, type Scope } from '../scope.ts';
import { labelsOf, obj } from '../session.ts';
import { machineSize } from '../sizes.ts';
import { markOf, TOKEN_LABEL } from '../token.ts';
import {
  checkLabels,
  createOnce,
  existing,
  findOnce,
  LABELS_FIELD,
  labelsFor,
  nameField,
  type GcpCreator,
  type Single,
} from './common.ts';
import { networkOptions } from './networks.ts';

/** Versions open for new instances (Cloud SQL, "Database versions"). */
const VERSIONS = [
  ['POSTGRES_17', 'PostgreSQL 17'],
  ['POSTGRES_16', 'PostgreSQL 16'],
  ['POSTGRES_15', 'PostgreSQL 15'],
  ['MYSQL_8_4', 'MySQL 8.4'],
  ['MYSQL_8_0', 'MySQL 8.0'],
] as const;
/** Tiers of the Enterprise edition; others can be set afterwards. */
const TIERS = [
  'db-f1-micro',
  'db-g1-small',
  'db-custom-1-3840',
  'db-custom-2-7680',
  'db-custom-4-15360',
  'db-custom-8-30720',
  'db-custom-16-61440',
];

function tierText(tier: string): string {
  const size = machineSize(tier);
  return size === undefined ? '' : `${size.cpus} vCPU · ${size.memoryGiB} GiB`;
}

/** `instances.insert` (Cloud SQL Admin API v1). */
function bodyOf(scope: Scope, input: FieldValues, clientToken: string) {
  const network = text(input, 'network');
  return {
    name: text(input, 'instanceName'),
    region: scope.region,
    databaseVersion: text(input, 'engineVersion'),
    rootPassword: text(input, 'rootPassword'),
    settings: {
      edition: 'ENTERPRISE',
      tier: text(input, 'tier'),
      dataDiskSizeGb: String(number(input, 'storageGiB') ?? 10),
      dataDiskType: text(input, 'storageType'),
      storageAutoResize: true,
      availabilityType: text(input, 'availability'),
      activationPolicy: 'ALWAYS',
      deletionProtectionEnabled: flag(input, 'deletionProtection'),
      backupConfiguration: {
        enabled: flag(input, 'backups'),
        // A standby of MySQL follows by its binary log.
        ...(flag(input, 'backups') && (text(input, 'engineVersion') ?? '').startsWith('MYSQL')
          ? { binaryLogEnabled: true }
          : {}),
      },
      ipConfiguration: {
        ipv4Enabled: flag(input, 'publicAddress'),
        sslMode: 'ENCRYPTED_ONLY',
        ...(network === undefined ? {} : { privateNetwork: network }),
      },
      userLabels: labelsFor(input, clientToken),
    },
  };
}

function single(scope: Scope, { input, clientToken }: Pick<CreateOrder, 'input' | 'clientToken'>): Single {
  const { session, region } = scope;
  const name = text(input, 'instanceName') ?? '';
  const path = `projects/${session.projectId}/instances/${name}`;
  return {
    field: 'instanceName',
    ref: { type: SQL, id: name, nativeId: fullName('sql', path), region },
    read: () => existing(scope, { api: 'sql', permission: 'cloudsql.instances.get', path }),
    marked: (entity) => labelsOf(obj(entity, 'settings'), 'userLabels')[TOKEN_LABEL] === markOf(clientToken),
    // It takes ten minutes: its state tells when it is there.
    send: () =>
      act(
        scope,
        {
          api: 'sql',
          permission: 'cloudsql.instances.create',
          method: 'POST',
          path: `projects/${session.projectId}/instances`,
          body: bodyOf(scope, input, clientToken),
        },
        { repeatable: false },
      ),
  };
}

function check(input: FieldValues): FieldIssue[] {
  const issues = checkLabels(input);
  if (text(input, 'availability') === 'REGIONAL' && !flag(input, 'backups'))
    issues.push({ field: 'backups', message: 'are needed for a standby' });
  return issues;
}

export const sqlInstance: GcpCreator = {
  descriptor: {
    id: SQL,
    type: SQL,
    label: 'Cloud SQL instance',
    dryRun: false,
    actions: ['cloudsql.instances.create', 'cloudsql.instances.get', 'compute.networks.list'],
    until: ['running'],
    fields: [
      nameField(98, 'instanceName'),
      {
        name: 'engineVersion',
        label: 'Version',
        kind: 'select',
        required: true,
        default: 'POSTGRES_17',
        options: VERSIONS.map(([value, label]) => ({ value, label })),
      },
      {
        name: 'tier',
        label: 'Tier',
        kind: 'select',
        required: true,
        default: 'db-custom-1-3840',
        options: TIERS.map((value) => ({ value, label: value, detail: tierText(value) })),
      },
      {
        name: 'storageType',
        label: 'Storage',
        kind: 'select',
        required: false,
        default: 'PD_SSD',
        options: [
          { value: 'PD_SSD', label: 'SSD' },
          { value: 'PD_HDD', label: 'HDD' },
        ],
      },
      {
        name: 'storageGiB',
        label: 'Storage size',
        help: 'It grows by itself when it is full.',
        kind: 'number',
        required: false,
        integer: true,
        min: 10,
        max: 65_536,
        default: 10,
        unit: 'GiB',
      },
      {
        name: 'availability',
        label: 'Availability',
        kind: 'select',
        required: false,
        default: 'ZONAL',
        options: [
          { value: 'ZONAL', label: 'One zone' },
          { value: 'REGIONAL', label: 'Two zones, with a standby' },
        ],
      },
      {
        name: 'rootPassword',
        label: 'Password',
        kind: 'secret',
        required: true,
        minLength: 8,
        maxLength: 128,
      },
      {
        name: 'publicAddress',
        label: 'Public address',
        help: 'Nobody gets in before a network is authorized, or through the Auth Proxy.',
        kind: 'boolean',
        required: false,
        default: true,
      },
      {
        name: 'network',
        label: 'Network',
        help: 'It needs private services access.',
        kind: 'select',
        required: true,
        picker: true,
        pattern: { source: 'projects/[^/]+/global/networks/[^/]+', message: 'is not a network' },
        when: { field: 'publicAddress', in: [false] },
      },
      { name: 'backups', label: 'Daily backups', kind: 'boolean', required: false, default: true },
      {
        name: 'deletionProtection',
        label: 'Protect against deletion',
        kind: 'boolean',
        required: false,
        default: true,
      },
      LABELS_FIELD,
    ],
  },
  pickers: { network: networkOptions },
  check,
  plan: (region, input) => {
    const tier = text(input, 'tier');
    const storageType = text(input, 'storageType') ?? 'PD_SSD';
    const variant = { availability: text(input, 'availability') ?? 'ZONAL' };
    return {
      parts: [
        {
          label: tier ?? 'Tier',
          query: { product: 'database', region, variant, ...(tier === undefined ? {} : { sku: tier }) },
          quantity: HOURS,
        },
        {
          label: `Storage ${storageType}`,
          query: { product: 'database_storage', region, sku: storageType, variant },
          quantity: String(number(input, 'storageGiB') ?? 10),
        },
      ],
      assumptions: ['Running all month; backups, traffic and a public address are left out.'],
    };
  },
  create: (scope, order) => createOnce(single(scope, order), order),
  find: (scope, order) => findOnce(single(scope, order)),
};
