import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BillRow, openTestStore, type TestStore } from '../ingest/testBill.ts';
import { conformanceReport } from './report.ts';
import { CONFORMANCE_RULES } from './rules.ts';

let test: TestStore;
beforeAll(async () => {
  test = await openTestStore();
});
afterAll(() => test.close());

const modelPath = process.env['ATLAS_FOCUS_RULES'] ?? path.resolve('../shared/data/focus-rules-1.2.json');
const samplePath = process.env['ATLAS_FOCUS_SAMPLE'] ?? path.resolve('../shared/data/focus_sample.csv');

interface Model {
  ModelRules: Record<string, { Reference: string; Type: string; ValidationCriteria: { Keyword: string } }>;
}

describe('conformance', () => {
  it('has unique rule ids', () => {
    expect(new Set(CONFORMANCE_RULES.map((r) => r.id)).size).toBe(CONFORMANCE_RULES.length);
  });

  it.skipIf(!existsSync(modelPath))(
    'uses ids and keywords of the published requirements model (set ATLAS_FOCUS_RULES)',
    () => {
      const model = JSON.parse(readFileSync(modelPath, 'utf8')) as Model;
      for (const rule of CONFORMANCE_RULES.filter((r) => !r.id.startsWith('CA-'))) {
        const published = model.ModelRules[rule.id];
        expect(published, rule.id).toBeDefined();
        expect([rule.id, published?.ValidationCriteria.Keyword, published?.Type]).toEqual([
          rule.id,
          rule.keyword,
          'Static',
        ]);
        if (rule.check.kind !== 'present') expect(published?.Reference).toBe(rule.column);
      }
    },
  );

  it('counts violations by rule, with samples, and leaves out what a provider lacks', async () => {
    const base: BillRow = {
      billed: '1',
      effective: '1',
      account: 'a',
      subAccount: 's',
      currency: 'USD',
      period: '2024-09',
      day: '2024-09-02',
      service: 'S3',
      region: null,
      resource: null,
      tags: null,
    };
    test.reset();
    await test.load([base, { ...base, currency: 'ZZZ' }, { ...base, currency: 'ZZZ', billed: '2' }]);
    const partitions = await test.manifest.partitions('org');
    const report = await conformanceReport(test.store, partitions);
    const rule = (id: string) => report.rules.find((r) => r.id === id);
    expect(rule('BillingCurrency-C-006-M')).toMatchObject({ status: 'violated', violations: 2 });
    expect(rule('BillingCurrency-C-006-M')?.samples[0]).toMatchObject({ BillingCurrency: 'ZZZ' });
    expect(rule('ChargeCategory-C-003-M')).toMatchObject({ status: 'passed', violations: 0 });
    expect(rule('CostAndUsage-D-021-M')).toMatchObject({ status: 'violated' });
    expect(rule('PublisherName-C-003-M')).toMatchObject({ status: 'absent' });
    expect(rule('SkuId-C-005-C')).toMatchObject({ status: 'absent' });
    expect(report.score).toBeGreaterThan(0);
    expect(report.score).toBeLessThan(1);
    const lenient = await conformanceReport(test.store, partitions, {
      without: ['SUB_ACCOUNT_SUPPORTED', 'REGION_SUPPORTED'],
    });
    expect(lenient.rules.find((r) => r.id === 'CostAndUsage-D-063-C')?.status).toBe('not-asked');
    expect((await conformanceReport(test.store, [])).score).toBeUndefined();
  });

  it.skipIf(!existsSync(samplePath))('reports on the published sample (set ATLAS_FOCUS_SAMPLE)', async () => {
    test.reset();
    await test.load(readFileSync(samplePath, 'utf8'));
    const report = await conformanceReport(test.store, await test.manifest.partitions('org'));
    const violations = Object.fromEntries(
      report.rules.filter((r) => r.status === 'violated').map((r) => [r.id, r.violations]),
    );
    expect(report.rows).toBe(1000);
    // Seven rows of one provider lack a contracted cost; the resource type is mostly missing.
    expect(violations['ContractedCost-C-003-M']).toBe(7);
    expect(violations['ResourceType-C-005-C']).toBeGreaterThan(600);
    expect(violations['ServiceCategory-C-003-M']).toBeUndefined();
  });
});
