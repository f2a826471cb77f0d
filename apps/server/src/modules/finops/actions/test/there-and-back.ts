import type { Connection } from '../../../../../../../packages/cloud/src/contract.ts';
import type { SavingsStage } from '../../test/stage.ts';
import { differenceOf, foundOf } from '../found.ts';
import { Driver, newRun } from './driver.ts';

/**
 * Applies one open finding of every rule with an action and takes it back; the resource must then be as it was.
 * @returns the rules that were tried, and what did not end as it should by rule
 */
export async function thereAndBack(
  stage: SavingsStage,
  connectionOf: (provider: string) => Connection,
): Promise<{ readonly tried: ReadonlySet<string>; readonly ends: readonly string[] }> {
  const { rows } = await stage.sql.query(
    `select rule_id, id, account_id, workspace_id, resource, action ->> 'kind' as kind
     from finops.recommendation where status = 'open' and action is not null
     order by rule_id, monthly desc nulls last, native_id`,
  );
  const ends: string[] = [];
  const tried = new Set<string>();
  /** Deleted and brought back under another id: what other rules found about the former is past. */
  const replaced = new Set<string>();
  for (const row of rows) {
    if (tried.has(row.rule_id) || replaced.has(row.resource.nativeId)) continue;
    tried.add(row.rule_id);
    const connection = connectionOf(row.resource.type.split('.')[0]);
    const driver = new Driver(stage, connection, row.account_id, row.workspace_id);
    const what = `${row.rule_id} (${row.kind}, ${row.resource.id})`;
    try {
      const before = foundOf(await connection.inspect(row.resource));
      const id = await driver.place(row.id);
      await driver.drive('apply', newRun(), id);
      const applied = await driver.load(id);
      if (!['applied', 'quarantined'].includes(applied.action.status)) {
        ends.push(`${what}: ${applied.action.status}: ${applied.action.message}`);
        continue;
      }
      if (applied.action.undo_until === null) {
        ends.push(`${what}: no way back`);
        continue;
      }
      await driver.pressUndo(id);
      stage.simulator.control.advance(7 * 3600);
      await driver.drive('undo', newRun(), id);
      const undone = await driver.load(id);
      const back = undone.undo
        .flatMap(({ created }) => created)
        .find(({ type }) => type === row.resource.type);
      if (back !== undefined && back.nativeId !== row.resource.nativeId) replaced.add(row.resource.nativeId);
      const difference =
        undone.action.status === 'undone'
          ? differenceOf(before, foundOf(await connection.inspect(back ?? row.resource)))
          : `${undone.action.status}: ${undone.action.message}`;
      if (difference !== null) ends.push(`${what}: after undo ${difference}`);
    } catch (error) {
      ends.push(`${what}: ${String(error)}`);
    }
  }
  return { tried, ends };
}
