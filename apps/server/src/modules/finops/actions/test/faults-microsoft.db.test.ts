import tls from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { allFeatures, startCloudStage, type CloudStage } from '../../../../../test/support/cloud.ts';
import { applicationOf } from '../../test/microsoft.ts';
import { BadDay } from './bad-day.ts';
import { Driver } from './driver.ts';
import type { Planted } from './estate.ts';
import { AzureEstate, connectHastily, TenantEstate } from './microsoft-estate.ts';

// As at the other providers: every call of every kind of action goes wrong in every way the simulator knows.

const kinds = {
  azure: ['resize', 'snapshot_delete', 'database', 'tier', 'quarantine'],
  m365: ['licence'],
} as const;

/** Resource Manager takes an order and tells only later that it came to nothing. */
const acceptedThenFailed = {
  ways: { 'accepted, then no room': { effect: { kind: 'operation-fails', code: 'AllocationFailed' } } },
  calls: /Compute\/(virtualMachines\/(start|deallocate)\/action|(disks|snapshots)\/write)$/,
} as const;

let stage: CloudStage;
let release: () => void;
const days = new Map<string, BadDay>();
const drivers: Driver[] = [];

beforeAll(async () => {
  stage = await startCloudStage({ scenario: 'demo', work: false });
  const before = tls.getCACertificates('default');
  tls.setDefaultCACertificates([...before, stage.simulator.microsoft.ca]);
  release = () => tls.setDefaultCACertificates(before);
  const estate = new AzureEstate(stage.simulator);
  const tenant = new TenantEstate(stage.simulator);
  await meet('azure', (kind) => estate.kinds[kind]?.());
  await meet('m365', () => tenant.licence());
}, 240_000);
afterEach(() => stage.simulator.control.faults.clear());
afterAll(async () => {
  for (const { connection } of drivers) connection.close();
  release();
  await stage.close();
});

/** Connects an account of a provider. */
async function meet(provider: 'azure' | 'm365', plant: (kind: string) => Planted | undefined): Promise<void> {
  const answer = await stage.owner.post(`${stage.base}/accounts`, {
    provider,
    endpoint: 'microsoft',
    name: provider,
    credentials: applicationOf(stage, provider),
    features: allFeatures,
  });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  const workspaceId = await stage.atlas.application.services.tenancy.workspaceId(
    stage.organizationId,
    'main',
  );
  const connection = connectHastily(stage.simulator, provider);
  const driver = new Driver(stage, connection, answer.body.id, workspaceId ?? '');
  drivers.push(driver);
  const day = new BadDay({
    stage,
    driver,
    plant: (kind) => {
      const planted = plant(kind);
      if (planted === undefined) throw new Error(kind);
      return planted;
    },
    calls,
    more: acceptedThenFailed,
  });
  days.set(provider, day);
}

/** Resource Manager's calls have the names of their actions, Graph's such of their own; signing in is neither. */
function calls(): readonly string[] {
  return stage.simulator.control.requests.list().flatMap(({ service, operation }) => {
    if (service === 'arm') return [operation];
    return service === 'graph' ? [`graph:${operation}`] : [];
  });
}

describe.each([
  ['azure', kinds.azure],
  ['m365', kinds.m365],
] as const)('an action on a bad day of %s', (provider, its) => {
  for (const kind of its) {
    test(`${kind}: whatever call goes wrong in whatever way`, async () => {
      // The loop has seen both good and bad ends, or it proves nothing.
      expect((await days.get(provider)?.disturbEveryCall(kind))?.length).toBeGreaterThan(2);
    }, 480_000);
    test(`${kind}: a call that is accepted and never takes effect`, async () => {
      expect(await days.get(provider)?.ignoreEveryCall(kind)).not.toEqual([]);
    }, 240_000);
  }
});
