/**
 * Words for what providers call by id. The API brings English labels; a text under the same id in
 * i18n/<language>/cloud.json replaces them, so a new provider works before anybody has translated it.
 */
import i18next from 'i18next';
import { useCallback, useMemo } from 'react';
import { useT } from '@/app/i18n.ts';
import { useProviders } from './queries.ts';

const idOf = (id: string): string => id.replaceAll('.', '_');

/** Label functions of the current workspace; ids that nobody knows are shown as they are. */
export function useLabels() {
  const t = useT('cloud');
  const { data: providers } = useProviders();
  const known = useMemo(() => {
    const services = new Map<string, string>();
    const types = new Map<string, string>();
    for (const provider of providers ?? []) {
      for (const service of provider.services) {
        services.set(`${provider.id} ${service.id}`, service.label);
        for (const type of service.resourceTypes) types.set(type.id, type.label);
      }
    }
    return { providers: new Map(providers?.map(({ id, label }) => [id, label])), services, types };
  }, [providers]);
  const has = (key: string): boolean => i18next.exists(key, { ns: 'cloud' });

  const provider = (id: string): string =>
    i18next.exists(`provider.${id}`, { ns: 'ui' }) ? t(`ui:provider.${id}`) : (known.providers.get(id) ?? id);
  const service = (providerId: string, id: string): string =>
    has(`service.${providerId}_${id}`)
      ? t(`service.${providerId}_${id}`)
      : (known.services.get(`${providerId} ${id}`) ?? id);
  const type = (id: string): string =>
    has(`type.${idOf(id)}`) ? t(`type.${idOf(id)}`) : (known.types.get(id) ?? id);
  const state = (id: string): string => (has(`state.${id}`) ? t(`state.${id}`) : id);
  const category = (id: string): string => (has(`category.${id}`) ? t(`category.${id}`) : id);
  const region = (id: string): string => (has(`region.${id}`) ? t(`region.${id}`) : id);
  const metric = (id: string, label: string): string => (has(`metric.${id}`) ? t(`metric.${id}`) : label);
  const relation = (kind: string, direction: 'to' | 'from'): string =>
    has(`relation.${kind}_${direction}`) ? t(`relation.${kind}_${direction}`) : kind.replaceAll('_', ' ');
  /** An operation of a type: the type's own word first (`terminate` for one, `delete` for another). */
  const operation = (id: string, typeId: string, label?: string): string => {
    if (has(`operation.${id}_${idOf(typeId)}`)) return t(`operation.${id}_${idOf(typeId)}`);
    if (label === undefined || i18next.language !== 'en')
      return has(`operation.${id}`) ? t(`operation.${id}`) : (label ?? id);
    return label;
  };
  return { provider, service, type, state, category, region, metric, relation, operation };
}
export type Labels = ReturnType<typeof useLabels>;

/** Words of a form of a provider; `form` is the creatable, credential method or operation. */
export function useFormWords(form: string) {
  const t = useT('cloud');
  const name = idOf(form);
  const label = useCallback(
    (field: { name: string; label: string }): string =>
      [`field.${name}_${field.name}`, `field.${field.name}`].some((key) =>
        i18next.exists(key, { ns: 'cloud' }),
      )
        ? i18next.exists(`field.${name}_${field.name}`, { ns: 'cloud' })
          ? t(`field.${name}_${field.name}`)
          : t(`field.${field.name}`)
        : field.label,
    [t, name],
  );
  /** A form's own text first: what `name` must look like differs from form to form. */
  const help = useCallback(
    (field: { name: string; help?: string | undefined }): string | undefined => {
      if (field.help === undefined) return undefined;
      if (i18next.exists(`help.${name}_${field.name}`, { ns: 'cloud' }))
        return t(`help.${name}_${field.name}`);
      return i18next.exists(`help.${field.name}`, { ns: 'cloud' }) ? t(`help.${field.name}`) : field.help;
    },
    [t, name],
  );
  /** A choice of a field; values that nobody has put into words keep the label that came. */
  const option = useCallback(
    (field: { name: string }, choice: { value: string; label: string }): string => {
      const value = choice.value.replaceAll(/[.:]/g, '_');
      return i18next.exists(`option.${field.name}_${value}`, { ns: 'cloud' })
        ? t(`option.${field.name}_${value}`)
        : choice.label;
    },
    [t],
  );
  return { label, help, option };
}
