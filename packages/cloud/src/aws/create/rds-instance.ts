import { CloudError, orGone, taken } from '../../errors.ts';
import type { FieldOption, FieldValues } from '../../fields.ts';
import type { ResourceRef } from '../../resource.ts';
import { RDS } from '../clients.ts';
import { instanceSize } from '../instance-sizes.ts';
import { tagMap } from '../../shared/normalise.ts';
import { flag, number, text, textList } from '../../shared/parameters.ts';
import { collect } from '../../shared/paging.ts';
import { arn, type Scope } from '../scope.ts';
import { TOKEN_TAG } from '../token.ts';
import { securityGroups } from './ec2-pickers.ts';
import { HOURS } from '../../shared/create.ts';
import type { Creator } from './model.ts';
import { orderTags, TAGS_FIELD } from './tags.ts';

const TYPE = 'aws.rds.instance';

const ENGINES = [
  { value: 'postgres', label: 'PostgreSQL' },
  { value: 'mysql', label: 'MySQL' },
  { value: 'mariadb', label: 'MariaDB' },
];

function ref(scope: Scope, id: string): ResourceRef {
  return { type: TYPE, id, nativeId: arn(scope, 'rds', `db:${id}`), region: scope.region };
}

async function versions(scope: Scope, input: FieldValues): Promise<FieldOption[]> {
  const rds = await scope.session.open(RDS, scope.region);
  const found = await collect(
    rds.pages('DescribeDBEngineVersions', async (Marker) => {
      const answer = await rds.send(
        new rds.sdk.DescribeDBEngineVersionsCommand({
          Engine: text(input, 'engine'),
          Marker,
          MaxRecords: 100,
        }),
        scope,
      );
      return { items: answer.DBEngineVersions ?? [], next: answer.Marker };
    }),
  );
  const newestFirst = (a: FieldOption, b: FieldOption): number =>
    b.value.localeCompare(a.value, 'en', { numeric: true });
  return found
    .map((v) => ({
      value: v.EngineVersion ?? '',
      label: v.EngineVersion ?? '',
      ...(v.DBEngineVersionDescription ? { detail: v.DBEngineVersionDescription } : {}),
    }))
    .sort(newestFirst);
}

/** Classes that can be ordered for the engine, smallest first. */
async function classes(scope: Scope, input: FieldValues): Promise<FieldOption[]> {
  const rds = await scope.session.open(RDS, scope.region);
  const found = await collect(
    rds.pages('DescribeOrderableDBInstanceOptions', async (Marker) => {
      const answer = await rds.send(
        new rds.sdk.DescribeOrderableDBInstanceOptionsCommand({
          Engine: text(input, 'engine'),
          EngineVersion: text(input, 'engineVersion'),
          Marker,
          MaxRecords: 100,
        }),
        scope,
      );
      return { items: answer.OrderableDBInstanceOptions ?? [], next: answer.Marker };
    }),
  );
  const names = [...new Set(found.map((o) => o.DBInstanceClass ?? ''))].filter((n) => n !== '');
  const weight = (name: string): number =>
    (instanceSize(name)?.cpus ?? 1_000) * 1_000 + (instanceSize(name)?.memoryGiB ?? 0);
  return names
    .sort((a, b) => weight(a) - weight(b) || a.localeCompare(b))
    .map((name) => {
      const size = instanceSize(name);
      return {
        value: name,
        label: name,
        ...(size ? { detail: `${size.cpus} vCPU · ${size.memoryGiB} GiB` } : {}),
      };
    });
}

async function subnetGroups(scope: Scope): Promise<FieldOption[]> {
  const rds = await scope.session.open(RDS, scope.region);
  const found = await collect(
    rds.pages('DescribeDBSubnetGroups', async (Marker) => {
      const answer = await rds.send(
        new rds.sdk.DescribeDBSubnetGroupsCommand({ Marker, MaxRecords: 100 }),
        scope,
      );
      return { items: answer.DBSubnetGroups ?? [], next: answer.Marker };
    }),
  );
  return found.map((g) => ({
    value: g.DBSubnetGroupName ?? '',
    label: g.DBSubnetGroupName ?? '',
    detail: [g.VpcId, g.DBSubnetGroupDescription].filter(Boolean).join(' · '),
  }));
}

