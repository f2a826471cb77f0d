import { useQuery } from '@tanstack/react-query';
import type { Order } from '@cloudatlas/contracts/inventory';
import { Link } from 'react-router';
import { useT } from '@/app/i18n.ts';
import { ProblemText } from '@/features/accounts/cloud-problem.tsx';
import { useFormWords, useLabels } from '@/features/accounts/labels.ts';
import { useCloudPaths } from '@/features/accounts/paths.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Badge } from '@/ui/badge.tsx';
import { Notice } from '@/ui/form.tsx';
import { SkeletonLines } from '@/ui/skeleton.tsx';
import { ErrorState } from '@/ui/states.tsx';
import { DateTime } from '@/ui/values.tsx';
import { isOpen, OrderStatus } from './order-status.tsx';
import { useOrderName } from './order-name.ts';
import { orderQuery } from './queries.ts';

/** How often an open order is asked for when no event came. */
const lookEveryMs = 3000;

/** One order: what was asked for, how it goes, what came of it. */
export function OrderView({ orderId }: { orderId: string }) {
  const place = useWorkspacePlace();
  const { data, error, refetch } = useQuery({
    ...orderQuery(place, orderId),
    refetchInterval: (query) =>
      query.state.data === undefined || isOpen(query.state.data) ? lookEveryMs : false,
  });
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return data === undefined ? <SkeletonLines lines={5} /> : <Loaded order={data} />;
}

function Loaded({ order }: { order: Order }) {
  const t = useT('inventory');
  const labels = useLabels();
  const to = useCloudPaths();
  const nameOf = useOrderName();
  const dryRun = order.input['dryRun'] === true;
  const rows = [
    [t('order.what'), nameOf(order)],
    [t('order.on'), order.resourceName],
    [t('column.type'), labels.type(order.type)],
    [t('column.region'), labels.region(order.region)],
    [t('column.account'), order.accountName],
    [t('order.by'), order.requestedBy],
    [t('order.at'), <DateTime key="at" at={order.createdAt} />],
    ...(order.finishedAt === null
      ? []
      : [[t('order.finished'), <DateTime key="end" at={order.finishedAt} />] as const]),
  ] as const;
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-2" role="status">
        <OrderStatus order={order} />
        {dryRun ? <Badge>{t('order.dryRun')}</Badge> : null}
        {dryRun && order.status === 'done' ? <span>{t('order.allowed')}</span> : null}
      </div>
      <Outcome order={order} />
      <dl className="grid grid-cols-[8rem_minmax(0,1fr)] gap-x-4 gap-y-2">
        {rows.map(([term, value]) => (
          <div key={term} className="contents">
            <dt className="text-ink-3">{term}</dt>
            <dd className="min-w-0 break-words">{value}</dd>
          </div>
        ))}
      </dl>
      {order.resourceId === null ? null : (
        <Link
          className="font-medium text-accent-text underline-offset-3 hover:underline"
          to={to.resource(order.resourceId)}
        >
          {t('order.seeResource')}
        </Link>
      )}
      <Input order={order} />
    </div>
  );
}

function Outcome({ order }: { order: Order }) {
  const t = useT('inventory');
  if (order.status === 'needs_attention') {
    return (
      <Notice tone="warn">
        <p className="font-medium">{t('order.attentionTitle')}</p>
        <p>{t('order.attentionText')}</p>
        {order.message === null ? null : <p className="mt-1">{order.message}</p>}
      </Notice>
    );
  }
  if (order.problem !== null) {
    return (
      <Notice tone={order.status === 'failed' ? 'danger' : 'warn'}>
        <ProblemText problem={order.problem} />
      </Notice>
    );
  }
  return order.message === null ? null : <Notice>{order.message}</Notice>;
}

/** What was asked for; secrets came masked. */
function Input({ order }: { order: Order }) {
  const t = useT('inventory');
  const words = useFormWords(order.operation);
  const entries = Object.entries(order.input).filter(
    ([name, value]) =>
      name !== 'dryRun' && value !== null && (typeof value !== 'object' || Object.keys(value).length > 0),
  );
  if (entries.length === 0) return null;
  return (
    <section className="flex flex-col gap-2">
      <h3 className="font-semibold">{t('order.input')}</h3>
      <dl className="grid grid-cols-[10rem_minmax(0,1fr)] gap-x-4 gap-y-1.5">
        {entries.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="truncate text-ink-3">{words.label({ name, label: name })}</dt>
            <dd className="min-w-0 font-mono text-xs break-words">
              {typeof value === 'object' ? JSON.stringify(value) : String(value)}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
