import { setProfile, type UsageKind } from '../../aws/metrics/profiles.ts';
import { addCluster, addNodegroup, eksStore } from '../../aws/services/eks/service.ts';
import { addFunction, lambdaStore } from '../../aws/services/lambda/store.ts';
import type { Estate, Network, Owner } from './estate.ts';
import { tagRecord } from './tags.ts';

interface FunctionPlan {
  readonly name: string;
  readonly region: string;
  readonly owner: Owner;
  readonly runtime: string;
  readonly memoryMb: number;
  readonly use: UsageKind;
  readonly perHour: number;
  readonly durationMs: number;
  readonly ageDays: number;
  readonly architecture?: string;
}

const STOREFRONT: Owner = { app: 'storefront', env: 'production' };
const PAYMENTS: Owner = { app: 'payments', env: 'production' };
const ANALYTICS: Owner = { app: 'analytics', env: 'production' };

const FUNCTIONS: readonly FunctionPlan[] = [
  {
    name: 'storefront-image-resize',
    region: 'us-east-1',
    owner: STOREFRONT,
    runtime: 'nodejs22.x',
    memoryMb: 1536,
    use: 'steady',
    perHour: 5200,
    durationMs: 840,
    ageDays: 300,
  },
  {
    name: 'storefront-search-index',
    region: 'us-east-1',
    owner: STOREFRONT,
    runtime: 'python3.12',
    memoryMb: 512,
    use: 'steady',
    perHour: 2100,
    durationMs: 260,
    ageDays: 300,
    architecture: 'arm64',
  },
  {
    name: 'payments-webhook',
    region: 'us-east-1',
    owner: PAYMENTS,
    runtime: 'nodejs20.x',
    memoryMb: 256,
    use: 'steady',
    perHour: 8800,
    durationMs: 95,
    ageDays: 280,
    architecture: 'arm64',
  },
  {
    name: 'payments-reconcile',
    region: 'us-east-1',
    owner: PAYMENTS,
    runtime: 'python3.9',
    memoryMb: 3008,
    use: 'batch',
    perHour: 120,
    durationMs: 4200,
    ageDays: 280,
  },
  {
    name: 'analytics-transform',
    region: 'eu-west-1',
    owner: ANALYTICS,
    runtime: 'python3.12',
    memoryMb: 2048,
    use: 'batch',
    perHour: 900,
    durationMs: 3100,
    ageDays: 240,
  },
  {
    name: 'intranet-birthday-mail',
    region: 'sa-east-1',
    owner: { app: 'intranet', env: 'production' },
    runtime: 'nodejs16.x',
    memoryMb: 128,
    use: 'idle',
    perHour: 0,
    durationMs: 300,
    ageDays: 700,
  },
  {
    name: 'storefront-ab-test-2023',
    region: 'us-east-1',
    owner: STOREFRONT,
    runtime: 'nodejs14.x',
    memoryMb: 1024,
    use: 'idle',
    perHour: 0,
    durationMs: 120,
    ageDays: 900,
  },
];

/** Functions: busy ones, one with far too much memory, two on runtimes without support that nobody calls. */
export function seedFunctions(estate: Estate): void {
  for (const plan of FUNCTIONS) {
    const store = estate.account.store(lambdaStore, plan.region);
    addFunction(store, {
      name: plan.name,
      runtime: plan.runtime,
      handler: plan.runtime.startsWith('python') ? 'app.handler' : 'index.handler',
      role: `arn:aws:iam::${estate.account.id}:role/aurora-lambda`,
      codeSize: 180_000 + plan.name.length * 91_733,
      codeSha256: Buffer.from(plan.name.padEnd(32, '.').slice(0, 32)).toString('base64'),
      memoryMb: plan.memoryMb,
      timeoutSeconds: 30,
      architecture: plan.architecture,
      tags: tagRecord(estate, plan.name, plan.owner),
      createdAt: estate.ago(plan.ageDays),
    });
    setProfile(estate.account, plan.name, {
      kind: plan.use,
      perHour: plan.perHour,
      durationMs: plan.durationMs,
    });
    if (plan.use === 'idle')
      estate.plant(
        'unused-function',
        'lambda',
        plan.region,
        plan.name,
        `never called, runtime ${plan.runtime} is out of support`,
      );
  }
  estate.plant(
    'oversized-function',
    'lambda',
    'us-east-1',
    'payments-reconcile',
    '3008 MB for work that fits in 512',
  );
}

/** One cluster whose nodes are half empty. */
export function seedKubernetes(estate: Estate, network: Network): void {
  const region = network.store.region;
  const store = estate.account.store(eksStore, region);
  const owner: Owner = { app: 'platform', env: 'production' };
  const tags = tagRecord(estate, 'aurora-platform', owner);
  const cluster = addCluster(store, {
    name: 'aurora-platform',
    version: '1.32',
    vpcId: network.vpcId,
    subnetIds: network.privateSubnets,
    tags,
    createdAt: estate.ago(240),
  });
  addNodegroup(store, cluster, {
    name: 'general',
    instanceTypes: ['m6i.xlarge'],
    desired: 3,
    minimum: 2,
    maximum: 8,
    diskGb: 50,
    subnetIds: network.privateSubnets,
    tags,
  });
  estate.fleet(network, 3, {
    name: 'aurora-platform-general',
    type: 'm6i.xlarge',
    owner,
    ageDays: 240,
    rootSize: 50,
    load: { cpuAverage: 17, cpuPeak: 44, memoryAverage: 39, pattern: 'web' },
  });
}
