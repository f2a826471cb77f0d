import type { FieldIssue } from '../../errors.ts';
import type { FieldOption, FieldValues } from '../../fields.ts';
import { times } from '../../decimal.ts';
import { HOURS } from '../../shared/create.ts';
import { collect } from '../../shared/paging.ts';
import { flag, number, text } from '../../shared/parameters.ts';
import { armId, type Scope } from '../scope.ts';
import {
  groupOf,
  making,
  orderTags,
  partOf,
  regionOf,
  resourceGroups,
  type AzureCreator,
  type Part,
  type Wanted,
} from './common.ts';
import {
  choiceField,
  GROUP_FIELD,
  nameField,
  passwordField,
  passwordIssues,
  resourceField,
  switchField,
  TAGS_FIELD,
} from './fields.ts';

const TYPE = 'azure.sql.database';
const SERVER = 'azure.sql.server';

interface Size {
  readonly value: string;
  readonly label: string;
  /** SKU as Resource Manager takes it, and the name under which it is priced by unit. */
  readonly sku: {
    readonly name: string;
    readonly tier: string;
    readonly family?: string;
    readonly capacity: number;
  };
  /** Largest size in GiB (Azure SQL Database, resource limits). */
  readonly maxGiB: number;
}

const vcores = (edition: string, tier: string, label: string, counts: readonly number[]): Size[] =>
  counts.map((capacity) => ({
    value: `${edition}_Gen5_${capacity}`,
    label: `${label}, ${capacity} vCores`,
    sku: { name: `${edition}_Gen5`, tier, family: 'Gen5', capacity },
    maxGiB: capacity < 4 ? 1024 : 2048,
  }));

const SIZES: readonly Size[] = [
  { value: 'Basic', label: 'Basic, 5 DTU', sku: { name: 'Basic', tier: 'Basic', capacity: 5 }, maxGiB: 2 },
  {
    value: 'S0',
    label: 'Standard S0, 10 DTU',
    sku: { name: 'S0', tier: 'Standard', capacity: 10 },
    maxGiB: 250,
  },
  {
    value: 'S1',
    label: 'Standard S1, 20 DTU',
    sku: { name: 'S1', tier: 'Standard', capacity: 20 },
    maxGiB: 250,
  },
  {
    value: 'S2',
    label: 'Standard S2, 50 DTU',
    sku: { name: 'S2', tier: 'Standard', capacity: 50 },
    maxGiB: 250,
  },
  {
    value: 'S3',
    label: 'Standard S3, 100 DTU',
    sku: { name: 'S3', tier: 'Standard', capacity: 100 },
    maxGiB: 1024,
  },
  ...vcores('GP_S', 'GeneralPurpose', 'Serverless, up to', [1, 2, 4]),
  ...vcores('GP', 'GeneralPurpose', 'General purpose', [2, 4, 8]),
  ...vcores('BC', 'BusinessCritical', 'Business critical', [2, 4, 8]),
];

const sizeOf = (input: FieldValues): Size | undefined =>
  SIZES.find(({ value }) => value === text(input, 'size'));

/** Logins that Azure refuses. */
const RESERVED = [
  'admin',
  'administrator',
  'sa',
  'root',
  'dbmanager',
  'loginmanager',
  'dbo',
  'guest',
  'public',
];

/** Group and name of the server, and the part that makes it unless it exists already. */
function serverOf(scope: Scope, { input, clientToken }: Wanted) {
  const known = text(input, 'serverId');
  if (!flag(input, 'newServer') && known !== undefined) {
    const { group, names } = armId(known);
    return { group, server: names[0] ?? '', parts: [] };
  }
  const server = text(input, 'serverName') ?? '';
  const group = groupOf(input);
  const part = partOf(scope, {
    field: 'serverName',
    type: SERVER,
    group,
    client: 'sql',
    kind: 'Microsoft.Sql/servers',
    name: server,
    read: (c, o) => c.servers.get(group, server, o),
    put: (c, o) =>
      c.servers.beginCreateOrUpdate(
        group,
        server,
        {
          location: scope.region,
          administratorLogin: text(input, 'adminLogin') ?? '',
          administratorLoginPassword: text(input, 'adminPassword') ?? '',
          version: '12.0',
          minimalTlsVersion: '1.2',
          publicNetworkAccess: flag(input, 'publicAccess') ? 'Enabled' : 'Disabled',
          tags: orderTags(input, clientToken),
        },
        o,
      ),
  });
  return { group, server, parts: [part] };
}

