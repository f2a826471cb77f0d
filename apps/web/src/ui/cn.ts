import { clsx, type ClassValue } from 'clsx';

/**
 * Joins class names. Conflicting utilities are not sorted out here (that would cost 8 KB): a component chooses
 * between them, and a caller that must override one says so with `!`.
 */
export function cn(...values: ClassValue[]): string {
  return clsx(values);
}
