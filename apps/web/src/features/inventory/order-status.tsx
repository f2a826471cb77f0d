import type { Order } from '@cloudatlas/contracts/inventory';
import { LoaderCircle } from 'lucide-react';
import i18next from 'i18next';
import { useT } from '@/app/i18n.ts';
import { Badge, type Tone } from '@/ui/badge.tsx';

const tones: Record<Order['status'], Tone> = {
  pending: 'neutral',
  running: 'accent',
  done: 'ok',
  failed: 'danger',
  needs_attention: 'warn',
};

/** How an order goes; while it runs, the step it is at. */
export function OrderStatus({ order }: { order: Pick<Order, 'status' | 'step'> }) {
  const t = useT('inventory');
  const step = order.status === 'running' && order.step !== null ? order.step : undefined;
  return (
    <Badge tone={tones[order.status]} dot={order.status !== 'running'}>
      {order.status === 'running' ? <LoaderCircle aria-hidden className="size-3 animate-spin" /> : null}
      {step !== undefined && i18next.exists(`order.step.${step}`, { ns: 'inventory' })
        ? t(`order.step.${step}`)
        : t(`order.status.${order.status}`)}
    </Badge>
  );
}

/** Whether it may still change. */
export function isOpen(order: Pick<Order, 'status'>): boolean {
  return order.status === 'pending' || order.status === 'running';
}
