import type { PolicyDocument } from './policy.ts';

/** A managed policy with its versions; the default version is the one in force. */
export interface ManagedPolicy {
  readonly arn: string;
  readonly name: string;
  readonly id: string;
  readonly path: string;
  readonly createdAt: number;
  defaultVersion: string;
  readonly versions: Map<string, { readonly document: PolicyDocument; readonly createdAt: number }>;
}

/** What users and roles share: inline policies by name and the ARNs of attached managed policies. */
export interface PolicyHolder {
  readonly inlinePolicies: Map<string, PolicyDocument>;
  readonly attachedPolicies: Set<string>;
}

export interface IamGroup extends PolicyHolder {
  readonly name: string;
  readonly id: string;
  readonly createdAt: number;
}

export interface IamUser extends PolicyHolder {
  readonly name: string;
  readonly id: string;
  readonly path: string;
  readonly createdAt: number;
  readonly groups: Set<string>;
  readonly tags: Map<string, string>;
}

export interface IamRole extends PolicyHolder {
  readonly name: string;
  readonly id: string;
  readonly path: string;
  readonly createdAt: number;
  readonly description: string | undefined;
  trustPolicy: PolicyDocument;
  maxSessionSeconds: number;
  readonly tags: Map<string, string>;
}

export interface InstanceProfile {
  readonly name: string;
  readonly id: string;
  readonly path: string;
  readonly createdAt: number;
  readonly roles: Set<string>;
}

/** The IAM side of one account. */
export class IdentityStore {
  readonly accountId: string;
  readonly users = new Map<string, IamUser>();
  readonly groups = new Map<string, IamGroup>();
  readonly roles = new Map<string, IamRole>();
  readonly policies = new Map<string, ManagedPolicy>();
  readonly instanceProfiles = new Map<string, InstanceProfile>();

  constructor(accountId: string) {
    this.accountId = accountId;
  }

  /** The documents in force for a holder: inline ones, attached ones, and for users those of their groups. */
  documentsOf(holder: PolicyHolder & { readonly groups?: Set<string> }): PolicyDocument[] {
    const documents = [...holder.inlinePolicies.values()];
    for (const arn of holder.attachedPolicies) {
      const policy = this.policies.get(arn);
      const version = policy?.versions.get(policy.defaultVersion);
      if (version) documents.push(version.document);
    }
    for (const name of holder.groups ?? []) {
      const group = this.groups.get(name);
      if (group) documents.push(...this.documentsOf(group));
    }
    return documents;
  }
}

/** Who makes a request. */
export interface Principal {
  readonly kind: 'root' | 'user' | 'role-session';
  readonly accountId: string;
  readonly arn: string;
  /** `AIDA…`, `AROA…:session` or the account id for root, as GetCallerIdentity shows it. */
  readonly userId: string;
  /** The user or role behind the principal. */
  readonly name: string;
  /** Identity policies in force now; undefined means root, which no identity policy limits. */
  policies(): readonly PolicyDocument[] | undefined;
}

/** An access key or temporary credential. Secrets here are made up and open nothing but the simulator. */
export interface Credential {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** Wall clock, in milliseconds since the epoch. */
  readonly expiresAt?: number;
  active: boolean;
  readonly principal: Principal;
}
