/** The widgets of the home page, in the order they have until a person changes it. */
export const widgetIds = ['clouds', 'costs', 'savings', 'alerts', 'schedules', 'activity'] as const;
export type WidgetId = (typeof widgetIds)[number];
