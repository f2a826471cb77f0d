import { useQuery } from '@tanstack/react-query';
import { useT } from '@/app/i18n.ts';
import { useFormat } from '@/app/format.ts';
import { ProblemText } from '@/features/accounts/cloud-problem.tsx';
import { useLabels } from '@/features/accounts/labels.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Badge } from '@/ui/badge.tsx';
import { Notice } from '@/ui/form.tsx';
import { SkeletonLines } from '@/ui/skeleton.tsx';
import { ErrorState } from '@/ui/states.tsx';
import { Sheet } from '@/ui/sheet.tsx';
import { RelativeTime } from '@/ui/values.tsx';
import { runTones } from './run-tones.ts';
import { runQuery, type SyncRunDetailView } from './queries.ts';
import { SyncProgress } from './sync-progress.tsx';

/** One synchronisation with what could not be read, where and why. */
export function RunPanel({ runId, onClose }: { runId: string; onClose: () => void }) {
  const t = useT('inventory');
  const place = useWorkspacePlace();
  const { data, error, refetch } = useQuery(runQuery(place, runId));
  return (
    <Sheet open onOpenChange={onClose} title={t('run.title')} description={data?.accountName ?? ''}>
      {error !== null ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {error === null && data === undefined ? <SkeletonLines lines={6} /> : null}
      {data === undefined ? null : <Report run={data} />}
    </Sheet>
  );
}

type Scope = SyncRunDetailView['scopes'][number];

function Report({ run }: { run: SyncRunDetailView }) {
  const t = useT('inventory');
  const format = useFormat();
  const troubled = run.scopes.filter((scope) => scope.problems.length > 0);
  const counts = new Map<string, number>();
  for (const scope of run.scopes) counts.set(scope.service, (counts.get(scope.service) ?? 0) + scope.count);
  const labels = useLabels();
  return (
    <div className="flex flex-col gap-5">
      {run.status === 'running' ? (
        <SyncProgress run={run} />
      ) : (
        <div className="flex flex-wrap items-center gap-2">
          <Badge tone={runTones[run.status]} dot>
            {t(`run.status.${run.status}`)}
          </Badge>
          <RelativeTime at={run.startedAt} className="text-ink-2" />
          <span className="text-ink-2">{t(`run.trigger.${run.trigger}`)}</span>
        </div>
      )}
      {run.problem === null ? null : (
        <Notice tone="danger">
          <ProblemText problem={run.problem} />
        </Notice>
      )}
      <dl className="grid grid-cols-4 gap-4">
        {(['resources', 'appeared', 'changed', 'vanished'] as const).map((name) => (
          <div key={name}>
            <dt className="text-xs text-ink-3">{t(`run.${name}`)}</dt>
            <dd className="num text-lg font-semibold">{format.number(run[name])}</dd>
          </div>
        ))}
      </dl>
      {troubled.length === 0 ? null : (
        <section className="flex flex-col gap-2">
          <h3 className="font-semibold">{t('run.problems')}</h3>
          <p className="text-ink-2">{t('run.problemsText')}</p>
          {troubled.map((scope) => (
            <ScopeProblems key={`${scope.service} ${scope.region}`} provider={run.provider} scope={scope} />
          ))}
        </section>
      )}
      {counts.size === 0 ? null : (
        <section className="flex flex-col gap-2">
          <h3 className="font-semibold">{t('run.found')}</h3>
          <ul className="divide-y divide-line rounded-md border border-line">
            {[...counts].map(([service, count]) => (
              <li key={service} className="flex justify-between px-3 py-1.5">
                {labels.service(run.provider, service)}
                <span className="num text-ink-2">{format.number(count)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function ScopeProblems({ provider, scope }: { provider: string; scope: Scope }) {
  const labels = useLabels();
  return (
    <Notice tone="warn">
      <h4 className="font-semibold">
        {labels.service(provider, scope.service)} · {labels.region(scope.region)}
      </h4>
      <ul className="mt-1 flex flex-col gap-2">
        {scope.problems.map(({ type, problem }) => (
          <li key={`${type} ${problem.call ?? problem.message}`}>
            <p className="text-xs">{labels.type(type)}</p>
            <ProblemText problem={problem} />
          </li>
        ))}
      </ul>
    </Notice>
  );
}
