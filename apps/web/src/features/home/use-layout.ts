import type { DashboardLayout } from '@cloudatlas/contracts/dashboards';
import type { WidgetId } from '@cloudatlas/contracts/widgets';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { explainError } from '@/app/problem.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { toast } from '@/ui/toast-store.ts';
import { layoutQuery, resetLayout, saveLayout } from './layout-query.ts';

/** What can be done with the arrangement; shown at once, saved behind. */
export interface LayoutActions {
  move: (order: readonly WidgetId[]) => void;
  show: (id: WidgetId, shown: boolean) => void;
  reset: () => void;
}

/** The person's arrangement of the page; undefined while it is not known. */
export function useLayout(): {
  layout: DashboardLayout | undefined;
  failed: boolean;
  actions: LayoutActions;
} {
  const place = useWorkspacePlace();
  const client = useQueryClient();
  const { data: layout, error } = useQuery(layoutQuery(place));
  const { queryKey } = layoutQuery(place);
  const { mutate } = useMutation({
    // One after the other, so that the last one wins on the server too.
    mutationKey: queryKey,
    scope: { id: queryKey.join('/') },
    mutationFn: (next: DashboardLayout) =>
      next.changed ? saveLayout(place, { order: next.order, hidden: next.hidden }) : resetLayout(place),
    onMutate: (next) => client.setQueryData(queryKey, next),
    onSuccess: (saved) => {
      // A later change that waits is what the person sees.
      if (client.isMutating({ mutationKey: queryKey }) === 1) client.setQueryData(queryKey, saved);
    },
    onError: (problem) => {
      toast.error(explainError(problem));
      void client.invalidateQueries({ queryKey });
    },
  });
  const actions = useMemo<LayoutActions>(() => {
    const change = (edit: (now: DashboardLayout) => DashboardLayout): void => {
      const now = client.getQueryData<DashboardLayout>(queryKey);
      if (now !== undefined) mutate(edit(now));
    };
    return {
      move: (order) => change((now) => ({ ...now, order: [...order], changed: true })),
      show: (id, shown) =>
        change((now) => {
          const others = now.hidden.filter((each) => each !== id);
          return { ...now, hidden: shown ? others : [...others, id], changed: true };
        }),
      // Unchanged is how it comes; the server says what that is.
      reset: () => change((now) => ({ ...now, hidden: [], changed: false })),
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the key follows the place
  }, [client, mutate, place]);
  return { layout, failed: error !== null && layout === undefined, actions };
}
