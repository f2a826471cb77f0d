import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { connectAccount, startCloudStage, type CloudStage } from '../../../../../test/support/cloud.ts';
import { BadDay } from './bad-day.ts';
import { Crash, Driver, newRun } from './driver.ts';
import { Estate, type Planted } from './estate.ts';

// Every call of every kind of action goes wrong in every way the simulator knows, for a while and for good. The action
// must come to one of the known ends, the cloud must be as the record says, and what needs a person must be mendable:
// with the fault gone, undo brings back what was.

// The others are parts of these: `stop` of `resize`, a deletion with a snapshot of the one that detaches before.
const kinds = ['resize', 'modify', 'retention', 'detach_snapshot_delete', 'quarantine'];

describe('an action on a bad day of the provider', () => {
  let stage: CloudStage;
  let estate: Estate;
  let driver: Driver;

  beforeAll(async () => {
    stage = await startCloudStage({ work: false });
    estate = new Estate(stage.simulator);
    const account = await connectAccount(stage);
    const workspaceId = await stage.atlas.application.services.tenancy.workspaceId(
      stage.organizationId,
      'main',
    );
    driver = new Driver(stage, estate.connect(), account.id, workspaceId ?? '');
  });
  afterEach(() => stage.simulator.control.faults.clear());
  afterAll(() => stage.close());

  function plant(kind: string): Planted {
    const planted = estate.kinds[kind]?.();
    if (planted === undefined) throw new Error(kind);
    return planted;
  }

  async function status(id: string): Promise<string> {
    return (await driver.load(id)).action.status;
  }

  const day = () =>
    new BadDay({
      stage,
      driver,
      plant,
      calls: () =>
        stage.simulator.control.requests
          .list()
          .map(({ service, operation }) => `${service}:${operation}`)
          .filter((action) => !action.startsWith('sts:')),
    });

  for (const kind of kinds) {
    test(`${kind}: whatever call goes wrong in whatever way`, async () => {
      // The loop has seen both good and bad ends, or it proves nothing.
      expect((await day().disturbEveryCall(kind)).length).toBeGreaterThan(2);
    }, 480_000);
    test(`${kind}: a call that is accepted and never takes effect`, async () => {
      expect(await day().ignoreEveryCall(kind)).not.toEqual([]);
    }, 240_000);
  }

  test.each([
    ['resize', 'ec2:StartInstances'],
    ['detach_snapshot_delete', 'ec2:DeleteVolume'],
  ])(
    '%s: the process dies after every effect of taking back what was done half way',
    async (kind, action) => {
      let died = true;
      for (let effect = 1; died; effect += 1) {
        const planted = plant(kind);
        const before = await planted.state();
        const id = await driver.place(await driver.recommend(planted));
        // Refused once: the way forward fails, the way back does not.
        stage.simulator.control.addFault({
          effect: { kind: 'deny' },
          times: 1,
          target: { actions: [action] },
        });
        const run = newRun();
        died = false;
        try {
          await driver.drive('apply', run, id, { crashAfter: effect });
        } catch (error) {
          if (!(error instanceof Crash)) throw error;
          died = true;
          await driver.drive('apply', run, id);
        }
        stage.simulator.control.faults.clear();
        expect([effect, await status(id), await planted.state()]).toEqual([effect, 'failed', before]);
      }
    },
    120_000,
  );
});
