import type { DashboardLayout } from '@cloudatlas/contracts/dashboards';
import { widgetIds, type WidgetId } from '@cloudatlas/contracts/widgets';

const known: readonly string[] = widgetIds;
const isWidget = (id: string): id is WidgetId => known.includes(id);

/**
 * A stored layout in terms of the widgets there are now: those that are gone are left out, new ones follow at
 * the end.
 */
export function completeLayout(
  stored: { order: readonly string[]; hidden: readonly string[] } | undefined,
): DashboardLayout {
  if (stored === undefined) return { order: [...widgetIds], hidden: [], changed: false };
  const order = stored.order.filter(isWidget);
  return {
    order: [...order, ...widgetIds.filter((id) => !order.includes(id))],
    hidden: stored.hidden.filter(isWidget),
    changed: true,
  };
}
