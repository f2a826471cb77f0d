import type { WidgetId } from '@cloudatlas/contracts/widgets';
import {
  closestCenter,
  DndContext,
  KeyboardSensor,
  MouseSensor,
  TouchSensor,
  useSensor,
  useSensors,
  type Announcements,
  type DragEndEvent,
} from '@dnd-kit/core';
import {
  arrayMove,
  rectSortingStrategy,
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
} from '@dnd-kit/sortable';
import { GripVertical } from 'lucide-react';
import { useMemo } from 'react';
import { useT } from '@/app/i18n.ts';
import { cn } from '@/ui/cn.ts';
import { gridClasses } from './grid.tsx';
import { WidgetHandle } from './widget.tsx';
import { widgets } from './widgets.ts';

interface SortableGridProps {
  order: readonly WidgetId[];
  onMove: (order: WidgetId[]) => void;
}

/** The widgets, each with a handle that moves it by pointer, finger or arrow keys. */
export function SortableGrid({ order, onMove }: SortableGridProps) {
  const t = useT('home');
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 4 } }),
    // A finger that only scrolls must not drag.
    useSensor(TouchSensor, { activationConstraint: { delay: 180, tolerance: 8 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const announcements = useMemo((): Announcements => {
    const nameOf = (id: unknown): string => t(`widget.${String(id)}`);
    const placeOf = (id: unknown): number => order.indexOf(id as WidgetId) + 1;
    return {
      onDragStart: ({ active }) => t('drag.started', { name: nameOf(active.id) }),
      onDragOver: ({ active, over }) =>
        over === null
          ? undefined
          : t('drag.over', { name: nameOf(active.id), place: placeOf(over.id), total: order.length }),
      onDragEnd: ({ active, over }) =>
        t('drag.ended', {
          name: nameOf(active.id),
          place: placeOf((over ?? active).id),
          total: order.length,
        }),
      onDragCancel: ({ active }) => t('drag.cancelled', { name: nameOf(active.id) }),
    };
  }, [t, order]);
  const end = ({ active, over }: DragEndEvent): void => {
    if (over === null || over.id === active.id) return;
    onMove(arrayMove([...order], order.indexOf(active.id as WidgetId), order.indexOf(over.id as WidgetId)));
  };
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      onDragEnd={end}
      accessibility={{ announcements, screenReaderInstructions: { draggable: t('drag.how') } }}
    >
      <SortableContext items={[...order]} strategy={rectSortingStrategy}>
        <ul className={gridClasses}>
          {order.map((id) => (
            <Movable key={id} id={id} />
          ))}
        </ul>
      </SortableContext>
    </DndContext>
  );
}

function Movable({ id }: { id: WidgetId }) {
  const t = useT('home');
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } =
    useSortable({ id });
  const Content = widgets[id];
  const handle = (
    <button
      type="button"
      ref={setActivatorNodeRef}
      {...attributes}
      {...listeners}
      aria-label={t('drag.handle', { name: t(`widget.${id}`) })}
      className="flex size-7 touch-none items-center justify-center rounded-md text-ink-3 opacity-50 hover:bg-hover hover:text-ink group-hover/widget:opacity-100 focus-visible:opacity-100 pointer-coarse:size-9"
      style={{ cursor: isDragging ? 'grabbing' : 'grab' }}
    >
      <GripVertical aria-hidden className="size-4" />
    </button>
  );
  return (
    <li
      ref={setNodeRef}
      className={cn('relative min-w-0', isDragging && 'z-10 opacity-90 [&>section]:shadow-float')}
      style={{
        transform: transform === null ? undefined : `translate3d(${transform.x}px, ${transform.y}px, 0)`,
        transition,
      }}
    >
      <WidgetHandle value={handle}>
        <Content />
      </WidgetHandle>
    </li>
  );
}
