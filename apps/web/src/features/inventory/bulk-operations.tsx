import type { ResourceRow } from '@cloudatlas/contracts/inventory';
import { useQueries } from '@tanstack/react-query';
import { Suspense, useState } from 'react';
import { useT } from '@/app/i18n.ts';
import { lazyNamed } from '@/app/lazy-named.ts';
import { useLabels } from '@/features/accounts/labels.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Button } from '@/ui/button.tsx';
import { useOperationWords } from './operation-words.ts';
import { resourceQuery, type AvailableOperationView } from './queries.ts';

const OperationDialog = lazyNamed(() =>
  import('./operation-dialog.tsx').then((module) => module.OperationDialog),
);

/** Reasons that hold for one resource and not for its type: the server judges each of those itself. */
const ownReasons = new Set(['state', 'pending']);
/** Most resources one order form takes. */
const maxSelected = 200;

/** What can be done with all chosen resources: the operations their types have in common. */
export function BulkOperations({
  selected,
  onDone,
}: {
  selected: readonly ResourceRow[];
  onDone: () => void;
}) {
  const t = useT('inventory');
  const labels = useLabels();
  const words = useOperationWords();
  const place = useWorkspacePlace();
  const [asking, setAsking] = useState<AvailableOperationView>();
  // One resource of each type tells what its type can do.
  const samples = [...new Map(selected.map((row) => [row.type, row])).values()].slice(0, 8);
  const details = useQueries({ queries: samples.map((row) => resourceQuery(place, row.id)) });
  const lists = details.map((detail) => detail.data?.operations);
  const common =
    lists.length === 0 || lists.includes(undefined)
      ? undefined
      : lists[0]?.filter((operation) => lists.every((list) => list?.some(({ id }) => id === operation.id)));
  const type = samples[0]?.type ?? '';
  if (common?.length === 0) return <span className="text-xs text-ink-2">{t('bulk.nothing')}</span>;
  return (
    <>
      {common?.map((operation) => {
        const own = operation.blockedBy !== null && ownReasons.has(operation.blockedBy);
        return (
          <Button
            key={operation.id}
            size="sm"
            disabledReason={
              selected.length > maxSelected
                ? t('bulk.tooMany', { max: maxSelected })
                : words.blocked(own ? null : operation.blockedBy)
            }
            onClick={() => setAsking(operation)}
          >
            {labels.operation(operation.id, type, operation.label)}
          </Button>
        );
      })}
      {asking === undefined ? null : (
        <Suspense fallback={null}>
          <OperationDialog
            operation={asking}
            resources={selected}
            onClose={() => setAsking(undefined)}
            onOrdered={onDone}
          />
        </Suspense>
      )}
    </>
  );
}
