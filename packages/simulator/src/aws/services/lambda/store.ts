import { randomUUID } from 'node:crypto';
import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import { Collection, type Entity } from '../../collection.ts';
import { defineStore, type StoreOwner, type World } from '../../world.ts';

/** What a function costs per invocation from a moment on. */
export interface FunctionPeriod {
  readonly at: number;
  readonly memoryMb: number;
  readonly architecture: string;
  /** Provisioned executions of all versions together. */
  readonly provisioned: number;
  readonly deleted: boolean;
}

/** A function: its configuration in SDK form, tags, code and past. */
export interface FunctionRecord {
  readonly configuration: FunctionConfiguration;
  readonly tags: Map<string, string>;
  readonly history: FunctionPeriod[];
  /** Provisioned executions by version or alias. */
  readonly provisioned: Map<string, number>;
  /** The uploaded package, for GetFunction; absent for functions of scenarios. */
  code: Uint8Array | undefined;
}

/** Lambda of one account in one region. */
export class LambdaStore {
  readonly world: World;
  readonly accountId: string;
  readonly region: string;
  readonly functions: Collection<FunctionRecord>;

  constructor({ world, account, region }: StoreOwner) {
    this.world = world;
    this.accountId = account.id;
    this.region = region;
    this.functions = new Collection(() => world.clock.now());
  }

  arn(name: string): string {
    return `arn:aws:lambda:${this.region}:${this.accountId}:function:${name}`;
  }

  /** Notes what the function costs from now on. */
  note(record: FunctionRecord, deleted = false, at = this.world.clock.now()): void {
    const { MemorySize: memoryMb = 128, Architectures: architectures = ['x86_64'] } = record.configuration;
    const provisioned = [...record.provisioned.values()].reduce((sum, n) => sum + n, 0);
    record.history.push({
      at,
      memoryMb,
      architecture: architectures[0] ?? 'x86_64',
      provisioned,
      deleted,
    });
  }
}

/** Lambda state per account and region. */
export const lambdaStore = defineStore('lambda', 'region', (owner) => new LambdaStore(owner));

export type FunctionEntity = Entity<FunctionRecord>;

/** What a function needs; the rest follows as Lambda fills it in. */
export interface FunctionSpec {
  readonly name: string;
  readonly runtime: string;
  readonly handler: string;
  readonly role: string;
  readonly codeSize: number;
  readonly codeSha256: string;
  readonly memoryMb?: number | undefined;
  readonly timeoutSeconds?: number | undefined;
  readonly architecture?: string | undefined;
  readonly description?: string | undefined;
  readonly environment?: Readonly<Record<string, string>> | undefined;
  readonly tags?: Readonly<Record<string, string>>;
  /** Simulated time of creation; default now. */
  readonly createdAt?: number;
}

/** A time in the form Lambda uses: `2026-11-22T07:00:00.000+0000`. */
export function lambdaTime(at: number): string {
  return new Date(at).toISOString().replace('Z', '+0000');
}

/** Adds an active function. */
export function addFunction(store: LambdaStore, spec: FunctionSpec): FunctionEntity {
  const at = spec.createdAt ?? store.world.clock.now();
  const configuration: FunctionConfiguration = {
    FunctionName: spec.name,
    FunctionArn: store.arn(spec.name),
    Runtime: spec.runtime as FunctionConfiguration['Runtime'],
    Role: spec.role,
    Handler: spec.handler,
    CodeSize: spec.codeSize,
    CodeSha256: spec.codeSha256,
    Description: spec.description ?? '',
    Timeout: spec.timeoutSeconds ?? 3,
    MemorySize: spec.memoryMb ?? 128,
    LastModified: lambdaTime(at),
    Version: '$LATEST',
    TracingConfig: { Mode: 'PassThrough' },
    RevisionId: randomUUID(),
    Layers: undefined,
    State: 'Active',
    LastUpdateStatus: 'Successful',
    PackageType: 'Zip',
    Architectures: [(spec.architecture ?? 'x86_64') as 'x86_64' | 'arm64'],
    EphemeralStorage: { Size: 512 },
    SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
    LoggingConfig: { LogFormat: 'Text', LogGroup: `/aws/lambda/${spec.name}` },
    ...(spec.environment && Object.keys(spec.environment).length > 0
      ? { Environment: { Variables: { ...spec.environment } } }
      : {}),
  };
  const record: FunctionRecord = {
    configuration,
    tags: new Map(Object.entries(spec.tags ?? {})),
    history: [],
    provisioned: new Map(),
    code: undefined,
  };
  store.note(record, false, at);
  return store.functions.add(spec.name, record, at);
}
