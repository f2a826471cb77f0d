import type { WidgetId } from '@cloudatlas/contracts/widgets';
import { widgets } from './widgets.ts';

/** Classes of the list of widgets; all cells of a row are as high as the highest. */
export const gridClasses = 'grid min-w-0 grid-cols-1 gap-5 md:grid-cols-2 xl:grid-cols-3';

/** The widgets as they are before dragging is loaded. */
export function StillGrid({ order }: { order: readonly WidgetId[] }) {
  return (
    <ul className={gridClasses}>
      {order.map((id) => {
        const Content = widgets[id];
        return (
          <li key={id} className="min-w-0">
            <Content />
          </li>
        );
      })}
    </ul>
  );
}
