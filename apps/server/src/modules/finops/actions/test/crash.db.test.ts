import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectAccount, startCloudStage, type CloudStage } from '../../../../../test/support/cloud.ts';
import { Crash, Driver, newRun, type WorkflowName } from './driver.ts';
import { Estate, type Planted } from './estate.ts';

// Every kind of action dies after every single effect it has (each write of the journal, each order to the provider),
// and another process goes on. Wherever it died, the action must end applied, the undo undone, the cloud
// must look exactly as the record says, and nothing may be there twice.

describe('an action whose process dies', () => {
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
  afterAll(() => stage.close());

  /** One run that dies after so many effects and is taken over. @returns whether it died */
  async function killed(name: WorkflowName, actionId: string, crashAfter: number): Promise<boolean> {
    const run = newRun();
    try {
      await driver.drive(name, run, actionId, { crashAfter });
      return false;
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
    }
    await driver.drive(name, run, actionId);
    return true;
  }

  async function status(actionId: string): Promise<string> {
    const { action } = await driver.load(actionId);
    return action.status === 'needs_attention' ? `needs attention: ${action.attention?.en}` : action.status;
  }

  async function applied(planted: Planted): Promise<string> {
    const id = await driver.place(await driver.recommend(planted));
    await driver.drive('apply', newRun(), id);
    return id;
  }

  for (const kind of [
    'stop',
    'resize',
    'modify',
    'retention',
    'snapshot_delete',
    'detach_snapshot_delete',
    'quarantine',
  ]) {
    const inForce = kind === 'quarantine' ? 'quarantined' : 'applied';

    test(`${kind}: applied and undone, whenever it dies`, async () => {
      const make = estate.kinds[kind];
      if (make === undefined) throw new Error(kind);
      const model = make();
      const before = await model.state();
      const modelId = await applied(model);
      const after = await model.state();
      expect([await status(modelId), after]).not.toEqual([inForce, before]);
      await driver.pressUndo(modelId);
      stage.simulator.control.advance(7 * 3600);
      await driver.drive('undo', newRun(), modelId);
      expect([await status(modelId), await model.state()]).toEqual(['undone', before]);

      let died = true;
      for (let effect = 1; died; effect += 1) {
        const planted = make();
        const own = await planted.state();
        const id = await driver.place(await driver.recommend(planted));
        died = await killed('apply', id, effect);
        expect([effect, await status(id), await planted.state()]).toEqual([effect, inForce, after]);
        stage.simulator.control.advance(7 * 3600);
        await driver.pressUndo(id);
        died = (await killed('undo', id, effect)) || died;
        expect([effect, await status(id), await planted.state()]).toEqual([effect, 'undone', own]);
      }
    }, 240_000);
  }

  test('a pair of schedules: made and removed, whenever it dies', async () => {
    let died = true;
    for (let effect = 1; died; effect += 1) {
      const { ref } = estate.instance();
      const action = {
        kind: 'schedule' as const,
        days: [1, 2, 3, 4, 5],
        startAt: '08:00',
        stopAt: '19:00',
        timeZone: 'America/Sao_Paulo',
      };
      const id = await driver.place(
        await driver.recommend({ ref, action, undoClass: 'R', state: schedules }),
      );
      died = await killed('apply', id, effect);
      expect([effect, await status(id), await schedules()]).toEqual([effect, 'applied', '2 schedules']);
      await driver.pressUndo(id);
      died = (await killed('undo', id, effect)) || died;
      expect([effect, await status(id), await schedules()]).toEqual([effect, 'undone', '0 schedules']);
    }
  }, 120_000);

  test('a pair of schedules that cannot be made: the action failed, and says why', async () => {
    const { ref } = estate.instance();
    const window = { days: [1], startAt: '08:00', stopAt: '19:00', timeZone: 'UTC' };
    const planted = { ref, action: { kind: 'schedule' as const, ...window }, undoClass: 'R' as const };
    const ids: string[] = [];
    for (const ruleId of ['first', 'second']) {
      const id = await driver.place(await driver.recommend({ ...planted, state: schedules }, { ruleId }));
      await driver.drive('apply', newRun(), id);
      ids.push(id);
    }
    const [first = '', second = ''] = ids;
    const { action } = await driver.load(second);
    expect([await status(first), action.status, await schedules()]).toEqual([
      'applied',
      'failed',
      '2 schedules',
    ]);
    expect(action.message).toContain('has this name');
    await driver.pressUndo(first);
    await driver.drive('undo', newRun(), first);
    expect(await schedules()).toBe('0 schedules');
  }, 120_000);

  async function schedules(): Promise<string> {
    const { rows } = await stage.sql.query('select count(*) as n from schedules.schedule');
    return `${rows[0].n} schedules`;
  }

  test('a quarantine ends with the deletion, whenever it dies', async () => {
    let died = true;
    for (let effect = 1; died; effect += 1) {
      const planted = estate.kinds['quarantine']!();
      const id = await applied(planted);
      await driver.endQuarantine(id);
      died = await killed('finalize', id, effect);
      expect([effect, await status(id), await planted.state()]).toEqual([
        effect,
        'final',
        expect.stringContaining('terminated'),
      ]);
    }
  }, 120_000);
});
