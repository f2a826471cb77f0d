import { useInfiniteQuery } from '@tanstack/react-query';
import { PiggyBank } from 'lucide-react';
import { Link } from 'react-router';
import { useT } from '@/app/i18n.ts';
import { useDenial } from '@/app/scope.tsx';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Badge } from '@/ui/badge.tsx';
import { SkeletonLines } from '@/ui/skeleton.tsx';
import { EmptyState, ErrorState, NoPermission } from '@/ui/states.tsx';
import { useSavingsPaths } from './paths.ts';
import { recommendationsQuery } from './queries.ts';
import { Saving } from './report/columns.tsx';
import { statusTones, useLocal } from './words.ts';

/** Findings of interest on one resource: what is dismissed or gone is not. */
const wanted = ['open', 'applying', 'applied', 'needs_attention']
  .map((status) => `status=${status}`)
  .join('&');

/** What could be saved on one resource; each finding opens on the savings page. */
export function ResourceFindings({ resourceId }: { resourceId: string }) {
  const t = useT('savings');
  const local = useLocal();
  const to = useSavingsPaths();
  const denial = useDenial('finops:read');
  const { data, error, refetch } = useInfiniteQuery({
    ...recommendationsQuery(useWorkspacePlace(), `resource=${resourceId}&${wanted}`),
    enabled: denial === undefined,
  });
  const findings = data?.pages.flatMap((page) => page.items);
  if (denial !== undefined) return <NoPermission need={t('title')} />;
  if (findings === undefined)
    return error === null ? (
      <SkeletonLines lines={3} />
    ) : (
      <ErrorState error={error} onRetry={() => void refetch()} />
    );
  if (findings.length === 0)
    return (
      <EmptyState
        icon={PiggyBank}
        title={t('ofResource.noneTitle')}
        action={
          <Link to={to.whyNot()} className="font-medium text-accent-text hover:underline">
            {t('empty.whyNot')}
          </Link>
        }
      >
        {t('ofResource.noneText')}
      </EmptyState>
    );
  return (
    <ul className="divide-y divide-line rounded-md border border-line">
      {findings.map((finding) => (
        <li key={finding.id} className="flex items-center gap-3 px-3 py-2">
          <Link
            to={to.recommendation(finding.id)}
            className="min-w-0 flex-1 font-medium hover:text-accent-text hover:underline"
          >
            {local(finding.title)}
          </Link>
          <Badge tone={statusTones[finding.status]}>{t(`status.${finding.status}`)}</Badge>
          <span className="w-24 text-right">
            <Saving row={finding} />
          </span>
        </li>
      ))}
    </ul>
  );
}
