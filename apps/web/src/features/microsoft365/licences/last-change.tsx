import { useQueries, useQueryClient } from '@tanstack/react-query';
import { Undo2, X } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { explainError } from '@/app/problem.ts';
import { useCloudPaths } from '@/features/accounts/paths.ts';
import { useWorkspacePlace, workspaceKey } from '@/features/accounts/queries.ts';
import { isOpen } from '@/features/inventory/order-status.tsx';
import { inventoryApi, orderQuery } from '@/features/inventory/queries.ts';
import { Button, IconButton } from '@/ui/button.tsx';
import { Notice } from '@/ui/form.tsx';
import { toast } from '@/ui/toast-store.ts';
import type { LicenceChange } from './changes.ts';

/** Orders that are followed one by one; of more, the first ones speak for all. */
const followed = 20;
const lookEveryMs = 2000;

/** What was changed last, how it goes, and the way back. */
export function LastChange({ change, onDone }: { change: LicenceChange; onDone: () => void }) {
  const t = useT('microsoft365');
  const format = useFormat();
  const to = useCloudPaths();
  const place = useWorkspacePlace();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const orders = useQueries({
    queries: change.orderIds.slice(0, followed).map((id) => ({
      ...orderQuery(place, id),
      refetchInterval: (query: { state: { data?: { status: string } | undefined } }) =>
        query.state.data === undefined || ['pending', 'running'].includes(query.state.data.status)
          ? lookEveryMs
          : (false as const),
    })),
  });
  const open = orders.some(({ data }) => data === undefined || isOpen(data));
  const failed = orders.some(({ data }) => data?.status === 'failed' || data?.status === 'needs_attention');
  const [firstOrder] = change.orderIds;
  const undo = async (): Promise<void> => {
    setBusy(true);
    try {
      for (const body of change.undo) {
        const { refused } = await inventoryApi.operate(place, body);
        if (refused.length > 0) toast.error(t('licences.undoRefused', { count: refused.length }));
      }
      toast.success(t('licences.undone'));
      await client.invalidateQueries({ queryKey: workspaceKey(place, 'resources') });
      onDone();
    } catch (error) {
      toast.error(explainError(error));
    } finally {
      setBusy(false);
    }
  };
  const values = {
    licences: format.list(change.licences),
    name: change.users[0]?.name ?? '',
    count: change.users.length,
  };
  return (
    <Notice
      tone={open ? 'accent' : failed ? 'danger' : 'ok'}
      action={
        <span className="flex items-center gap-2">
          <Button
            size="sm"
            loading={busy}
            disabledReason={open ? t('licences.underWay') : undefined}
            onClick={() => void undo()}
          >
            <Undo2 /> {t('licences.undo')}
          </Button>
          <IconButton size="sm" label={t('licences.dismiss')} onClick={onDone}>
            <X />
          </IconButton>
        </span>
      }
    >
      <span role="status">
        {change.users.length === 1
          ? t(`licences.changed.${change.verb}One`, values)
          : t(`licences.changed.${change.verb}Many`, values)}{' '}
        {open ? t('licences.underWay') : failed ? t('licences.failed') : t('licences.done')}
      </span>{' '}
      <Link
        to={change.orderIds.length === 1 && firstOrder !== undefined ? to.order(firstOrder) : to.orders}
        className="underline underline-offset-3"
      >
        {t('licences.seeOrder')}
      </Link>
    </Notice>
  );
}
