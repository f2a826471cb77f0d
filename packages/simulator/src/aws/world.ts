import { SimulatedClock, type ClockOptions } from '../clock.ts';
import type { Project, ServiceAccount } from '../google/project.ts';
import type { Subscription } from '../microsoft/arm/subscription.ts';
import type { Directory } from '../microsoft/directory.ts';
import { hash32, SeededRandom } from '../random.ts';
import {
  IdentityStore,
  type Credential,
  type IamRole,
  type IamUser,
  type Principal,
} from './auth/identity.ts';
import type { PolicyDocument } from './auth/policy.ts';
import { DEFAULT_REGIONS } from './regions.ts';

/** A kind of state, declared once per service: `defineStore('rds', 'region', () => new RdsStore())`. */
export interface StoreDefinition<T> {
  readonly name: string;
  readonly scope: 'region' | 'account';
  create(owner: StoreOwner): T;
}

/** Where a new store lives; `region` is `aws-global` for account-wide stores. */
export interface StoreOwner {
  readonly world: World;
  readonly account: Account;
  readonly region: string;
}

/** Declares a kind of state that is created on first use for each account (and region). */
export function defineStore<T>(
  name: string,
  scope: 'region' | 'account',
  create: (owner: StoreOwner) => T,
): StoreDefinition<T> {
  return { name, scope, create };
}

export interface AccountOptions {
  readonly id: string;
  readonly name: string;
  readonly email?: string;
  /** Opt-in regions that are enabled besides those enabled by default. */
  readonly optInRegions?: readonly string[];
}

/** One simulated AWS account. */
export class Account {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly enabledRegions: Set<string>;
  readonly identity: IdentityStore;
  readonly #stores = new Map<string, unknown>();
  readonly #world: World;

  constructor(world: World, options: AccountOptions) {
    this.#world = world;
    this.id = options.id;
    this.name = options.name;
    this.email = options.email ?? `aws+${options.id}@example.com`;
    this.enabledRegions = new Set([...DEFAULT_REGIONS, ...(options.optInRegions ?? [])]);
    this.identity = new IdentityStore(options.id);
  }

