import { describe, expect, it } from 'vitest';
import { COST_COLUMNS, FOCUS_COLUMNS, columnsOf, focusColumn } from './columns.ts';
import { detectVersion, mapHeader, missingMandatory } from './header.ts';

describe('FOCUS columns', () => {
  it('counts the columns of each version', () => {
    expect(columnsOf('1.0')).toHaveLength(43);
    expect(columnsOf('1.1')).toHaveLength(50);
    expect(columnsOf('1.2')).toHaveLength(57);
    expect(columnsOf('1.3')).toHaveLength(65);
    expect(columnsOf('1.4')).toHaveLength(65);
  });
  it('drops the deprecated provider pair in 1.4 and has unique names', () => {
    expect(columnsOf('1.4').map((c) => c.name)).not.toContain('ProviderName');
    expect(new Set(FOCUS_COLUMNS.map((c) => c.name.toLowerCase())).size).toBe(FOCUS_COLUMNS.length);
    for (const cost of COST_COLUMNS) expect(focusColumn(cost).type).toBe('decimal');
    expect(() => focusColumn('billedcost')).toThrow(RangeError);
  });
});

describe('header', () => {
  it('reads mixed case, spaces, underscores and aliases, and names what it ignores', () => {
    const mapping = mapHeader(['BILLEDCOST', 'billing_account_id', 'Billing Currency', 'Provider', 'Id']);
    expect([...mapping.columns]).toEqual([
      ['BilledCost', 0],
      ['BillingAccountId', 1],
      ['BillingCurrency', 2],
      ['ProviderName', 3],
    ]);
    expect(mapping.ignored).toEqual(['Id']);
    expect(mapping.renamed).toContainEqual({ from: 'Provider', to: 'ProviderName' });
  });
  it('prefers the true name over an alias and reports two true names as ambiguous', () => {
    const alias = mapHeader(['Region', 'RegionId']);
    expect(alias.columns.get('RegionId')).toBe(1);
    expect(alias.ambiguous).toEqual([]);
    expect(mapHeader(['BilledCost', 'billedcost']).ambiguous).toEqual([
      { column: 'BilledCost', headers: ['BilledCost', 'billedcost'] },
    ]);
  });
  it('detects versions', () => {
    const names = (v: '1.0' | '1.1' | '1.2' | '1.3' | '1.4') => columnsOf(v).map((c) => c.name);
    for (const v of ['1.0', '1.1', '1.2', '1.3', '1.4'] as const) expect(detectVersion(names(v))).toBe(v);
    expect(detectVersion(['a', 'b'])).toBeUndefined();
    expect(
      missingMandatory(
        '1.0',
        names('1.0').filter((n) => n !== 'ListCost'),
      ),
    ).toEqual(['ListCost']);
  });
});
