import { azure } from '../../../../../../../packages/cloud/src/azure/provider.ts';
import type { Connection, ConnectOptions } from '../../../../../../../packages/cloud/src/contract.ts';
import { m365 } from '../../../../../../../packages/cloud/src/m365/provider.ts';
import type { ResourceRef } from '../../../../../../../packages/cloud/src/resource.ts';
import type {
  ArmResource,
  Json,
  Subscription,
} from '../../../../../../../packages/simulator/src/microsoft/arm/subscription.ts';
import type {
  Directory,
  DirectoryUser,
} from '../../../../../../../packages/simulator/src/microsoft/directory.ts';
import type { Simulator } from '../../../../../../../packages/simulator/src/server.ts';
import { applicationOf } from '../../test/microsoft.ts';
import type { PlannedOperation } from '../../rules/rule.ts';
import type { Planted } from './estate.ts';

const location = 'eastus';
const group = 'rg-bad-day';

/** A connection of its own to either cloud of Microsoft that gives up quickly. */
export function connectHastily(simulator: Simulator, provider: 'azure' | 'm365'): Connection {
  const options: ConnectOptions = {
    endpoint: simulator.microsoft.url,
    limits: {
      retryForMs: 40,
      retryDelayMs: { first: 1, largest: 2 },
      pollDelayMs: { first: 1, largest: 5 },
      requestTimeoutMs: 30_000,
    },
  };
  const adapter = provider === 'azure' ? azure : m365;
  return adapter.connect(applicationOf({ simulator }, provider), options);
}

/** Makes wasteful things in a resource group of its own of the simulated subscription. */
export class AzureEstate {
  readonly #simulator: Simulator;
  #count = 0;

  constructor(simulator: Simulator) {
    this.#simulator = simulator;
    this.#subscription.addGroup(group, location, this.#now);
  }

  /** As it is now: what is due has arrived. */
  get #subscription(): Subscription {
    const [subscription] = this.#simulator.control.world.subscriptions.values();
    if (subscription === undefined) throw new Error('no subscription');
    subscription.settle(this.#now);
    return subscription;
  }

  get #now(): number {
    return this.#simulator.control.world.clock.now();
  }

  #add(
    type: string,
    name: string,
    properties: Json,
    more: Partial<Pick<ArmResource, 'sku' | 'kind' | 'managedBy'>> = {},
  ): ArmResource {
    return this.#subscription.add(group, type, name, {
      location,
      createdAt: this.#now,
      properties,
      ...more,
    });
  }

  #name(kind: string): string {
    return `${kind}${(this.#count += 1)}`;
  }

  #ref(type: string, { id, name }: ArmResource): ResourceRef {
    return { type, nativeId: id.toLowerCase(), id: name, region: location };
  }

  /** The resource as it is now, whether or not it was made anew under its id. */
  #seen({ id }: ArmResource): ArmResource | undefined {
    return this.#subscription.find(id);
  }

  resize(): Planted {
    const name = this.#name('vm');
    const machine = this.#add('Microsoft.Compute/virtualMachines', name, {
      hardwareProfile: { vmSize: 'Standard_D4s_v5' },
      storageProfile: { dataDisks: [] },
      networkProfile: { networkInterfaces: [] },
      timeCreated: new Date(this.#now).toISOString(),
      _power: 'running',
    });
    return {
      ref: this.#ref('azure.compute.vm', machine),
      undoClass: 'R',
      action: operations(
        { operation: 'stop', parameters: {} },
        { operation: 'resize', parameters: { size: 'Standard_D2s_v5' } },
        { operation: 'start', parameters: {} },
      ),
      state: () => {
        const now = this.#seen(machine)?.properties;
        return `${String((now?.['hardwareProfile'] as Json | undefined)?.['vmSize'])} ${String(now?.['_power'])}`;
      },
    };
  }

  disk(): Planted {
    const disk = this.#add(
      'Microsoft.Compute/disks',
      this.#name('disk'),
      {
        diskSizeGB: 256,
        diskState: 'Unattached',
        timeCreated: new Date(this.#now).toISOString(),
        creationData: { createOption: 'Empty' },
      },
      { sku: { name: 'Premium_LRS', tier: 'Premium' } },
    );
    return {
      ref: this.#ref('azure.compute.disk', disk),
      undoClass: 'S',
      action: { kind: 'snapshot_delete', operations: [] },
      state: () => {
        const now = this.#seen(disk);
        const copies = this.#subscription
          .ofType('Microsoft.Compute/snapshots')
          .filter(
            ({ properties }) =>
              String((properties['creationData'] as Json)['sourceResourceId']).toLowerCase() ===
              disk.id.toLowerCase(),
          );
        const there =
          now === undefined
            ? 'no disk'
            : `${String(now.properties['diskSizeGB'])} GB ${String(now.sku?.['name'])}`;
        return `${there} / ${copies.length} snapshots`;
      },
    };
  }

  database(): Planted {
    const sku = { name: 'GP_Gen5', tier: 'GeneralPurpose', family: 'Gen5', capacity: 4 };
    const database = this.#add(
      'Microsoft.Sql/servers/databases',
      `sql-bad-day/${this.#name('db')}`,
      { status: 'Online', currentSku: sku, currentServiceObjectiveName: 'GP_Gen5_4', maxSizeBytes: 2 ** 35 },
      { sku },
    );
    return {
      ref: this.#ref('azure.sql.database', database),
      undoClass: 'R',
      action: operations({ operation: 'resize', parameters: { size: 'GP_Gen5_2' } }),
      state: () => {
        const now = this.#seen(database)?.properties;
        const { name, tier, capacity } = (now?.['currentSku'] ?? {}) as Json;
        return [name, tier, capacity, now?.['status']].join(' ');
      },
    };
  }

  tier(): Planted {
    const account = this.#add(
      'Microsoft.Storage/storageAccounts',
      this.#name('baddaystore'),
      { accessTier: 'Hot', creationTime: new Date(this.#now).toISOString() },
      { sku: { name: 'Standard_LRS', tier: 'Standard' }, kind: 'StorageV2' },
    );
    return {
      ref: this.#ref('azure.storage.account', account),
      undoClass: 'R',
      action: operations({ operation: 'set-tier', parameters: { tier: 'Cool' } }),
      state: () => String(this.#seen(account)?.properties['accessTier']),
    };
  }

  quarantine(): Planted {
    const address = this.#add(
      'Microsoft.Network/publicIPAddresses',
      this.#name('ip'),
      { publicIPAllocationMethod: 'Static', ipAddress: `20.7.7.${this.#count % 250}` },
      { sku: { name: 'Standard', tier: 'Regional' } },
    );
    return {
      ref: this.#ref('azure.network.public_ip', address),
      undoClass: 'N',
      action: { kind: 'quarantine_delete', operations: [] },
      state: () => {
        const now = this.#seen(address);
        return now === undefined ? 'gone' : `tagged ${Object.keys(now.tags).join(',')}`;
      },
    };
  }

  /** Everything actions at Azure can be made of, each as one who plants it. */
  readonly kinds: Readonly<Record<string, () => Planted>> = {
    resize: () => this.resize(),
    snapshot_delete: () => this.disk(),
    database: () => this.database(),
    tier: () => this.tier(),
    quarantine: () => this.quarantine(),
  };
}

