/** Wall clocks of time zones, by what Intl knows of them. */
import { useMe } from '@/app/session.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
    formats.set(timeZone, format);
  }
  return format;
}

/** Wall clock of an instant in a zone, `YYYY-MM-DDTHH:MM`. */
export function localIn(timeZone: string, at: Date): string {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const part = (name: string): string => parts.get(name as Intl.DateTimeFormatPartTypes) ?? '';
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`;
}

/**
 * The instant at which a zone's clock shows a wall time; of a time that comes twice one of the two, of one that is
 * skipped an instant next to the gap.
 * @param local `YYYY-MM-DDTHH:MM`
 */
export function instantIn(timeZone: string, local: string): Date {
  const wanted = Date.parse(`${local}:00Z`);
  let at = wanted;
  // The offset at the first guess may be that of the other side of a transition: the second guess is right.
  for (let guess = 0; guess < 2; guess += 1)
    at = wanted - (Date.parse(`${localIn(timeZone, new Date(at))}:00Z`) - at);
  return new Date(at);
}

/** Name of a zone without its continent: `Sao Paulo` of `America/Sao_Paulo`. */
export function zoneName(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}

/** The zone the browser runs in. */
export function browserZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** The signed-in person's own zone. */
export function useOwnZone(): string {
  return useMe().timeZone;
}
