/** Words for dimensions and for values that the specification fixes; everything else is shown as it is in the data. */
import i18next from 'i18next';
import { useMemo } from 'react';
import { providerColor, type ProviderId } from '@/charts/types.ts';
import { useT } from '@/app/i18n.ts';

/** Which provider a name in a bill means; undefined for one we have no colour for. */
export function providerIdOf(name: string): ProviderId | undefined {
  const text = name.toLowerCase();
  if (/365|m365/.test(text)) return 'm365';
  if (/azure|microsoft/.test(text)) return 'azure';
  if (/aws|amazon/.test(text)) return 'aws';
  if (/gcp|google/.test(text)) return 'gcp';
  return text.includes('kubernetes') ? 'kubernetes' : undefined;
}

/** The colour of a provider, for what belongs to one. */
export function colorOfProvider(name: string | null): { color?: string } {
  const id = name === null ? undefined : providerIdOf(name);
  return id === undefined ? {} : { color: providerColor(id) };
}

const keyOf = (value: string): string => value.replaceAll(/[^A-Za-z]/g, '');

export function useCostWords() {
  const t = useT('costs');
  return useMemo(() => {
    const dimension = (name: string): string =>
      name.startsWith('tag:') ? t('tagNamed', { key: name.slice(4) }) : t(`dimension.${name}`);
    const has = (key: string): boolean => i18next.exists(key, { ns: 'costs' });
    const value = (name: string, text: string | null, label?: string | null): string => {
      if (text === null) return name.startsWith('tag:') ? t('untagged') : t('noValue');
      if (name === 'category' && has(`category.${keyOf(text)}`)) return t(`category.${keyOf(text)}`);
      if (name === 'chargeCategory' && has(`chargeCategory.${keyOf(text)}`))
        return t(`chargeCategory.${keyOf(text)}`);
      return label ?? text;
    };
    return { dimension, value };
  }, [t]);
}
