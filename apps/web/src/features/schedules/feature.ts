import { CalendarClock, CalendarOff } from 'lucide-react';
import { lazyPage, type Feature } from '@/app/feature.ts';

const page = (load: Parameters<typeof lazyPage>[0]) => lazyPage(load, ['cloud', 'costs', 'schedules']);

export const schedules: Feature = {
  name: 'schedules',
  nav: [
    {
      job: 'schedules',
      labelKey: 'shell:nav.schedules',
      icon: CalendarClock,
      scope: 'workspace',
      path: 'schedules',
      permission: 'schedules:read',
    },
  ],
  palette: [
    {
      job: 'schedules',
      labelKey: 'shell:nav.scheduleCalendars',
      icon: CalendarOff,
      scope: 'workspace',
      path: 'schedules/calendars',
    },
  ],
  routes: {
    workspace: [
      {
        path: 'schedules/calendars',
        lazy: page(() => import('./pages/calendars.tsx').then((module) => module.Calendars)),
      },
      {
        path: 'schedules',
        lazy: page(() => import('./pages/schedules.tsx').then((module) => module.Schedules)),
        children: [
          {
            path: ':scheduleId',
            lazy: page(() => import('./pages/schedule.tsx').then((module) => module.SchedulePage)),
          },
          {
            path: ':scheduleId/runs/:runId',
            lazy: page(() => import('./pages/run.tsx').then((module) => module.RunPage)),
          },
        ],
      },
    ],
  },
};
