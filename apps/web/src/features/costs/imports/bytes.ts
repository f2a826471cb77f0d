import { useMemo } from 'react';
import { currentLanguage } from '@/app/i18n.ts';

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** Sizes in decimal units (1 kB is 1000 bytes), in the language in use. */
export function useBytes(): (bytes: number) => string {
  const language = currentLanguage();
  return useMemo(
    () => (bytes) => {
      const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
      return new Intl.NumberFormat(language, {
        style: 'unit',
        unit: units[power] ?? 'byte',
        unitDisplay: 'short',
        maximumFractionDigits: power === 0 ? 0 : 1,
      }).format(bytes / 1000 ** power);
    },
    [language],
  );
}
