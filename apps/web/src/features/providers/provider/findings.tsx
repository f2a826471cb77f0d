import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useT } from '@/app/i18n.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { useSavingsPaths } from '@/features/savings/paths.ts';
import { recommendationsQuery } from '@/features/savings/queries.ts';
import { Saving } from '@/features/savings/report/columns.tsx';
import { useLocal } from '@/features/savings/words.ts';
import { Card } from '@/ui/card.tsx';
import { SkeletonLines } from '@/ui/skeleton.tsx';

const shown = 8;

/** The largest open findings on one provider. */
export function Findings({ provider }: { provider: string }) {
  const t = useT('providers');
  const local = useLocal();
  const to = useSavingsPaths();
  const search = `provider=${encodeURIComponent(provider)}`;
  const { data } = useInfiniteQuery(
    recommendationsQuery(useWorkspacePlace(), `${search}&status=open`, shown),
  );
  const rows = data?.pages[0]?.items;
  return (
    <Card
      flush
      title={t('openFindings')}
      actions={
        <Link to={to.savingsWith(search)} className="font-medium text-accent-text hover:underline">
          {t('all')}
        </Link>
      }
    >
      {rows === undefined ? (
        <div className="p-4">
          <SkeletonLines lines={4} />
        </div>
      ) : rows.length === 0 ? (
        <p className="border-t border-line px-4 py-6 text-ink-3">{t('noFindings')}</p>
      ) : (
        <ul className="divide-y divide-line border-t border-line">
          {rows.map((row) => (
            <li key={row.id} className="flex items-center gap-3 px-4 py-2">
              <span className="min-w-0 flex-1">
                <Link
                  to={to.recommendation(row.id)}
                  className="block truncate font-medium hover:text-accent-text"
                >
                  {local(row.title)}
                </Link>
                <span className="block truncate text-xs text-ink-3">{row.resource.name}</span>
              </span>
              <Saving row={row} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
