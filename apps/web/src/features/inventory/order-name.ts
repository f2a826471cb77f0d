import type { Order } from '@cloudatlas/contracts/inventory';
import { useT } from '@/app/i18n.ts';
import { useLabels } from '@/features/accounts/labels.ts';

/** What an order is called: the operation, or what is created. */
export function useOrderName(): (order: Pick<Order, 'kind' | 'operation' | 'type'>) => string {
  const t = useT('inventory');
  const labels = useLabels();
  return (order) =>
    order.kind === 'creation'
      ? t('order.creation', { type: labels.type(order.type) })
      : labels.operation(order.operation, order.type);
}
