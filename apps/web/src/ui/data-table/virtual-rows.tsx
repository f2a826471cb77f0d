import { useVirtualizer } from '@tanstack/react-virtual';
import { useImperativeHandle, type ReactNode, type Ref, type RefObject } from 'react';

/** Lets the table scroll a row into the window before it focuses it. */
export interface VirtualRowsHandle {
  scrollTo: (index: number) => void;
}

interface VirtualRowsProps {
  ref: Ref<VirtualRowsHandle>;
  count: number;
  scroller: RefObject<HTMLDivElement | null>;
  renderRow: (index: number) => ReactNode;
}

/** Height of a row in pixels: 36 and its border. */
const rowHeight = 37;

/** The rows near the window of a long table; spacers stand for the others. A chunk of its own. */
export function VirtualRows({ ref, count, scroller, renderRow }: VirtualRowsProps) {
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  useImperativeHandle(ref, () => ({ scrollTo: (index) => virtualizer.scrollToIndex(index) }), [virtualizer]);
  const items = virtualizer.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <>
      {before > 0 ? <Spacer height={before} /> : null}
      {items.map((item) => renderRow(item.index))}
      {after > 0 ? <Spacer height={after} /> : null}
    </>
  );
}

/** Stands for the rows outside the window. */
function Spacer({ height }: { height: number }) {
  return (
    <tr aria-hidden style={{ height }}>
      {/* One cell: a span over columns that the screen is too narrow for would make room for them. */}
      <td>{'\u00a0'}</td>
    </tr>
  );
}