/** The database if this order made it; null when there is none; throws when the name is somebody else's. */
async function made(scope: Scope, id: string, clientToken: string): Promise<ResourceRef | null> {
  const rds = await scope.session.open(RDS, scope.region);
  const answer = await orGone(
    rds.send(new rds.sdk.DescribeDBInstancesCommand({ DBInstanceIdentifier: id }), scope),
  );
  const found = answer?.DBInstances?.[0];
  if (!found) return null;
  if (tagMap(found.TagList)[TOKEN_TAG] === clientToken) return ref(scope, id);
  throw taken('identifier', `The database ${id} exists already.`);
}

export const rdsInstance: Creator = {
  descriptor: {
    id: TYPE,
    type: TYPE,
    label: 'RDS database instance',
    dryRun: false,
    actions: [
      'rds:CreateDBInstance',
      'rds:AddTagsToResource',
      'rds:DescribeDBEngineVersions',
      'rds:DescribeOrderableDBInstanceOptions',
      'rds:DescribeDBSubnetGroups',
    ],
    until: ['running'],
    fields: [
      {
        name: 'identifier',
        label: 'Name',
        kind: 'text',
        required: true,
        maxLength: 63,
        pattern: {
          source: '[a-z](?:-?[a-z0-9])*',
          message:
            'starts with a letter, has lower-case letters, digits and single hyphens, and does not end with one',
        },
      },
      {
        name: 'engine',
        label: 'Engine',
        kind: 'select',
        required: true,
        default: 'postgres',
        options: ENGINES,
      },
      {
        name: 'engineVersion',
        label: 'Version',
        kind: 'select',
        required: false,
        picker: true,
        dependsOn: ['engine'],
      },
      {
        name: 'instanceClass',
        label: 'Class',
        kind: 'select',
        required: true,
        picker: true,
        dependsOn: ['engine', 'engineVersion'],
        pattern: { source: 'db\\.[a-z0-9]+\\.[a-z0-9]+', message: 'is not a database class' },
      },
      {
        name: 'storageType',
        label: 'Storage type',
        kind: 'select',
        required: false,
        default: 'gp3',
        options: ['gp3', 'gp2', 'io1'].map((value) => ({ value, label: value })),
      },
      {
        name: 'storageGiB',
        label: 'Storage',
        kind: 'number',
        required: true,
        integer: true,
        min: 20,
        max: 65_536,
        default: 20,
        unit: 'GiB',
      },
      {
        name: 'iops',
        label: 'IOPS',
        kind: 'number',
        required: true,
        integer: true,
        min: 1_000,
        max: 256_000,
        when: { field: 'storageType', in: ['io1'] },
      },
      {
        name: 'username',
        label: 'Master user',
        kind: 'text',
        required: true,
        default: 'dbadmin',
        maxLength: 16,
        pattern: { source: '[A-Za-z][A-Za-z0-9_]*', message: 'starts with a letter; letters, digits and _' },
      },
      {
        name: 'password',
        label: 'Master password',
        kind: 'secret',
        required: true,
        minLength: 8,
        maxLength: 41,
        pattern: { source: '[\\x21-\\x7e]+', message: 'has printable ASCII characters only' },
      },
      {
        name: 'subnetGroup',
        label: 'Subnet group',
        help: 'Without one, the default network.',
        kind: 'select',
        required: false,
        picker: true,
      },
      {
        name: 'securityGroupIds',
        label: 'Security groups',
        kind: 'multiselect',
        required: false,
        picker: true,
        max: 5,
      },
      {
        name: 'publiclyAccessible',
        label: 'Reachable from the internet',
        kind: 'boolean',
        required: false,
        default: false,
      },
      {
        name: 'multiZone',
        label: 'Standby in another zone',
        kind: 'boolean',
        required: false,
        default: false,
      },
      {
        name: 'backupRetentionDays',
        label: 'Keep backups for',
        kind: 'number',
        required: false,
        integer: true,
        min: 0,
        max: 35,
        default: 7,
        unit: 'days',
      },
      { name: 'encrypted', label: 'Encrypt storage', kind: 'boolean', required: false, default: true },
      {
        name: 'deletionProtection',
        label: 'Protect from deletion',
        kind: 'boolean',
        required: false,
        default: false,
      },
      TAGS_FIELD,
    ],
  },
  pickers: {
    engineVersion: versions,
    instanceClass: classes,
    subnetGroup: subnetGroups,
    securityGroupIds: (scope) => securityGroups(scope, {}),
  },
  check: (input) =>
    /[/@" ]/.test(text(input, 'password') ?? '')
      ? [{ field: 'password', message: 'must not contain /, @, " or spaces' }]
      : [],
  plan(region, input) {
    const variant = {
      engine: text(input, 'engine') ?? 'postgres',
      deployment: flag(input, 'multiZone') ? 'multi-zone' : 'single-zone',
    };
    const storage = text(input, 'storageType') ?? 'gp3';
    return {
      parts: [
        {
          label: `${text(input, 'instanceClass')}`,
          query: { product: 'database', region, sku: text(input, 'instanceClass') ?? '', variant },
          quantity: HOURS,
        },
        {
          label: `Storage ${storage}`,
          query: {
            product: 'database_storage',
            region,
            sku: storage,
            variant: { deployment: variant.deployment },
          },
          quantity: String(number(input, 'storageGiB') ?? 20),
        },
      ],
      assumptions: [
        'On demand, running all month (730 hours).',
        'Without provisioned IOPS, backups beyond the storage size, and traffic.',
      ],
    };
  },
  async create(scope, { input, clientToken, onCreated }) {
    const id = text(input, 'identifier') ?? '';
    const earlier = await made(scope, id, clientToken);
    if (earlier) {
      await onCreated(earlier);
      return { status: 'existing', resources: [earlier] };
    }
    const rds = await scope.session.open(RDS, scope.region);
    const groups = textList(input, 'securityGroupIds');
    const requestId = await rds
      .send(
        new rds.sdk.CreateDBInstanceCommand({
          DBInstanceIdentifier: id,
          Engine: text(input, 'engine'),
          EngineVersion: text(input, 'engineVersion'),
          DBInstanceClass: text(input, 'instanceClass'),
          StorageType: text(input, 'storageType'),
          AllocatedStorage: number(input, 'storageGiB'),
          Iops: number(input, 'iops'),
          MasterUsername: text(input, 'username'),
          MasterUserPassword: text(input, 'password'),
          DBSubnetGroupName: text(input, 'subnetGroup'),
          ...(groups.length > 0 ? { VpcSecurityGroupIds: groups } : {}),
          PubliclyAccessible: flag(input, 'publiclyAccessible'),
          MultiAZ: flag(input, 'multiZone'),
          BackupRetentionPeriod: number(input, 'backupRetentionDays'),
          StorageEncrypted: flag(input, 'encrypted'),
          DeletionProtection: flag(input, 'deletionProtection'),
          Tags: orderTags(input, clientToken),
        }),
        { ...scope, retry: 'refused-only' },
      )
      .then(
        (answer) => answer.$metadata.requestId,
        async (error: unknown) => {
          // A lost answer, or another try with this order that was faster: the tag tells.
          const unsure =
            error instanceof CloudError && (error.kind === 'unavailable' || error.kind === 'already_exists');
          if (unsure && (await made(scope, id, clientToken))) return undefined;
          throw error;
        },
      );
    await onCreated(ref(scope, id));
    return { status: 'created', resources: [ref(scope, id)], ...(requestId ? { requestId } : {}) };
  },
  async find(scope, { input, clientToken }) {
    try {
      const found = await made(scope, text(input, 'identifier') ?? '', clientToken);
      return found ? [found] : [];
    } catch (error) {
      // The name belongs to another database, so this order made none.
      if (error instanceof CloudError && error.kind === 'already_exists') return [];
      throw error;
    }
  },
};
