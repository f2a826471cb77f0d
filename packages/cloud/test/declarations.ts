import { describe, expect, test } from 'vitest';
import type { Provider } from '../src/contract.ts';
import { Field } from '../src/fields.ts';
import { Feature } from '../src/permissions.ts';

/** The part of the contract suite that needs no account: what a provider says about itself. */
export function declarations(provider: Provider): void {
  describe('what is declared', () => {
    test('ids are unique and carry the provider', () => {
      const types = provider.services.flatMap((s) => s.resourceTypes.map((t) => t.id));
      expect(new Set(types).size).toBe(types.length);
      for (const type of types) expect(type.startsWith(`${provider.id}.`), type).toBe(true);
      const operations = provider.operations.map((o) => `${o.type} ${o.id}`);
      expect(new Set(operations).size).toBe(operations.length);
      for (const operation of provider.operations) expect(types).toContain(operation.type);
      for (const metric of provider.metricTypes) expect(types).toContain(metric.type);
    });

    test('forms are data: they hold fields that are known, and dependencies that exist', () => {
      const { operations, creatables, credentialMethods } = provider;
      const forms = [
        ...operations.map((o) => o.parameters),
        ...creatables.map((c) => c.fields),
        ...credentialMethods.map((m) => m.fields),
      ];
      for (const fields of forms) {
        const names = new Set(fields.map((f) => f.name));
        expect(names.size).toBe(fields.length);
        for (const field of fields) {
          expect(() => Field.parse(field)).not.toThrow();
          expect(structuredClone(field)).toEqual(field);
          for (const other of field.dependsOn ?? []) expect(names.has(other)).toBe(true);
          if (field.when) expect(names.has(field.when.field)).toBe(true);
          if (field.pattern) expect(() => new RegExp(field.pattern?.source ?? '', 'u')).not.toThrow();
        }
      }
    });

    test('taggable types can be tagged; what destroys wants a typed confirmation; an undo exists', () => {
      const { services, operations } = provider;
      for (const type of services.flatMap((s) => s.resourceTypes).filter((t) => t.taggable)) {
        expect(
          operations.some((o) => o.type === type.id && o.id === 'tag'),
          type.id,
        ).toBe(true);
      }
      for (const operation of operations) {
        if (operation.id === 'delete') expect(operation.confirm).toBe('typed');
        if (operation.undo)
          expect(operations.some((o) => o.type === operation.type && o.id === operation.undo)).toBe(true);
      }
    });

    test('every permission of an operation or a form is in the list of permissions', () => {
      const known = new Set(provider.permissions.map((p) => p.action));
      const used = [...provider.operations, ...provider.creatables].flatMap((x) => x.actions);
      expect(used.filter((action) => !known.has(action))).toEqual([]);
    });

    test('access templates hold exactly the features that were asked for', () => {
      const texts = (features: readonly Feature[]) =>
        provider
          .accessTemplates({ features })
          .map((t) => t.text)
          .join('\n');
      const only = (feature: Feature) =>
        provider.permissions
          .filter(
            (p) =>
              p.feature === feature &&
              !provider.permissions.some((q) => q.feature !== feature && q.action === p.action),
          )
          .map((p) => p.action);
      const risky = (['delete', 'operate'] as const).find((feature) => only(feature).length > 0) ?? 'delete';
      expect(only(risky).length).toBeGreaterThan(0);
      for (const action of only(risky)) {
        expect(texts(Feature.options.filter((feature) => feature !== risky))).not.toContain(`"${action}"`);
        expect(texts(Feature.options)).toContain(`"${action}"`);
      }
    });
  });
}