/** Gives licences of the simulated tenant to people who do not need them. */
export class TenantEstate {
  readonly #simulator: Simulator;
  #count = 0;

  constructor(simulator: Simulator) {
    this.#simulator = simulator;
  }

  get #directory(): Directory {
    const [directory] = this.#simulator.control.world.directories.values();
    if (directory === undefined) throw new Error('no tenant');
    return directory;
  }

  #sku(part: string): string {
    const sku = [...this.#directory.skus.values()].find((one) => one.skuPartNumber === part);
    if (sku === undefined) throw new Error(`no licence ${part}`);
    // Seats for all who are planted.
    sku.enabled += 1;
    return sku.skuId;
  }

  /** Somebody with a licence too many, one of whose service plans is switched off. */
  licence(): Planted {
    const directory = this.#directory;
    const name = `worker${(this.#count += 1)}`;
    const [wasted, kept] = [this.#sku('SPE_E3'), this.#sku('POWER_BI_PRO')];
    const off = directory.skus.get(wasted)?.servicePlans[0]?.servicePlanId ?? '';
    const user: DirectoryUser = {
      id: directory.guid('user', name),
      displayName: name,
      userPrincipalName: `${name}@${directory.domain}`,
      userType: 'Member',
      accountEnabled: true,
      createdAt: this.#simulator.control.world.clock.now() - 400 * 86_400_000,
      department: 'Operations',
      jobTitle: null,
      usageLocation: 'BR',
      employeeLeaveAt: null,
      licences: new Map([
        [wasted, { disabledPlans: [off] }],
        [kept, { disabledPlans: [] }],
      ]),
      lastSignInDays: 200,
      mfaRegistered: false,
      isAdmin: false,
      usage: {
        exchange: null,
        oneDrive: null,
        teams: null,
        copilot: null,
        mailboxBytes: 0,
        recipientType: 'User',
        hasArchive: false,
      },
    };
    directory.users.set(user.id, user);
    return {
      ref: {
        type: 'm365.users.user',
        nativeId: `m365:${directory.id}:users/${user.id}`,
        id: user.id,
        region: 'global',
      },
      undoClass: 'R',
      action: operations({ operation: 'remove-licenses', parameters: { skuIds: [wasted] } }),
      state: () =>
        [...user.licences]
          .map(([id, { disabledPlans }]) => `${id} without ${disabledPlans.join(',') || 'nothing'}`)
          .toSorted((a, b) => (a < b ? -1 : 1))
          .join('; '),
    };
  }
}

function operations(...planned: readonly PlannedOperation[]): Planted['action'] {
  return { kind: 'operations', operations: planned };
}
