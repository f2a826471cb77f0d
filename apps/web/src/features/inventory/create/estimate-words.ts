/**
 * Words for the parts of a price. Adapters name them in English; a text of ours replaces what is known, and what is not
 * is shown as it came.
 */
import i18next from 'i18next';
import { useT } from '@/app/i18n.ts';

/** Names of parts, the variable bit captured. */
const lines: readonly (readonly [pattern: RegExp, key: string])[] = [
  [/^Disk (?<name>.+)$/, 'disk'],
  [/^Storage (?<name>.+)$/, 'storage'],
  [/^App Service plan (?<name>.+)$/, 'plan'],
  [/^SQL database, (?<name>.+)$/, 'sqlDatabase'],
  [/^Hot blobs$/, 'hotBlobs'],
  [/^Cool blobs$/, 'coolBlobs'],
  [/^Cold blobs$/, 'coldBlobs'],
  [/^External address$/, 'externalAddress'],
  [/^Public IP address$/, 'publicAddress'],
];

/** Key of a sentence: its words, at most 60 characters of them; amounts stand for themselves. */
export function noteKey(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 60);
}

/** The part's key and the bit of its name that varies; undefined for a part without words of ours. */
export function lineOf(label: string): { key: string; name: string } | undefined {
  for (const [pattern, key] of lines) {
    const match = pattern.exec(label);
    if (match !== null) return { key, name: match.groups?.['name'] ?? '' };
  }
  return undefined;
}

export function useEstimateWords() {
  const t = useT('inventory');
  return {
    line: (label: string): string => {
      const line = lineOf(label);
      return line === undefined || !i18next.exists(`estimate.line.${line.key}`, { ns: 'inventory' })
        ? label
        : t(`estimate.line.${line.key}`, { name: line.name });
    },
    note: (text: string): string => {
      const key = noteKey(text);
      return i18next.exists(`estimate.note.${key}`, { ns: 'inventory' }) ? t(`estimate.note.${key}`) : text;
    },
  };
}
