import { z } from 'zod';
import { widgetIds } from './widgets.ts';

const WidgetId = z.enum(widgetIds);

const once = (message: string) =>
  z
    .array(WidgetId)
    .max(widgetIds.length)
    .refine((ids) => new Set(ids).size === ids.length, message);

/** How one person arranged the home page of one workspace. GET, PUT and DELETE dashboard/layout. */
export const DashboardLayout = z.object({
  /** Every widget there is, also the hidden ones. */
  order: z.array(WidgetId),
  hidden: z.array(WidgetId),
  /** False while it is as it comes. */
  changed: z.boolean(),
});
export type DashboardLayout = z.infer<typeof DashboardLayout>;

/** Widgets that `order` leaves out follow at the end. */
export const DashboardLayoutBody = z.strictObject({
  order: once('names a widget twice'),
  hidden: once('names a widget twice'),
});
export type DashboardLayoutBody = z.infer<typeof DashboardLayoutBody>;
