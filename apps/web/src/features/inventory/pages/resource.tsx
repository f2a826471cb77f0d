import { Suspense, type ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useLocation, useNavigate, useParams } from 'react-router';
import { useT } from '@/app/i18n.ts';
import { lazyNamed } from '@/app/lazy-named.ts';
import { isApiError } from '@/app/api.ts';
import { useFilters } from '@/app/search-params.ts';
import { useLabels } from '@/features/accounts/labels.ts';
import { useCloudPaths } from '@/features/accounts/paths.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { SkeletonLines } from '@/ui/skeleton.tsx';
import { EmptyState, ErrorState } from '@/ui/states.tsx';
import { Sheet } from '@/ui/sheet.tsx';
import { Tabs } from '@/ui/tabs.tsx';
import { SearchX } from 'lucide-react';
import { resourceQuery, type ResourceDetailView } from '../queries.ts';

const Attributes = lazyNamed(() => import('../detail/attributes.tsx').then((module) => module.Attributes));
const Facts = lazyNamed(() => import('../detail/facts.tsx').then((module) => module.Facts));
const History = lazyNamed(() => import('../detail/history.tsx').then((module) => module.History));
const Metrics = lazyNamed(() => import('../detail/metrics.tsx').then((module) => module.Metrics));
const Operations = lazyNamed(() => import('../detail/operations.tsx').then((module) => module.Operations));
const Relations = lazyNamed(() => import('../detail/relations.tsx').then((module) => module.Relations));
const ResourceFindings = lazyNamed(() =>
  import('@/features/savings/resource-findings.tsx').then((module) => module.ResourceFindings),
);
const ResourceCost = lazyNamed(() =>
  import('@/features/costs/resource-cost.tsx').then((module) => module.ResourceCost),
);
const ResourceOrders = lazyNamed(() =>
  import('../detail/resource-orders.tsx').then((module) => module.ResourceOrders),
);

/** The detail of one resource, beside the list it was opened from. */
export function Resource() {
  const t = useT('inventory');
  const { resourceId = '' } = useParams();
  const { search } = useLocation();
  const navigate = useNavigate();
  const to = useCloudPaths();
  const place = useWorkspacePlace();
  const labels = useLabels();
  const { data, error, refetch } = useQuery(resourceQuery(place, resourceId));
  const close = (): void => {
    const params = new URLSearchParams(search);
    params.delete('view');
    const rest = params.toString();
    void navigate(`${to.resources}${rest === '' ? '' : `?${rest}`}`, { preventScrollReset: true });
  };
  return (
    <Sheet
      open
      onOpenChange={close}
      title={data?.name ?? t('detail.title')}
      {...(data === undefined
        ? {}
        : { description: `${labels.type(data.type)} · ${labels.region(data.region)}` })}
    >
      {error === null ? null : isApiError(error, 'not_found') ? (
        <EmptyState icon={SearchX} title={t('detail.goneTitle')}>
          {t('detail.goneText')}
        </EmptyState>
      ) : (
        <ErrorState error={error} onRetry={() => void refetch()} />
      )}
      {data === undefined && error === null ? <SkeletonLines lines={10} /> : null}
      {data === undefined || error !== null ? null : <Loaded key={data.id} resource={data} />}
    </Sheet>
  );
}

function Loaded({ resource }: { resource: ResourceDetailView }) {
  const t = useT('inventory');
  const [filters, setFilters] = useFilters(['view']);
  const views = [
    { value: 'facts', label: t('detail.facts'), content: <Facts resource={resource} /> },
    ...(resource.metrics.length === 0
      ? []
      : [{ value: 'metrics', label: t('detail.metrics'), content: <Metrics resource={resource} /> }]),
    { value: 'cost', label: t('detail.cost'), content: <ResourceCost resource={resource} /> },
    {
      value: 'relations',
      label: t('detail.relations'),
      content: <Relations relations={resource.relations} />,
    },
    { value: 'history', label: t('detail.history'), content: <History resourceId={resource.id} /> },
    {
      value: 'savings',
      label: t('detail.savings'),
      content: <ResourceFindings resourceId={resource.id} />,
    },
    {
      value: 'attributes',
      label: t('detail.attributes'),
      content: <Attributes value={resource.attributes} />,
    },
    { value: 'orders', label: t('detail.orders'), content: <ResourceOrders resourceId={resource.id} /> },
  ];
  const value = views.some((view) => view.value === filters.view) ? (filters.view ?? '') : 'facts';
  return (
    <div className="flex flex-col gap-5">
      <Suspense fallback={<SkeletonLines lines={2} />}>
        <Operations resource={resource} />
      </Suspense>
      <Tabs
        label={t('detail.title')}
        value={value}
        onChange={(view) => setFilters({ view: view === 'facts' ? null : view })}
        tabs={views.map((view) => ({ ...view, content: loading(view.content) }))}
      />
    </div>
  );
}

/** Each view is fetched when it is looked at. */
function loading(content: ReactNode): ReactNode {
  return <Suspense fallback={<SkeletonLines lines={6} />}>{content}</Suspense>;
}