  /** The state of a service in a region of this account; created on first use. */
  store<T>(definition: StoreDefinition<T>, region: string): T {
    const place = definition.scope === 'account' ? 'aws-global' : region;
    const key = `${definition.name}/${place}`;
    let store = this.#stores.get(key) as T | undefined;
    if (store === undefined) {
      store = definition.create({ world: this.#world, account: this, region: place });
      this.#stores.set(key, store);
    }
    return store;
  }

  /** The regions where a service already holds state. */
  *storesOf<T>(definition: StoreDefinition<T>): Iterable<readonly [region: string, store: T]> {
    for (const [key, store] of this.#stores) {
      const [name, region] = key.split('/');
      if (name === definition.name && region !== undefined) yield [region, store as T];
    }
  }
}

/** How busy a resource is: what its generated metrics look like. Percentages of the machine's capacity. */
export interface LoadProfile {
  readonly cpuAverage: number;
  readonly cpuPeak: number;
  readonly memoryAverage: number;
  /** `business` follows office hours, `night` batch hours, `web` evening peaks, `flat` none. */
  readonly pattern: 'flat' | 'business' | 'night' | 'web';
}

export interface WorldOptions {
  readonly seed?: number | string;
  readonly clock?: ClockOptions;
  /** Multiplies how long state transitions take in simulated time; 0 makes them immediate. Default 1. */
  readonly transitionScale?: number;
}

/** Everything simulated: accounts, their state, credentials, the clock and the seed. */
export class World {
  readonly seed: string;
  readonly clock: SimulatedClock;
  readonly random: SeededRandom;
  readonly accounts = new Map<string, Account>();
  readonly credentials = new Map<string, Credential>();
  /** Entra ID tenants by id. */
  readonly directories = new Map<string, Directory>();
  /** Azure subscriptions by id. */
  readonly subscriptions = new Map<string, Subscription>();
  /** Google Cloud projects by id. */
  readonly projects = new Map<string, Project>();
  /** Google service accounts by address. */
  readonly serviceAccounts = new Map<string, ServiceAccount>();
  /** The organization of the world, when there is one: its management account and all members. */
  organization: { readonly managementId: string; readonly memberIds: ReadonlySet<string> } | undefined;
  /** How busy compute resources are, by resource id; what metrics and rightsizing follow from. */
  readonly loadProfiles = new Map<string, LoadProfile>();
  transitionScale: number;

  constructor(options: WorldOptions = {}) {
    this.seed = String(options.seed ?? 'cloudatlas');
    this.clock = new SimulatedClock(options.clock);
    this.random = new SeededRandom(hash32(this.seed));
    this.transitionScale = options.transitionScale ?? 1;
  }

  addAccount(options: AccountOptions): Account {
    const account = new Account(this, options);
    this.accounts.set(account.id, account);
    return account;
  }

  /** The simulated time at which a transition that takes `seconds` and starts now is over. */
  after(seconds: number): number {
    return this.clock.now() + seconds * 1000 * this.transitionScale;
  }

  /** Adds an IAM user with an access key. Key and secret are derived from the seed unless given. */
  addUser(
    account: Account,
    name: string,
    options: {
      policies?: Readonly<Record<string, PolicyDocument>>;
      accessKeyId?: string;
      secretAccessKey?: string;
    } = {},
  ): Credential {
    const random = SeededRandom.of(this.seed, account.id, 'user', name);
    const user: IamUser = {
      name,
      id: `AIDA${random.hex(17).toUpperCase()}`,
      path: '/',
      createdAt: this.clock.now(),
      groups: new Set(),
      tags: new Map(),
      inlinePolicies: new Map(Object.entries(options.policies ?? {})),
      attachedPolicies: new Set(),
    };
    account.identity.users.set(name, user);
    return this.addCredential({
      accessKeyId: options.accessKeyId ?? `AKIA${random.hex(16).toUpperCase()}`,
      secretAccessKey: options.secretAccessKey ?? random.hex(40),
      active: true,
      principal: {
        kind: 'user',
        accountId: account.id,
        arn: `arn:aws:iam::${account.id}:user/${name}`,
        userId: user.id,
        name,
        policies: () => account.identity.documentsOf(user),
      },
    });
  }

  /** Adds an IAM role that others may assume. */
  addRole(
    account: Account,
    name: string,
    options: {
      trustPolicy: PolicyDocument;
      policies?: Readonly<Record<string, PolicyDocument>>;
      description?: string;
    },
  ): IamRole {
    const random = SeededRandom.of(this.seed, account.id, 'role', name);
    const role: IamRole = {
      name,
      id: `AROA${random.hex(17).toUpperCase()}`,
      path: '/',
      createdAt: this.clock.now(),
      description: options.description,
      trustPolicy: options.trustPolicy,
      maxSessionSeconds: 3600,
      tags: new Map(),
      inlinePolicies: new Map(Object.entries(options.policies ?? {})),
      attachedPolicies: new Set(),
    };
    account.identity.roles.set(name, role);
    return role;
  }

  /** Issues temporary credentials for a role, valid on the wall clock until `expiresAt`. */
  openSession(account: Account, role: IamRole, sessionName: string, expiresAt: number): Credential {
    const principal: Principal = {
      kind: 'role-session',
      accountId: account.id,
      arn: `arn:aws:sts::${account.id}:assumed-role/${role.name}/${sessionName}`,
      userId: `${role.id}:${sessionName}`,
      name: role.name,
      policies: () => account.identity.documentsOf(role),
    };
    return this.addCredential({
      accessKeyId: `ASIA${this.random.hex(16).toUpperCase()}`,
      secretAccessKey: this.random.hex(40),
      sessionToken: Buffer.from(`${this.seed}:${this.random.hex(96)}`).toString('base64'),
      expiresAt,
      active: true,
      principal,
    });
  }

  addCredential(credential: Credential): Credential {
    this.credentials.set(credential.accessKeyId, credential);
    return credential;
  }
}
