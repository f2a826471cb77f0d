import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useT } from '@/app/i18n.ts';
import { useLabels } from '@/features/accounts/labels.ts';
import { useCloudPaths } from '@/features/accounts/paths.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { resourcesQuery } from '@/features/inventory/queries.ts';
import { Card } from '@/ui/card.tsx';
import { SkeletonLines } from '@/ui/skeleton.tsx';
import { Money } from '@/ui/values.tsx';

const shown = 8;

/** The resources with the highest list price. */
export function TopResources({ provider }: { provider: string }) {
  const t = useT('providers');
  const labels = useLabels();
  const to = useCloudPaths();
  const { data } = useInfiniteQuery(
    resourcesQuery(useWorkspacePlace(), `provider=${encodeURIComponent(provider)}&sort=-cost`),
  );
  const rows = data?.pages[0]?.items.filter((row) => row.monthlyEstimate !== null).slice(0, shown);
  return (
    <Card
      flush
      title={t('topResources')}
      actions={
        <Link
          to={`${to.resourcesWith([
            ['provider', provider],
            ['sort', '-cost'],
          ])}`}
          className="font-medium text-accent-text hover:underline"
        >
          {t('all')}
        </Link>
      }
    >
      {rows === undefined ? (
        <div className="p-4">
          <SkeletonLines lines={4} />
        </div>
      ) : rows.length === 0 ? (
        <p className="border-t border-line px-4 py-6 text-ink-3">{t('noPrices')}</p>
      ) : (
        <ul className="divide-y divide-line border-t border-line">
          {rows.map((row) => (
            <li key={row.id} className="flex items-center gap-3 px-4 py-2">
              <span className="min-w-0 flex-1">
                <Link to={to.resource(row.id)} className="block truncate font-medium hover:text-accent-text">
                  {row.name}
                </Link>
                <span className="block truncate text-xs text-ink-3">
                  {labels.type(row.type)} · {labels.region(row.region)}
                </span>
              </span>
              {row.monthlyEstimate === null ? null : <Money {...row.monthlyEstimate} />}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
