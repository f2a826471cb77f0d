import type { FieldValues } from '../../fields.ts';
import type { Resource } from '../../resource.ts';
import { RDS } from '../clients.ts';
import { databaseCopies } from './database-copies.ts';
import { result, type Operation } from './model.ts';
import { flag, number, text } from '../../shared/parameters.ts';

const TYPE = 'aws.rds.instance';

const start: Operation = {
  descriptor: {
    id: 'start',
    type: TYPE,
    label: 'Start',
    states: ['stopped'],
    parameters: [],
    confirm: 'none',
    dryRun: false,
    until: ['running'],
    undo: 'stop',
    actions: ['rds:StartDBInstance'],
  },
  async run({ scope, resource }) {
    const rds = await scope.session.open(RDS, scope.region);
    const answer = await rds.send(new rds.sdk.StartDBInstanceCommand({ DBInstanceIdentifier: resource.id }), {
      ...scope,
      retry: 'refused-only',
    });
    return result('accepted', answer, { undo: { operation: 'stop', parameters: {} } });
  },
  evidence: (seen) => (seen?.state === 'starting' || seen?.state === 'running' ? 'yes' : 'no'),
};

const stop: Operation = {
  descriptor: {
    id: 'stop',
    type: TYPE,
    label: 'Stop',
    states: ['running'],
    parameters: [],
    confirm: 'simple',
    dryRun: false,
    until: ['stopped'],
    undo: 'start',
    actions: ['rds:StopDBInstance'],
  },
  async run({ scope, resource }) {
    const rds = await scope.session.open(RDS, scope.region);
    const answer = await rds.send(new rds.sdk.StopDBInstanceCommand({ DBInstanceIdentifier: resource.id }), {
      ...scope,
      retry: 'refused-only',
    });
    return result('accepted', answer, {
      undo: { operation: 'start', parameters: {} },
      note: 'AWS starts a stopped database by itself after seven days.',
    });
  },
  evidence: (seen) => (seen?.state === 'stopping' || seen?.state === 'stopped' ? 'yes' : 'no'),
};

const reboot: Operation = {
  descriptor: {
    id: 'restart',
    type: TYPE,
    label: 'Reboot',
    states: ['running'],
    parameters: [
      {
        name: 'failover',
        label: 'Fail over to the other zone',
        kind: 'boolean',
        required: false,
        default: false,
      },
    ],
    confirm: 'simple',
    dryRun: false,
    until: ['running'],
    actions: ['rds:RebootDBInstance'],
  },
  async run({ scope, resource, parameters }) {
    const rds = await scope.session.open(RDS, scope.region);
    const input = {
      DBInstanceIdentifier: resource.id,
      ...(flag(parameters, 'failover') ? { ForceFailover: true } : {}),
    };
    return result(
      'accepted',
      await rds.send(new rds.sdk.RebootDBInstanceCommand(input), { ...scope, retry: 'refused-only' }),
    );
  },
  evidence: (seen) => (seen?.state === 'restarting' ? 'yes' : 'unknown'),
  repeatable: true,
};

/** A member of the database, or of what is going to be changed. */
function willBe(seen: Resource | undefined, name: string): unknown {
  const pending = seen?.attributes['PendingModifiedValues'];
  if (
    typeof pending === 'object' &&
    pending !== null &&
    !Array.isArray(pending) &&
    pending[name] !== undefined
  )
    return pending[name];
  return seen?.attributes[name];
}

const WANTED = [
  ['instanceClass', 'DBInstanceClass'],
  ['allocatedStorageGiB', 'AllocatedStorage'],
  ['storageType', 'StorageType'],
  ['iops', 'Iops'],
  ['throughputMiBs', 'StorageThroughput'],
  ['multiZone', 'MultiAZ'],
  ['backupRetentionDays', 'BackupRetentionPeriod'],
] as const;

/** Storage types whose IOPS are chosen and not given by the size. */
const CHOSEN_IOPS: readonly unknown[] = ['io1', 'io2'];

