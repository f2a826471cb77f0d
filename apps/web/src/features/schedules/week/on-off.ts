/** What is on when: the picture of a week, made of the starts and stops that fall into it. */

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

export const hoursOfWeek = 168;
const hourMs = 3_600_000;

/**
 * 168 hours from an instant. A group is on in an hour when it is on for at least half of it. What happened before
 * its first start or stop is not known, and not counted.
 * @param actions of the week and of the time before it, in any order
 */
export function slotsOf(actions: readonly WeekAction[], from: number): Slot[] {
  const slots = Array.from({ length: hoursOfWeek }, () => ({ on: 0, known: 0 }));
  const groups = Map.groupBy(
    actions.filter(({ operation }) => operation !== 'resize'),
    ({ group }) => group,
  );
  for (const group of groups.values()) {
    const turns = group
      .map(({ at, operation }) => ({ at: Date.parse(at), on: operation === 'start' }))
      .toSorted((a, b) => a.at - b.at);
    for (let hour = 0; hour < hoursOfWeek; hour += 1) {
      const middle = from + hour * hourMs + hourMs / 2;
      const last = turns.findLast(({ at }) => at <= middle);
      const slot = slots[hour];
      if (last === undefined || slot === undefined) continue;
      slot.known += 1;
      if (last.on) slot.on += 1;
    }
  }
  return slots;
}

/** Midnight in the browser's zone, seven days of which make the week that is shown. */
export function startOfToday(now: Date): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate());
}

/** Hours of a week in which everything known is on. */
export function hoursOn(slots: readonly Slot[]): number {
  return slots.filter(({ on, known }) => known > 0 && on === known).length;
}