function parts(scope: Scope, order: Wanted): Part[] {
  const { input, clientToken } = order;
  const { group, server, parts: before } = serverOf(scope, order);
  const name = text(input, 'name') ?? '';
  const gib = number(input, 'maxSizeGiB');
  const database = partOf(scope, {
    type: TYPE,
    group,
    client: 'sql',
    kind: 'Microsoft.Sql/servers/databases',
    name,
    path: `Microsoft.Sql/servers/${server}/databases/${name}`,
    read: (c, o) => c.databases.get(group, server, name, o),
    put: (c, o) =>
      c.databases.beginCreateOrUpdate(
        group,
        server,
        name,
        {
          location: scope.region,
          sku: sizeOf(input)?.sku ?? { name: 'S0' },
          ...(gib === undefined ? {} : { maxSizeBytes: gib * 1024 ** 3 }),
          tags: orderTags(input, clientToken),
        },
        o,
      ),
  });
  return [...before, database];
}

/** Servers of the region. */
async function servers(scope: Scope): Promise<FieldOption[]> {
  const found = await collect(
    scope.session.pages('sql', 'GET Microsoft.Sql/servers', (c, o) => c.servers.list(o), scope.signal),
  );
  return found
    .filter(({ location }) => regionOf(location) === scope.region)
    .flatMap(({ id, name }) => (id && name ? [{ value: id, label: name, detail: armId(id).group }] : []));
}

const NEW = { field: 'newServer', in: [true] };

export const sqlDatabase: AzureCreator = {
  descriptor: {
    id: TYPE,
    type: TYPE,
    label: 'SQL database',
    dryRun: false,
    actions: ['Microsoft.Sql/servers/write', 'Microsoft.Sql/servers/databases/write'],
    until: ['running'],
    fields: [
      nameField({
        maxLength: 128,
        source: '[^<>*%&:\\\\/?]*[^<>*%&:\\\\/?. ]',
        message: 'must not hold <>*%&:\\/? or end with a dot or space',
      }),
      switchField('newServer', 'New server', true),
      { ...GROUP_FIELD, when: NEW },
      nameField({
        name: 'serverName',
        label: 'Server name',
        help: 'Unique over all of Azure.',
        maxLength: 63,
        source: '[a-z0-9]([a-z0-9-]*[a-z0-9])?',
        message: 'takes lower-case letters, digits and hyphens, none of the latter at an end',
        when: NEW,
      }),
      {
        name: 'adminLogin',
        label: 'Administrator',
        kind: 'text',
        required: true,
        maxLength: 128,
        pattern: { source: '[A-Za-z][A-Za-z0-9_]*', message: 'takes letters, digits and underscores' },
        when: NEW,
      },
      passwordField("Administrator's password", 8, 128, NEW),
      switchField('publicAccess', 'Reachable from the internet, as far as firewall rules allow', false, NEW),
      resourceField('serverId', 'Server', {
        required: true,
        what: 'a server',
        when: { field: 'newServer', in: [false] },
      }),
      choiceField(
        'size',
        'Size',
        'S0',
        SIZES.map(({ value, label, maxGiB }) => ({ value, label, detail: `up to ${maxGiB} GiB` })),
      ),
      {
        name: 'maxSizeGiB',
        label: 'Largest size of the data',
        kind: 'number',
        required: false,
        integer: true,
        min: 1,
        max: 4096,
        unit: 'GiB',
      },
      TAGS_FIELD,
    ],
  },
  pickers: { resourceGroup: resourceGroups, serverId: servers },
  check(input): readonly FieldIssue[] {
    const issues: FieldIssue[] = [];
    const login = text(input, 'adminLogin');
    const password = text(input, 'adminPassword');
    if (login !== undefined && RESERVED.includes(login.toLowerCase()))
      issues.push({ field: 'adminLogin', message: 'is a name that Azure keeps for itself' });
    issues.push(...passwordIssues(input));
    if (password !== undefined && login !== undefined && password.toLowerCase().includes(login.toLowerCase()))
      issues.push({ field: 'adminPassword', message: "must not hold the administrator's name" });
    const most = sizeOf(input)?.maxGiB;
    const gib = number(input, 'maxSizeGiB');
    if (gib !== undefined && most !== undefined && gib > most)
      issues.push({ field: 'maxSizeGiB', message: `is at most ${most} for this size` });
    return issues;
  },
  plan(region, input) {
    const size = sizeOf(input);
    if (size === undefined) return { parts: [], assumptions: [] };
    const units = size.sku.family === undefined ? 1 : size.sku.capacity;
    return {
      parts: [
        {
          label: `SQL database, ${size.label}`,
          query: { product: 'database', region, sku: size.sku.name },
          quantity: times(HOURS, String(units)),
        },
      ],
      assumptions: [
        'Running all month (730 hours); serverless databases cost less while they are paused.',
        ...(size.sku.family === undefined ? [] : ['Without stored data and backups.']),
      ],
    };
  },
  ...making(parts),
};
