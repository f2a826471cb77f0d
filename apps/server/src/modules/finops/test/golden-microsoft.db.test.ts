import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RULES } from '../rules/catalogue.ts';
import { alsoFound, plantedKinds } from './golden-microsoft-table.ts';
import { connectMicrosoft } from './microsoft.ts';
import { patience, startSavingsStage, type SavingsStage } from './stage.ts';

interface Found {
  rule_id: string;
  name: string;
  native_id: string;
  monthly: string | null;
  why: { en: string; 'pt-BR': string };
}

describe('a scan of the demo estate at Azure and Microsoft 365', () => {
  let stage: SavingsStage;
  let found: Found[];
  let release: () => void;

  beforeAll(async () => {
    stage = await startSavingsStage({ scenario: 'demo' });
    release = await connectMicrosoft(stage);
    const scan = await stage.scan();
    expect(scan, JSON.stringify(scan)).toMatchObject({ status: 'succeeded', message: null });
    ({ rows: found } = await stage.sql.query(
      `select rule_id, name, native_id, monthly::text as monthly, finding -> 'why' as why from finops.recommendation
       where status = 'open' order by rule_id, name`,
    ));
  }, 2 * patience);
  afterAll(async () => {
    release();
    await stage.close();
  }, patience);

  /** Of these two providers: their kinds share names with those of others. */
  const planted = () =>
    (stage.simulator.control.report?.waste ?? []).filter(
      ({ service, resourceId }) => service === 'm365' || resourceId.startsWith('/subscriptions/'),
    );
  const isOf = (row: Found, resourceId: string): boolean =>
    row.native_id === resourceId.toLowerCase() || row.native_id.endsWith(`/${resourceId}`);

  test('finds every planted piece of waste', () => {
    const missed = planted()
      .filter(
        ({ kind, resourceId }) =>
          !found.some((row) => plantedKinds[kind]?.includes(row.rule_id) && isOf(row, resourceId)),
      )
      .map(({ kind, resourceId, note }) => `${kind} ${resourceId}: ${note}`);
    expect(missed).toEqual([]);
    // The scenario is there at all.
    expect(planted().length).toBeGreaterThan(40);
  });

  test('finds nothing else but what was reviewed', () => {
    const unexpected = found
      .filter((row) => {
        const isPlanted = planted().some(
          ({ kind, resourceId }) => plantedKinds[kind]?.includes(row.rule_id) && isOf(row, resourceId),
        );
        return !isPlanted && !alsoFound[row.rule_id]?.test(row.name);
      })
      .map((row) => `${row.rule_id}: ${row.name}: ${row.why.en}`);
    expect(unexpected).toEqual([]);
  });

  test('licences and addresses have amounts of the price lists', () => {
    const silent = found
      .filter(({ rule_id: id, monthly }) => monthly === null && ruleOf(id)?.saving === 'M3')
      .map(({ rule_id: id, name }) => `${id}: ${name}`);
    expect(silent).toEqual([]);
    expect(found.some(({ rule_id: id }) => ruleOf(id)?.saving === 'M3')).toBe(true);
  });

  test('what Azure bills by resource has its amount from the bill', async () => {
    const { rows } = await stage.sql.query<{ rule_id: string; name: string }>(
      `select rule_id, name from finops.recommendation
       where status = 'open' and rule_id in ('azure-vm-idle', 'azure-disk-unattached', 'azure-sql-idle',
         'azure-snapshot-old', 'azure-appservice-plan-empty', 'azure-nat-orphan')
         and (monthly is null or monthly <= 0)`,
    );
    expect(rows).toEqual([]);
    const billed = found.filter(
      ({ rule_id: id, monthly }) => ruleOf(id)?.provider === 'azure' && Number(monthly) > 0,
    );
    expect(billed.length).toBeGreaterThan(15);
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
      RULES.filter(({ provider }) => ['azure', 'm365'].includes(provider))
        .map(({ id }) => id)
        .toSorted(),
    );
  });

  function ruleOf(id: string) {
    return RULES.find((rule) => rule.id === id);
  }
});
