/** Light, dark or as the system has it. public/theme.js applies the stored choice before the first paint. */
import { useSyncExternalStore } from 'react';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const storageKey = 'atlas.theme';
const system = matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();

function stored(): Theme {
  const value = localStorage.getItem(storageKey);
  return themes.find((theme) => theme === value) ?? 'system';
}

function apply(): void {
  const theme = stored();
  const dark = theme === 'dark' || (theme === 'system' && system.matches);
  document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
}

/** Applies and remembers the theme on this device. */
export function setTheme(theme: Theme): void {
  localStorage.setItem(storageKey, theme);
  apply();
  for (const listener of listeners) listener();
}

/** Follows the system when it changes. */
export function watchTheme(): void {
  system.addEventListener('change', apply);
}

/** The chosen theme (not the resolved one). */
export function useTheme(): Theme {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, stored);
}
