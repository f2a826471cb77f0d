import { useNavigate } from 'react-router';
import { useCloudPaths } from '@/features/accounts/paths.ts';
import { OrderTable } from '../order-table.tsx';

/** What was asked of this resource. */
export function ResourceOrders({ resourceId }: { resourceId: string }) {
  const navigate = useNavigate();
  const to = useCloudPaths();
  return <OrderTable filters={{ resourceId }} onOpen={(order) => void navigate(to.order(order))} />;
}
