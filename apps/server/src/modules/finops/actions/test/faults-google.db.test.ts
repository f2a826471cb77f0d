import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { allFeatures, startCloudStage, type CloudStage } from '../../../../../test/support/cloud.ts';
import { serviceAccountOf } from '../../test/google.ts';
import { BadDay } from './bad-day.ts';
import { Driver } from './driver.ts';
import { GoogleEstate } from './google-estate.ts';

// As at the first provider: every call of every kind of action goes wrong in every way the simulator knows.

const kinds = ['resize', 'detach_snapshot_delete', 'availability', 'lifecycle', 'scale', 'quarantine'];

describe('an action on a bad day of Google Cloud', () => {
  let stage: CloudStage;
  let day: BadDay;
  let driver: Driver;

  beforeAll(async () => {
    stage = await startCloudStage({ scenario: 'demo', work: false });
    const answer = await stage.owner.post(`${stage.base}/accounts`, {
      provider: 'gcp',
      endpoint: 'google',
      name: 'Google Cloud',
      credentials: serviceAccountOf(stage),
      features: allFeatures,
    });
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    const workspaceId = await stage.atlas.application.services.tenancy.workspaceId(
      stage.organizationId,
      'main',
    );
    const estate = new GoogleEstate(stage.simulator);
    driver = new Driver(stage, estate.connect(), answer.body.id, workspaceId ?? '');
    day = new BadDay({
      stage,
      driver,
      plant: (kind) => {
        const planted = estate.kinds[kind]?.();
        if (planted === undefined) throw new Error(kind);
        return planted;
      },
      calls: () =>
        stage.simulator.control.requests
          .list()
          .map(({ operation }) => operation)
          .filter((operation) => operation !== 'google:Token'),
    });
  }, 240_000);
  afterEach(() => stage.simulator.control.faults.clear());
  afterAll(async () => {
    driver.connection.close();
    await stage.close();
  });

  for (const kind of kinds) {
    test(`${kind}: whatever call goes wrong in whatever way`, async () => {
      // The loop has seen both good and bad ends, or it proves nothing.
      expect((await day.disturbEveryCall(kind)).length).toBeGreaterThan(2);
    }, 480_000);
    test(`${kind}: a call that is accepted and never takes effect`, async () => {
      expect(await day.ignoreEveryCall(kind)).not.toEqual([]);
    }, 240_000);
  }
});
