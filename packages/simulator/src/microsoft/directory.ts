import { SeededRandom } from '../random.ts';

/** An application of a tenant with its secret and what an administrator consented to. */
export interface Application {
  readonly clientId: string;
  readonly name: string;
  readonly objectId: string;
  secret: string;
  /** Milliseconds since 1970; the secret is refused afterwards. */
  secretExpiresAt: number;
  enabled: boolean;
  /** Application permissions of Microsoft Graph that were consented to. */
  readonly graphRoles: Set<string>;
}

/** A product the tenant has bought. */
export interface Sku {
  readonly skuId: string;
  readonly skuPartNumber: string;
  enabled: number;
  readonly capabilityStatus: 'Enabled' | 'Warning' | 'Suspended';
  readonly servicePlans: readonly { readonly servicePlanId: string; readonly servicePlanName: string }[];
  readonly createdAt: number;
  readonly renewsAt: number;
  readonly isTrial: boolean;
}

/** What usage reports say of a user; days ago, null for never. */
export interface UserUsage {
  readonly exchange: number | null;
  readonly oneDrive: number | null;
  readonly teams: number | null;
  readonly copilot: number | null;
  readonly mailboxBytes: number;
  readonly recipientType: 'User' | 'Shared' | 'Room';
  readonly hasArchive: boolean;
}

/** A user. */
export interface DirectoryUser {
  readonly id: string;
  readonly displayName: string;
  readonly userPrincipalName: string;
  readonly userType: 'Member' | 'Guest';
  accountEnabled: boolean;
  readonly createdAt: number;
  readonly department: string | null;
  readonly jobTitle: string | null;
  usageLocation: string | null;
  readonly employeeLeaveAt: number | null;
  readonly licences: Map<string, { disabledPlans: string[] }>;
  /** Days since the last successful sign-in; null for never. */
  readonly lastSignInDays: number | null;
  readonly mfaRegistered: boolean;
  readonly isAdmin: boolean;
  readonly usage: UserUsage;
}

/** A group; a team is a group with a team provisioned. */
export interface DirectoryGroup {
  readonly id: string;
  readonly displayName: string;
  readonly description: string;
  readonly visibility: 'Public' | 'Private';
  readonly isTeam: boolean;
  readonly createdAt: number;
  readonly memberIds: readonly string[];
}

/** A way to raise the secure score. */
export interface SecureControl {
  readonly id: string;
  readonly title: string;
  readonly maxScore: number;
  readonly score: number;
  readonly service: string;
  readonly implementationCost: string;
  readonly userImpact: string;
  readonly remediation: string;
  /** Days ago at which its points were reached; before them it had none. Always there when absent. */
  readonly reachedDaysAgo?: number;
}

/** One Entra ID tenant with what Microsoft 365 holds in it. */
export class Directory {
  readonly id: string;
  readonly displayName: string;
  readonly domain: string;
  /** Sign-in activity and registered methods want Entra ID P1. */
  premium = true;
  /** Lifetime of access tokens (Entra ID, "Configurable token lifetimes"); clients renew those below five minutes at once. */
  tokenSeconds = 3599;
  /** Reports show hashes instead of names. */
  concealNames = false;
  readonly applications = new Map<string, Application>();
  readonly users = new Map<string, DirectoryUser>();
  readonly groups = new Map<string, DirectoryGroup>();
  readonly skus = new Map<string, Sku>();
  readonly controls = new Map<string, SecureControl>();
  readonly #seed: string;

  constructor(options: { readonly seed: string; readonly name: string; readonly domain: string }) {
    this.#seed = options.seed;
    this.id = guid(options.seed, 'tenant', options.domain);
    this.displayName = options.name;
    this.domain = options.domain;
  }

  /** A GUID that is the same in every world of this seed. */
  guid(...parts: readonly string[]): string {
    return guid(this.#seed, this.id, ...parts);
  }

  addApplication(
    name: string,
    roles: readonly string[],
    options: { readonly secretExpiresAt?: number } = {},
  ): Application {
    const random = SeededRandom.of(this.#seed, this.id, 'secret', name);
    const application: Application = {
      clientId: this.guid('application', name),
      name,
      objectId: this.guid('principal', name),
      secret: `${random.hex(3)}8Q~${random.hex(34)}`,
      secretExpiresAt: options.secretExpiresAt ?? Number.POSITIVE_INFINITY,
      enabled: true,
      graphRoles: new Set(roles),
    };
    this.applications.set(application.clientId, application);
    return application;
  }

  /** Seats of a product that are assigned. */
  consumed(skuId: string): number {
    let count = 0;
    for (const user of this.users.values()) if (user.licences.has(skuId)) count += 1;
    return count;
  }
}

/** A GUID (RFC 9562 version 8 layout) derived from texts. */
export function guid(...parts: readonly string[]): string {
  const hex = SeededRandom.of(...parts).hex(32);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}
