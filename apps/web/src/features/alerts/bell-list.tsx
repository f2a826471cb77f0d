import type { CostAlert } from '@cloudatlas/contracts/cost-control';
import { useQueryClient } from '@tanstack/react-query';
import { CheckCheck } from 'lucide-react';
import { Link } from 'react-router';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { paths } from '@/app/paths.ts';
import { explainError } from '@/app/problem.ts';
import type { WorkspacePlace } from '@/features/accounts/queries.ts';
import { controlApi } from '@/features/costs/control-queries.ts';
import { costsKey } from '@/features/costs/queries.ts';
import { cn } from '@/ui/cn.ts';
import { MenuItem, MenuLabel, MenuSeparator } from '@/ui/menu.tsx';
import { toast } from '@/ui/toast-store.ts';
import { useAlertWords } from './sentence.ts';

interface BellListProps {
  place: WorkspacePlace;
  unread: number;
  latest: readonly CostAlert[];
}

/** The last alerts, and the way to all of them. */
export function BellList({ place, unread, latest }: BellListProps) {
  const t = useT('alerts');
  const format = useFormat();
  const words = useAlertWords();
  const client = useQueryClient();
  const all = paths.workspace(place.org, place.workspace, 'alerts');
  const readAll = (): void => {
    controlApi.markRead(place, { all: true }).then(
      () => client.invalidateQueries({ queryKey: costsKey(place, 'alerts') }),
      (error: unknown) => toast.error(explainError(error)),
    );
  };
  return (
    <>
      <MenuLabel>{t('bell.latest')}</MenuLabel>
      {latest.length === 0 ? <p className="px-2 py-4 text-center text-ink-2">{t('bell.none')}</p> : null}
      {latest.map((alert) => (
        <MenuItem key={alert.id} asChild>
          <Link to={`${all}?alert=${alert.id}`}>
            <span className="min-w-0 flex-1">
              <span className={cn('block truncate', !alert.read && 'font-semibold')}>
                {words.title(alert)}
              </span>
              <span className="block text-xs text-ink-2">{words.text(alert)}</span>
              <span className="num block text-xs text-ink-3">{format.relative(alert.createdAt)}</span>
            </span>
          </Link>
        </MenuItem>
      ))}
      <MenuSeparator />
      {unread === 0 ? null : (
        <MenuItem onSelect={readAll}>
          <CheckCheck /> {t('readAll')}
        </MenuItem>
      )}
      <MenuItem asChild>
        <Link to={all}>{t('bell.all')}</Link>
      </MenuItem>
    </>
  );
}
