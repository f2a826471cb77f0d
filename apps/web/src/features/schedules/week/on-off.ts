/** What is on when: the picture of a week, made of the starts and stops that fall into it. */
import { instantIn, localIn } from '../zones.ts';

export interface WeekAction {
  /** What is started and stopped together: a pair, or a schedule that stands alone. */
  group: string;
  at: string;
  operation: 'start' | 'stop' | 'resize';
}

/** One hour: how many groups are on, and of how many one knows. */
export interface Slot {
  on: number;
  known: number;
}

const hourMs = 3_600_000;

/**
 * The hours of a week. A group is on in an hour when it is on in its middle. What happened before its first start or
 * stop is not known, and not counted.
 * @param actions of the week and of the time before it, in any order
 * @param hours beginnings of the hours, in milliseconds
 */
export function slotsOf(actions: readonly WeekAction[], hours: readonly number[]): Slot[] {
  const slots = hours.map(() => ({ on: 0, known: 0 }));
  const groups = Map.groupBy(
    actions.filter(({ operation }) => operation !== 'resize'),
    ({ group }) => group,
  );
  for (const group of groups.values()) {
    const turns = group
      .map(({ at, operation }) => ({ at: Date.parse(at), on: operation === 'start' }))
      .toSorted((a, b) => a.at - b.at);
    for (const [index, hour] of hours.entries()) {
      const last = turns.findLast(({ at }) => at <= hour + hourMs / 2);
      const slot = slots[index];
      if (last === undefined || slot === undefined) continue;
      slot.known += 1;
      if (last.on) slot.on += 1;
    }
  }
  return slots;
}

/** The hours of seven days on a zone's clock, beginning with the day of an instant. */
export function hoursOfWeek(timeZone: string, now: Date): { days: string[]; hours: number[] } {
  const today = Date.parse(`${localIn(timeZone, now).slice(0, 10)}T00:00:00Z`);
  const days = Array.from({ length: 7 }, (_, index) =>
    new Date(today + index * 24 * hourMs).toISOString().slice(0, 10),
  );
  const hours = days.flatMap((day) =>
    Array.from({ length: 24 }, (_, hour) =>
      instantIn(timeZone, `${day}T${String(hour).padStart(2, '0')}:00`).getTime(),
    ),
  );
  return { days, hours };
}
