/**
 * Everything a provider describes has words in every language of the web app, by the rules of `labels.ts` and
 * `operation-words.ts` there: a specific text first, then a general one.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Field } from '../src/fields.ts';
import { loadProvider, providerIds } from '../src/registry.ts';

type Texts = Readonly<Record<string, Readonly<Record<string, string>>>>;

function load(language: string, namespace: string): Texts {
  const file = new URL(`../../../apps/web/src/i18n/${language}/${namespace}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Texts;
}

const idOf = (id: string): string => id.replaceAll('.', '_');

/** Choices of these fields are names of products and versions, the same in every language. */
const productNames = new Set(['image', 'runtime', 'engine', 'engineVersion', 'planSku']);

interface Form {
  readonly id: string;
  readonly fields: readonly Field[];
}

const providers = await Promise.all(providerIds.map(loadProvider));

describe.each(['en', 'pt-BR'])('in %s', (language) => {
  const cloud = load(language, 'cloud');
  const inventory = load(language, 'inventory');
  const lacks = (group: string, ...keys: string[]): string[] =>
    keys.some((key) => cloud[group]?.[key] !== undefined) ? [] : [`${group}.${keys.join(' or ')}`];

  function lackingIn({ id, fields }: Form): string[] {
    const form = idOf(id);
    return fields.flatMap((field) => [
      ...lacks('field', `${form}_${field.name}`, field.name),
      ...(field.help === undefined ? [] : lacks('help', `${form}_${field.name}`, field.name)),
      ...(field.options ?? []).flatMap(({ value, label }) =>
        label === value || productNames.has(field.name)
          ? []
          : lacks('option', `${field.name}_${value.replaceAll(/[.:]/g, '_')}`),
      ),
    ]);
  }

  test.each(providers)('services, types and metrics of $label have names', (provider) => {
    const missing = [
      ...provider.services.flatMap((service) => [
        ...lacks('service', `${provider.id}_${service.id}`),
        ...service.resourceTypes.flatMap(({ id }) => lacks('type', idOf(id))),
      ]),
      ...provider.metricTypes.flatMap(({ id }) => lacks('metric', id)),
    ];
    expect(missing).toEqual([]);
  });

  test.each(providers)('operations of $label have names and say what they do', (provider) => {
    const missing = provider.operations.flatMap(({ id, type, parameters }) => [
      ...lacks('operation', `${id}_${idOf(type)}`, id),
      ...(inventory['effect']?.[id] === undefined ? [`effect.${id}`] : []),
      ...lackingIn({ id, fields: parameters }),
    ]);
    expect([...new Set(missing)]).toEqual([]);
  });

  test.each(providers)('forms of $label have labels, helps and choices in words', (provider) => {
    const forms: Form[] = [
      ...provider.creatables.map(({ id, fields }) => ({ id, fields })),
      ...provider.credentialMethods.map(({ id, fields }) => ({ id, fields })),
    ];
    const missing = [
      ...provider.credentialMethods.flatMap(({ id }) => lacks('method', id)),
      ...provider.creatables.flatMap(({ type }) => lacks('type', idOf(type))),
      ...forms.flatMap(lackingIn),
    ];
    expect([...new Set(missing)]).toEqual([]);
  });

  test('a help that two forms share says the same in both', () => {
    const meanings = new Map<string, Map<string, string>>();
    for (const { id, fields } of providers.flatMap(({ creatables }) => creatables))
      for (const { name, help } of fields) {
        const own = `${idOf(id)}_${name}`;
        if (help === undefined || cloud['help']?.[own] !== undefined) continue;
        const known = meanings.get(name) ?? new Map<string, string>();
        meanings.set(name, known.set(help, id));
      }
    const different = [...meanings].filter(([, texts]) => texts.size > 1);
    expect(different.map(([name, texts]) => [name, [...texts.values()]])).toEqual([]);
  });
});

test('the test sees what it is there for', () => {
  expect(providers.flatMap(({ operations }) => operations).length).toBeGreaterThan(200);
  expect(load('pt-BR', 'cloud')['operation']?.['no-such-operation']).toBeUndefined();
});
