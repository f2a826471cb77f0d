import type { RecommendationDetail } from '@cloudatlas/contracts/finops';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { ChevronRight, RotateCcw, SearchX } from 'lucide-react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { isApiError } from '@/app/api.ts';
import { useT } from '@/app/i18n.ts';
import { useLabels } from '@/features/accounts/labels.ts';
import { useCloudPaths } from '@/features/accounts/paths.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Badge } from '@/ui/badge.tsx';
import { Sheet } from '@/ui/sheet.tsx';
import { SkeletonLines } from '@/ui/skeleton.tsx';
import { EmptyState, ErrorState } from '@/ui/states.tsx';
import { RelativeTime } from '@/ui/values.tsx';
import { ActionReport } from '../act/action-report.tsx';
import { Plan } from '../act/plan.tsx';
import { EvidenceList } from '../detail/evidence.tsx';
import { SavingMoney } from '../detail/money.tsx';
import { SpecTable } from '../detail/spec.tsx';
import { FindingActions } from '../act/finding-actions.tsx';
import { useSavingsPaths } from '../paths.ts';
import { actionsQuery, lookEveryMs, planQuery, recommendationQuery } from '../queries.ts';
import { Saving } from '../report/columns.tsx';
import { actionTones, confidenceTones, priorityTones, statusTones, undoTones, useLocal } from '../words.ts';

/** The proof of one finding, and what to do about it, beside the list it was opened from. */
export function Recommendation() {
  const t = useT('savings');
  const local = useLocal();
  const labels = useLabels();
  const to = useSavingsPaths();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const { recommendationId = '' } = useParams();
  const { data, error, refetch } = useQuery({
    ...recommendationQuery(useWorkspacePlace(), recommendationId),
    refetchInterval: ({ state }) => (state.data?.status === 'applying' ? lookEveryMs : false),
  });
  const close = (): void => void navigate(to.savingsWith(params.toString()), { preventScrollReset: true });
  return (
    <Sheet
      open
      onOpenChange={close}
      title={data === undefined ? t('detail.title') : local(data.title)}
      {...(data === undefined
        ? {}
        : {
            description: `${data.resource.name} · ${labels.type(data.resource.type)} · ${labels.region(data.region)}`,
          })}
    >
      {data !== undefined ? (
        <Loaded key={data.id} finding={data} />
      ) : error === null ? (
        <SkeletonLines lines={10} />
      ) : isApiError(error, 'not_found') ? (
        <EmptyState icon={SearchX} title={t('detail.goneTitle')}>
          {t('detail.goneText')}
        </EmptyState>
      ) : (
        <ErrorState error={error} onRetry={() => void refetch()} />
      )}
    </Sheet>
  );
}

function Loaded({ finding }: { finding: RecommendationDetail }) {
  const t = useT('savings');
  const local = useLocal();
  const to = useCloudPaths();
  return (
    <div className="flex flex-col gap-6">
      <section className="flex flex-col gap-3">
        <div className="flex items-end justify-between gap-4">
          <dl>
            <dt className="text-xs text-ink-3">{t('detail.saving')}</dt>
            <dd className="mt-0.5 text-2xl font-semibold tracking-tight">
              <Saving row={finding} />
            </dd>
          </dl>
          <Badge tone={statusTones[finding.status]} dot>
            {t(`status.${finding.status}`)}
          </Badge>
        </div>
        <ul aria-label={t('detail.traits')} className="flex flex-wrap gap-1.5">
          <li>
            <Badge tone={priorityTones[finding.priority]}>
              {t('detail.priority', { value: t(`priority.${finding.priority}`) })}
            </Badge>
          </li>
          <li>
            <Badge tone={confidenceTones[finding.confidence]}>
              {t('detail.confidence', { value: t(`grade.${finding.confidence}`) })}
            </Badge>
          </li>
          <li>
            <Badge>{t('detail.effort', { value: t(`effort.${finding.effort}`) })}</Badge>
          </li>
          <li>
            {finding.action === null ? (
              <Badge>{t('advice')}</Badge>
            ) : (
              <Badge tone={undoTones[finding.undoClass]}>{t(`undo.${finding.undoClass}`)}</Badge>
            )}
          </li>
          {finding.restart ? (
            <li>
              <Badge tone="warn">
                <RotateCcw aria-hidden className="size-3" /> {t('restart')}
              </Badge>
            </li>
          ) : null}
        </ul>
        <p>{local(finding.why)}</p>
        <p className="text-ink-2">{local(finding.remedy)}</p>
        <FindingActions finding={finding} />
      </section>
      {finding.actionId === null ? null : (
        <section className="flex flex-col gap-2">
          <h3 className="font-semibold">{t('detail.action')}</h3>
          <ActionReport actionId={finding.actionId} />
        </section>
      )}
      <EvidenceList evidence={finding.evidence} />
      <SpecTable current={finding.current} recommended={finding.recommended} />
      <SavingMoney finding={finding} />
      {finding.action === null ? null : <PlanSection finding={finding} />}
      <Timeline finding={finding} />
      <Related finding={finding} />
      <p className="text-xs text-ink-3">
        {t('detail.firstSeen')} <RelativeTime at={finding.firstSeenAt} /> · {t('detail.lastSeen')}{' '}
        <RelativeTime at={finding.lastSeenAt} /> ·{' '}
        <Link
          to={to.resource(finding.resource.id)}
          className="font-medium text-accent-text underline-offset-3 hover:underline"
        >
          {t('detail.seeResource')}
        </Link>
      </p>
    </div>
  );
}

