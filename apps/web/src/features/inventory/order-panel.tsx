import { useT } from '@/app/i18n.ts';
import { Sheet } from '@/ui/sheet.tsx';
import { OrderView } from './order-view.tsx';

/** One order beside the list. */
export function OrderPanel({ orderId, onClose }: { orderId: string; onClose: () => void }) {
  const t = useT('inventory');
  return (
    <Sheet open onOpenChange={onClose} title={t('order.title')}>
      <OrderView orderId={orderId} />
    </Sheet>
  );
}
