import { widgetIds } from '@cloudatlas/contracts/widgets';
import { useQuery } from '@tanstack/react-query';
import { LayoutDashboard, SlidersHorizontal } from 'lucide-react';
import { Suspense, useState } from 'react';
import { useT } from '@/app/i18n.ts';
import { lazyNamed } from '@/app/lazy-named.ts';
import { useOrganization, useWorkspace } from '@/app/scope.tsx';
import { Page } from '@/app/shell/page.tsx';
import { membersQuery } from '@/features/tenancy/queries.ts';
import { Button } from '@/ui/button.tsx';
import { Card } from '@/ui/card.tsx';
import { Skeleton } from '@/ui/skeleton.tsx';
import { EmptyState } from '@/ui/states.tsx';
import { gridClasses, StillGrid } from '../grid.tsx';
import { NextSteps } from '../next-steps.tsx';
import { useLayout } from '../use-layout.ts';

const SortableGrid = lazyNamed(() => import('../sortable-grid.tsx').then((module) => module.SortableGrid));
const CustomizePanel = lazyNamed(() =>
  import('../customize-panel.tsx').then((module) => module.CustomizePanel),
);

/** Start page of a workspace: six widgets in the person's own order. */
export function Home() {
  const t = useT('home');
  const organization = useOrganization();
  const workspace = useWorkspace();
  const { layout, failed, actions } = useLayout();
  const [customizing, setCustomizing] = useState(false);
  const members = useQuery(membersQuery(organization.slug));
  // Without an answer the page is as it comes: it must work when only this question fails.
  const order = layout?.order ?? widgetIds;
  const shown = order.filter((id) => layout === undefined || !layout.hidden.includes(id));
  return (
    <Page
      title={workspace.name}
      description={t('description', {
        organization: organization.name,
        role: t(`ui:role.${workspace.role}`),
      })}
      actions={
        <Button
          onClick={() => setCustomizing(true)}
          disabledReason={failed ? t('customize.failed') : undefined}
        >
          <SlidersHorizontal /> {t('customize.action')}
        </Button>
      }
    >
      <NextSteps memberCount={members.data?.length} />
      {layout === undefined && !failed ? (
        <Waiting />
      ) : shown.length === 0 ? (
        <Card>
          <EmptyState
            icon={LayoutDashboard}
            title={t('allHidden.title')}
            action={<Button onClick={actions.reset}>{t('customize.reset')}</Button>}
          >
            {t('allHidden.text')}
          </EmptyState>
        </Card>
      ) : failed ? (
        <StillGrid order={shown} />
      ) : (
        <Suspense fallback={<StillGrid order={shown} />}>
          <SortableGrid
            order={shown}
            onMove={(moved) => actions.move([...moved, ...order.filter((id) => !moved.includes(id))])}
          />
        </Suspense>
      )}
      {customizing && layout !== undefined ? (
        <Suspense fallback={null}>
          <CustomizePanel layout={layout} actions={actions} onClose={() => setCustomizing(false)} />
        </Suspense>
      ) : null}
    </Page>
  );
}

/** As many empty cards as there mostly will be. */
function Waiting() {
  return (
    <div className={gridClasses}>
      {widgetIds.map((id) => (
        <Card key={id} className="min-h-[23rem]">
          <Skeleton className="mt-1 mb-6 w-1/3" />
          <Skeleton className="w-2/3" />
        </Card>
      ))}
    </div>
  );
}
