import { clsx, type ClassValue } from 'clsx';
import { extendTailwindMerge } from 'tailwind-merge';

/** Our own font-size step is unknown to tailwind-merge, which would take it for a colour. */
const merge = extendTailwindMerge({ extend: { classGroups: { 'font-size': [{ text: ['2xs'] }] } } });

/** Joins class names; of conflicting Tailwind utilities the last one wins. */
export function cn(...values: ClassValue[]): string {
  return merge(clsx(values));
}
