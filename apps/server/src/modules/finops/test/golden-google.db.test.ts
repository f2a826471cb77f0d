import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ruleById, RULES } from '../rules/catalogue.ts';
import { connectGoogle } from './google.ts';
import { alsoFound, plantedKinds } from './golden-google-table.ts';
import { patience, startSavingsStage, type SavingsStage } from './stage.ts';

interface Found {
  rule_id: string;
  name: string;
  native_id: string;
  monthly: string | null;
  why: { en: string; 'pt-BR': string };
}

describe('a scan of the demo estate at Google Cloud', () => {
  let stage: SavingsStage;
  let found: Found[];

  beforeAll(async () => {
    stage = await startSavingsStage({ scenario: 'demo' });
    await connectGoogle(stage);
    const scan = await stage.scan();
    expect(scan, JSON.stringify(scan)).toMatchObject({ status: 'succeeded', message: null });
    ({ rows: found } = await stage.sql.query(
      `select rule_id, name, native_id, monthly::text as monthly, finding -> 'why' as why from finops.recommendation
       where status = 'open' order by rule_id, name`,
    ));
  }, 2 * patience);
  afterAll(() => stage.close(), patience);

  const report = () => stage.simulator.control.report;
  const planted = () => (report()?.waste ?? []).filter(({ service }) => service === 'gcp');
  /** A stopped machine is found by its disks, which carry its name. */
  const isOf = (row: Found, kind: string, resourceId: string): boolean =>
    row.native_id === resourceId ||
    (kind === 'long-stopped-vm' &&
      [
        resourceId.replace('/instances/', '/disks/'),
        `${resourceId.replace('/instances/', '/disks/')}-data`,
      ].includes(row.native_id));

  test('finds every planted piece of waste', () => {
    const missed = planted()
      .filter(
        ({ kind, resourceId }) =>
          !found.some((row) => plantedKinds[kind]?.includes(row.rule_id) && isOf(row, kind, resourceId)),
      )
      .map(({ kind, resourceId, note }) => `${kind} ${resourceId}: ${note}`);
    expect(missed).toEqual([]);
    // The scenario is there at all.
    expect(planted().length).toBeGreaterThan(18);
  });

  test('takes nothing for waste that only looks like it', () => {
    const decoys = (report()?.decoys ?? []).filter(({ service }) => service === 'gcp');
    const wronged = decoys.flatMap(({ kind, resourceId, note }) =>
      found
        .filter((row) => plantedKinds[kind]?.includes(row.rule_id) && isOf(row, kind, resourceId))
        .map((row) => `${row.rule_id}: ${row.name}: ${note}`),
    );
    expect(wronged).toEqual([]);
    expect(decoys.length).toBeGreaterThan(2);
  });

  test('finds nothing else by state but what was reviewed', () => {
    const unexpected = found
      // What was measured depends on the hour of the test: a borderline machine may be found at one and not at another.
      .filter((row) => ruleById(row.rule_id)?.metrics.length === 0)
      .filter((row) => {
        const isPlanted = planted().some(
          ({ kind, resourceId }) => plantedKinds[kind]?.includes(row.rule_id) && isOf(row, kind, resourceId),
        );
        return !isPlanted && !alsoFound[row.rule_id]?.test(row.name);
      })
      .map((row) => `${row.rule_id}: ${row.name}: ${row.why.en}`);
    expect(unexpected).toEqual([]);
  });

  test('what is found has its amount from the bill, except where it is advice without one', () => {
    const silent = found
      .filter(
        ({ rule_id: id, monthly }) =>
          (monthly === null || Number(monthly) <= 0) && ruleById(id)?.saving !== 'M0',
      )
      .map(({ rule_id: id, name }) => `${id}: ${name}`);
    expect(silent).toEqual([]);
    expect(found.filter(({ monthly }) => Number(monthly) > 0).length).toBeGreaterThan(15);
  });

  test('no rule fails on any resource, and every rule says what it examined', async () => {
    const failed = await stage.sql.query(
      `select rule_id, skipped from finops.diagnostic where skipped @> '[{"reason": "failed"}]'`,
    );
    expect(failed.rows).toEqual([]);
    const { rows } = await stage.sql.query<{ rule_id: string }>(
      'select distinct rule_id from finops.diagnostic',
    );
    expect(rows.map(({ rule_id: id }) => id).toSorted()).toEqual(
      RULES.filter(({ provider }) => provider === 'gcp')
        .map(({ id }) => id)
        .toSorted(),
    );
  });
});
