import { readdirSync, readFileSync } from 'node:fs';
import { loadProvider } from '@cloudatlas/cloud/registry';
import { describe, expect, test } from 'vitest';
import { RULES, ruleById } from './catalogue.ts';
import { documentRules } from './document.ts';
import type { Rule } from './rule.ts';

const byId = RULES.map((rule) => [rule.id, rule] as const);

function permissionsOf(rule: Rule): string[] {
  return [...rule.permissions.read, ...rule.permissions.apply, ...rule.permissions.undo];
}

/** How each provider writes the names of permissions. */
const permissionNames: Readonly<Record<string, RegExp>> = {
  aws: /^[a-z0-9-]+:[A-Z][A-Za-z0-9]+$/,
  azure: /^Microsoft\.[A-Z][A-Za-z]+(\/[A-Za-z]+)+\/(read|write|delete|action)$/,
  gcp: /^[a-z]+\.[a-zA-Z]+\.[a-zA-Z]+$/,
  m365: /^[A-Z][A-Za-z]+\.(Read|ReadWrite)\.All$/,
};

const providers = [...new Set(RULES.map((rule) => rule.provider))];

/** Files of a provider's rules, so that none is left out by mistake. */
function filesOf(provider: string): string[] {
  return readdirSync(new URL(`./${provider}/`, import.meta.url)).filter((file) =>
    file.startsWith(`${provider}-`),
  );
}

test.each(providers)(
  'every rule file of %s is in the catalogue once, under its own name, and has a table',
  (provider) => {
    const own = RULES.filter((rule) => rule.provider === provider).map((rule) => rule.id);
    const files = filesOf(provider);
    const sources = files
      .filter((file) => !file.endsWith('.test.ts'))
      .map((file) => file.replace(/\.ts$/, ''));
    expect(own.toSorted()).toEqual(sources.toSorted());
    expect(files).toEqual(expect.arrayContaining(own.map((id) => `${id}.test.ts`)));
  },
);

test('a rule is found by its id', () => {
  expect(ruleById('aws-ec2-idle')?.title.en).toBe('Idle EC2 instance');
  expect(ruleById('no-such-rule')).toBeUndefined();
});

test.each(providers)('the documentation of %s is of this catalogue (npm run docs:rules)', (provider) => {
  const written = readFileSync(
    new URL(`../../../../../../docs/rules/${provider}.md`, import.meta.url),
    'utf8',
  );
  expect(written).toBe(documentRules(provider, RULES));
});

test('Azure’s have the product’s defaults too', () => {
  const value = (id: string, name: string) => ruleById(id)?.parameters[name]?.default;
  expect(value('azure-vm-idle', 'cpu')).toBe(5);
  expect(value('azure-vm-idle', 'days')).toBe(7);
  expect(value('azure-disk-unattached', 'days')).toBe(7);
  expect(value('azure-public-ip-idle', 'days')).toBe(0);
});

test.each([
  ['azure', 35],
  ['gcp', 20],
  ['m365', 12],
])('%s has its rules', (provider, count) =>
  expect(RULES.filter((rule) => rule.provider === provider).length).toBeGreaterThanOrEqual(count),
);

test('the product’s own five have its defaults', () => {
  const defaults = Object.fromEntries(
    ['aws-ec2-idle', 'aws-ebs-unattached', 'aws-eip-idle', 'aws-rds-idle', 'aws-snapshot-old'].map((id) => [
      id,
      Object.fromEntries(
        Object.entries(ruleById(id)?.parameters ?? {}).map(([name, p]) => [name, p.default]),
      ),
    ]),
  );
  expect(defaults).toEqual({
    'aws-ec2-idle': { days: 7, cpu: 5 },
    'aws-ebs-unattached': { days: 7 },
    'aws-eip-idle': { days: 0, stoppedDays: 7 },
    'aws-rds-idle': { days: 7, connections: 5 },
    'aws-snapshot-old': { days: 90 },
  });
});

describe.each(byId)('%s', (_, rule) => {
  test('texts are in both languages', () => {
    const texts = [
      rule.title,
      rule.criterion,
      rule.remedy,
      ...Object.values(rule.parameters).map((p) => p.label),
    ];
    for (const text of texts) {
      expect(text.en.trim().length).toBeGreaterThan(2);
      expect(text['pt-BR'].trim().length).toBeGreaterThan(2);
    }
    for (const text of [rule.title, rule.criterion, rule.remedy]) expect(text['pt-BR']).not.toBe(text.en);
  });

  test('parameters lie within their bounds and within the days of metrics', () => {
    for (const { default: value, minimum, maximum } of Object.values(rule.parameters)) {
      expect(minimum).toBeLessThanOrEqual(value);
      expect(value).toBeLessThanOrEqual(maximum);
      expect(minimum).toBeLessThan(maximum);
    }
    expect(rule.lookbackDays > 0).toBe(rule.metrics.length > 0);
    expect(rule.lookbackDays).toBeLessThanOrEqual(63);
    const days = rule.parameters['days'];
    if (rule.metrics.length > 0 && days?.label.en === 'Look-back')
      expect(rule.lookbackDays).toBe(days.maximum);
  });

  test('permissions are named as the provider names them', () => {
    expect(rule.permissions.read.length).toBeGreaterThan(0);
    if (rule.action !== null) expect(rule.permissions.apply.length).toBeGreaterThan(0);
    if (rule.undoClass === 'R' && rule.action !== null)
      expect(rule.permissions.undo.length).toBeGreaterThan(0);
    for (const permission of permissionsOf(rule))
      expect(permission).toMatch(permissionNames[rule.provider] ?? /^$/);
  });

  test('the kind of action goes with the undo class', () => {
    const classes = {
      operations: ['R', 'S'],
      schedule: ['R'],
      snapshot_delete: ['S'],
      quarantine_delete: ['N'],
    };
    expect(rule.action === null ? ['R', 'S', 'N'] : classes[rule.action]).toContain(rule.undoClass);
  });

  test('types, metrics and operations exist at the provider', async () => {
    const provider = await loadProvider(rule.provider);
    const types = provider.services.flatMap((service) => service.resourceTypes.map((type) => type.id));
    expect(types).toEqual(expect.arrayContaining([rule.resourceType, ...(rule.needsTypes ?? [])]));
    for (const { metric, statistic, type = rule.resourceType } of rule.metrics) {
      const known = provider.metricTypes.find((m) => m.id === metric && m.type === type);
      expect(known?.statistics, `${metric} of ${type}`).toContain(statistic);
    }
    const has = (operation: string, type = rule.resourceType) =>
      provider.operations.some((o) => o.id === operation && o.type === type);
    for (const { operation, type } of rule.operations ?? [])
      expect(has(operation, type), `${operation} of ${type ?? rule.resourceType}`).toBe(true);
    // What these kinds do beside the planned operations.
    if (rule.action === 'snapshot_delete')
      expect(has('snapshot') && has('delete') && has('restore')).toBe(true);
    if (rule.action === 'quarantine_delete') expect(has('tag') && has('delete')).toBe(true);
    if (rule.action === 'schedule') expect(has('start') && has('stop')).toBe(true);
  });
});
