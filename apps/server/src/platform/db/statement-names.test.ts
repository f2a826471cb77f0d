import { describe, expect, test } from 'vitest';
import { StatementNames } from './statement-names.ts';

function ask(names: StatementNames, sql: string, times: number): string | undefined {
  let name: string | undefined;
  for (let n = 0; n < times; n += 1) name = names.nameOf(sql);
  return name;
}

describe('names of prepared statements', () => {
  test('are earned by coming again, and are the same for the same text', () => {
    const names = new StatementNames();
    expect(ask(names, 'select a from t where b = $1', 7)).toBeUndefined();
    const name = ask(names, 'select a from t where b = $1', 1);
    expect(name).toMatch(/^s[0-9a-f]{24}$/);
    expect(ask(names, 'select a from t where b = $1', 1)).toBe(name);
    expect(ask(new StatementNames(), 'select a from t where b = $1', 8)).toBe(name);
  });

  test.each(['select * from t', 'select "t".* from t', 'insert into t (a) values ($1) returning *'])(
    '%s never gets one: a new column would break it',
    (sql) => {
      expect(ask(new StatementNames(), sql, 100)).toBeUndefined();
    },
  );

  test('are bounded in number', () => {
    const names = new StatementNames();
    const named = Array.from({ length: 1000 }, (_, n) => ask(names, `select ${n}`, 20)).filter(
      (name) => name !== undefined,
    );
    expect(named).toHaveLength(300);
  });
});
