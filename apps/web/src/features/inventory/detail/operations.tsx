import { Suspense, useState } from 'react';
import { useT } from '@/app/i18n.ts';
import { lazyNamed } from '@/app/lazy-named.ts';
import { useDenial } from '@/app/scope.tsx';
import { useLabels } from '@/features/accounts/labels.ts';
import { useCloudPaths } from '@/features/accounts/paths.ts';
import { useSchedulePaths } from '@/features/schedules/paths.ts';
import { CalendarClock } from 'lucide-react';
import { Link } from 'react-router';
import { Button } from '@/ui/button.tsx';
import { useOperationWords } from '../operation-words.ts';
import type { AvailableOperationView, ResourceDetailView } from '../queries.ts';
import { StateBadge } from '../state-badge.tsx';

const OperationDialog = lazyNamed(() =>
  import('../operation-dialog.tsx').then((module) => module.OperationDialog),
);

/** What can be started and stopped can be by the clock. */
const byTheClock = ['start', 'stop'];
/** Tags have an editor of their own. */
const elsewhere = new Set(['tag', 'untag']);

/** State and what can be done now; what cannot says why. */
export function Operations({ resource }: { resource: ResourceDetailView }) {
  const t = useT('inventory');
  const labels = useLabels();
  const words = useOperationWords();
  const to = useCloudPaths();
  const [asking, setAsking] = useState<AvailableOperationView>();
  const schedules = useSchedulePaths();
  const scheduleDenial = useDenial('schedules:write');
  const schedulable =
    resource.vanishedAt === null &&
    byTheClock.every((id) => resource.operations.some((operation) => operation.id === id));
  const shown = resource.operations.filter((operation) => !elsewhere.has(operation.id));
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2" role="status">
        <StateBadge resource={resource} />
        {resource.pendingOrder === null ? null : (
          <Link
            to={to.order(resource.pendingOrder.id)}
            className="text-xs text-accent-text underline-offset-3 hover:underline"
          >
            {t('detail.pending', {
              operation: labels.operation(resource.pendingOrder.operation, resource.type),
            })}
          </Link>
        )}
      </div>
      {shown.length === 0 ? null : (
        <div className="flex flex-wrap gap-2">
          {shown.map((operation) => (
            <Button
              key={operation.id}
              size="sm"
              className={operation.confirm === 'typed' ? 'text-danger-text' : undefined}
              disabledReason={words.blocked(operation.blockedBy)}
              onClick={() => setAsking(operation)}
            >
              {labels.operation(operation.id, resource.type, operation.label)}
            </Button>
          ))}
          {!schedulable ? null : scheduleDenial === undefined ? (
            <Button asChild size="sm">
              <Link to={schedules.newFor(resource.id)}>
                <CalendarClock /> {t('detail.schedule')}
              </Link>
            </Button>
          ) : (
            <Button size="sm" disabledReason={scheduleDenial}>
              <CalendarClock /> {t('detail.schedule')}
            </Button>
          )}
        </div>
      )}
      {asking === undefined ? null : (
        <Suspense fallback={null}>
          <OperationDialog
            operation={asking}
            resources={[resource]}
            onClose={() => setAsking(undefined)}
            onOrdered={() => undefined}
          />
        </Suspense>
      )}
    </div>
  );
}
