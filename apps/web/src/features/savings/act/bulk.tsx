import type { RecommendationRow } from '@cloudatlas/contracts/finops';
import { Suspense, useState } from 'react';
import { useT } from '@/app/i18n.ts';
import { lazyNamed } from '@/app/lazy-named.ts';
import { Button } from '@/ui/button.tsx';
import { useApplyDenial } from '../use-may-apply.ts';

const BulkDialog = lazyNamed(() => import('./bulk-dialog.tsx').then((module) => module.BulkDialog));

/** Most findings one order takes. */
const maxSelected = 200;

/** What can be done with all chosen findings. */
export function BulkActions({
  selected,
  onDone,
}: {
  selected: readonly RecommendationRow[];
  onDone: () => void;
}) {
  const t = useT('savings');
  const denial = useApplyDenial();
  const [open, setOpen] = useState(false);
  const applicable = selected.filter((row) => row.action !== null && row.status === 'open');
  const reason =
    selected.length > maxSelected
      ? t('bulk.tooMany', { max: maxSelected })
      : applicable.length === 0
        ? t('bulk.nothing')
        : undefined;
  return (
    <>
      <Button size="sm" variant="primary" disabledReason={denial ?? reason} onClick={() => setOpen(true)}>
        {t('bulk.action')}
      </Button>
      {open ? (
        <Suspense fallback={null}>
          <BulkDialog
            recommendationIds={selected.map(({ id }) => id)}
            onClose={() => setOpen(false)}
            onDone={onDone}
          />
        </Suspense>
      ) : null}
    </>
  );
}
