/** Contract of the schedules module. */
export type { SchedulesService } from './module.ts';
export type { Targets } from './port.ts';
export { scheduleChanged, scheduleRunFailed, scheduleRunFinished } from './events.ts';
