import type { WidgetId } from '@cloudatlas/contracts/widgets';
import type { ComponentType } from 'react';
import { ActivityWidget } from './widgets/activity.tsx';
import { AlertsWidget } from './widgets/alerts.tsx';
import { CloudsWidget } from './widgets/clouds.tsx';
import { CostsWidget } from './widgets/costs.tsx';
import { SavingsWidget } from './widgets/savings.tsx';
import { SchedulesWidget } from './widgets/schedules.tsx';

/** What each widget is drawn by. */
export const widgets: Readonly<Record<WidgetId, ComponentType>> = {
  clouds: CloudsWidget,
  costs: CostsWidget,
  savings: SavingsWidget,
  alerts: AlertsWidget,
  schedules: SchedulesWidget,
  activity: ActivityWidget,
};