/** The calls of applying, fetched when somebody wants to see them. */
function PlanSection({ finding }: { finding: RecommendationDetail }) {
  const t = useT('savings');
  const place = useWorkspacePlace();
  const [params, setParams] = useSearchParams();
  const open = params.get('view') === 'plan';
  const { data, error, refetch } = useQuery({ ...planQuery(place, finding.id), enabled: open });
  const toggle = (): void =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        if (open) next.delete('view');
        else next.set('view', 'plan');
        return next;
      },
      { replace: true, preventScrollReset: true },
    );
  return (
    <section className="flex flex-col gap-3">
      <h3>
        <button
          type="button"
          aria-expanded={open}
          onClick={toggle}
          className="flex items-center gap-1.5 rounded-sm font-semibold hover:text-accent-text"
        >
          <ChevronRight aria-hidden className={`size-4 transition-transform ${open ? 'rotate-90' : ''}`} />
          {t('plan.title')}
        </button>
      </h3>
      {!open ? null : data !== undefined ? (
        <Plan plan={data} />
      ) : error === null ? (
        <SkeletonLines lines={5} />
      ) : (
        <ErrorState error={error} onRetry={() => void refetch()} />
      )}
    </section>
  );
}

/** What was done about it before. */
function Timeline({ finding }: { finding: RecommendationDetail }) {
  const t = useT('savings');
  const to = useSavingsPaths();
  const { data } = useInfiniteQuery(actionsQuery(useWorkspacePlace(), { recommendation: finding.id }));
  const earlier = data?.pages.flatMap((page) => page.items).filter(({ id }) => id !== finding.actionId) ?? [];
  if (earlier.length === 0) return null;
  return (
    <section className="flex flex-col gap-2">
      <h3 className="font-semibold">{t('detail.timeline')}</h3>
      <ul className="divide-y divide-line rounded-md border border-line">
        {earlier.map((action) => (
          <li key={action.id} className="flex items-center gap-3 px-3 py-2">
            <Badge tone={actionTones[action.status]} dot>
              {t(`actionStatus.${action.status}`)}
            </Badge>
            <Link to={to.action(action.id)} className="min-w-0 flex-1 truncate hover:text-accent-text">
              {t(`trigger.${action.trigger}`, { name: action.requestedBy.name })}
            </Link>
            <RelativeTime at={action.createdAt} className="text-xs text-ink-3" />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Related({ finding }: { finding: RecommendationDetail }) {
  const t = useT('savings');
  const local = useLocal();
  const to = useSavingsPaths();
  if (finding.related.length === 0) return null;
  return (
    <section className="flex flex-col gap-2">
      <h3 className="font-semibold">{t('detail.related')}</h3>
      <ul className="divide-y divide-line rounded-md border border-line">
        {finding.related.map((other) => (
          <li key={other.id} className="flex items-center gap-3 px-3 py-2">
            <Link to={to.recommendation(other.id)} className="min-w-0 flex-1 truncate hover:text-accent-text">
              {local(other.title)}
            </Link>
            <Badge tone={statusTones[other.status]}>{t(`status.${other.status}`)}</Badge>
          </li>
        ))}
      </ul>
    </section>
  );
}