/** The values before, for every parameter that is changed; null where one is not known. */
function formerOf(before: Resource | undefined, parameters: FieldValues): FieldValues {
  const former = Object.fromEntries(
    WANTED.filter(([name]) => parameters[name] !== undefined && name !== 'allocatedStorageGiB').map(
      ([name, member]) => [name, before?.attributes[member] ?? null],
    ),
  );
  // A type with chosen IOPS can not be taken up again without them.
  const iops = before?.attributes['Iops'];
  if (
    parameters['storageType'] !== undefined &&
    CHOSEN_IOPS.includes(former['storageType']) &&
    iops !== undefined
  )
    former['iops'] = iops;
  return former;
}

const modify: Operation = {
  descriptor: {
    id: 'modify',
    type: TYPE,
    label: 'Modify database',
    states: ['running', 'stopped'],
    parameters: [
      {
        name: 'instanceClass',
        label: 'Class',
        kind: 'text',
        required: false,
        pattern: { source: 'db\\.[a-z0-9]+\\.[a-z0-9]+', message: 'is not a class such as db.t4g.micro' },
      },
      {
        name: 'allocatedStorageGiB',
        label: 'Storage',
        help: 'Storage can grow and never shrink.',
        kind: 'number',
        required: false,
        integer: true,
        min: 5,
        max: 65_536,
        unit: 'GiB',
      },
      {
        name: 'storageType',
        label: 'Storage type',
        kind: 'select',
        required: false,
        options: ['gp3', 'gp2', 'io1', 'io2', 'standard'].map((value) => ({ value, label: value })),
      },
      {
        name: 'iops',
        label: 'IOPS',
        kind: 'number',
        required: false,
        integer: true,
        min: 1_000,
        max: 256_000,
      },
      {
        name: 'throughputMiBs',
        label: 'Throughput',
        kind: 'number',
        required: false,
        integer: true,
        min: 125,
        max: 4_000,
        unit: 'MiB/s',
      },
      { name: 'multiZone', label: 'Standby in another zone', kind: 'boolean', required: false },
      {
        name: 'backupRetentionDays',
        label: 'Keep backups for',
        kind: 'number',
        required: false,
        integer: true,
        min: 0,
        max: 35,
        unit: 'days',
      },
      {
        name: 'immediately',
        label: 'Apply now',
        help: 'Otherwise in the next maintenance window.',
        kind: 'boolean',
        required: false,
        default: true,
      },
    ],
    confirm: 'simple',
    dryRun: false,
    undo: 'modify',
    actions: ['rds:ModifyDBInstance'],
  },
  async run({ scope, resource, before, parameters }) {
    const rds = await scope.session.open(RDS, scope.region);
    const multiZone = parameters['multiZone'];
    const answer = await rds.send(
      new rds.sdk.ModifyDBInstanceCommand({
        DBInstanceIdentifier: resource.id,
        DBInstanceClass: text(parameters, 'instanceClass'),
        AllocatedStorage: number(parameters, 'allocatedStorageGiB'),
        StorageType: text(parameters, 'storageType'),
        Iops: number(parameters, 'iops'),
        StorageThroughput: number(parameters, 'throughputMiBs'),
        MultiAZ: typeof multiZone === 'boolean' ? multiZone : undefined,
        BackupRetentionPeriod: number(parameters, 'backupRetentionDays'),
        ApplyImmediately: flag(parameters, 'immediately'),
      }),
      // Setting the same values twice changes nothing.
      scope,
    );
    const grows = number(parameters, 'allocatedStorageGiB') !== undefined;
    const former = formerOf(before, parameters);
    const undoable = !grows && Object.values(former).every((v) => v !== null);
    return result(
      'accepted',
      answer,
      undoable ? { undo: { operation: 'modify', parameters: { ...former, immediately: true } } } : {},
    );
  },
  evidence: (seen, { parameters }) =>
    WANTED.every(
      ([name, member]) => parameters[name] === undefined || willBe(seen, member) === parameters[name],
    )
      ? 'yes'
      : 'no',
};

export const databaseOperations: readonly Operation[] = [start, stop, reboot, modify, ...databaseCopies];
