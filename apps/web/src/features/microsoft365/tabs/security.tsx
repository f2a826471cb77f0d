import { useQuery } from '@tanstack/react-query';
import { ShieldCheck } from 'lucide-react';
import { useMemo } from 'react';
import { Link } from 'react-router';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { LineChart } from '@/charts/charts.tsx';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { useDays } from '@/features/costs/days.ts';
import { Card, Stat } from '@/ui/card.tsx';
import { SkeletonLines } from '@/ui/skeleton.tsx';
import { EmptyState, ErrorState } from '@/ui/states.tsx';
import { conditions } from '../conditions.ts';
import { Controls } from '../controls.tsx';
import { scoreHistory, type ScoreDay } from '../facts.ts';
import { useMicrosoft365Paths } from '../paths.ts';
import { allRowsQuery, countQuery, types } from '../queries.ts';
import { useTenants } from '../tenant.tsx';

/** Secure score with its history, who has a second factor, and the settings that leave risk. */
export function SecurityTab() {
  const t = useT('microsoft365');
  const { tenant } = useTenants();
  const place = useWorkspacePlace();
  const scores = useQuery(
    allRowsQuery(place, {
      type: [types.score],
      attribute: ['currentScore', 'maxScore', 'history'],
      account: tenant,
    }),
  );
  if (scores.error !== null && scores.data === undefined)
    return <ErrorState error={scores.error} onRetry={() => void scores.refetch()} />;
  if (scores.data === undefined)
    return (
      <Card>
        <SkeletonLines lines={6} />
      </Card>
    );
  return (
    <>
      {scores.data.length === 0 ? (
        <Card>
          <EmptyState icon={ShieldCheck} title={t('security.emptyTitle')}>
            {t('security.emptyText')}
          </EmptyState>
        </Card>
      ) : (
        <div className="grid min-w-0 items-start gap-5 lg:grid-cols-[minmax(0,1.6fr)_minmax(0,1fr)]">
          <div className="flex min-w-0 flex-col gap-5">
            {scores.data.map((score) => (
              <Score key={score.id} score={score} named={scores.data.length > 1} />
            ))}
          </div>
          <Registration account={tenant} />
        </div>
      )}
      <Controls />
    </>
  );
}

/** Share of all points that is reached. */
const share = ({ score, max }: ScoreDay): number => (max === 0 ? 0 : score / max);

function Score({
  score,
  named,
}: {
  score: Parameters<typeof scoreHistory>[0] & { accountName: string };
  named: boolean;
}) {
  const t = useT('microsoft365');
  const format = useFormat();
  const days = useDays();
  const history = useMemo(() => scoreHistory(score), [score]);
  const now = history.at(-1);
  const before = history.at(-31) ?? history[0];
  const data = useMemo(
    () => ({
      series: [{ id: 'score', label: t('security.score') }],
      points: history.map((day) => ({ key: day.day, values: { score: share(day) * 100 } })),
      formatKey: (key: string) => days.short(key),
      formatValue: (value: number) => format.percent(value / 100),
    }),
    [history, t, days, format],
  );
  const change = now === undefined || before === undefined ? 0 : share(now) - share(before);
  return (
    <LineChart
      title={named ? t('security.scoreOf', { account: score.accountName }) : t('security.score')}
      keyLabel={t('security.day')}
      headline={
        now === undefined ? undefined : (
          <>
            {format.percent(share(now))}{' '}
            <span className="text-sm font-normal text-ink-2">
              {t('security.points', { score: format.number(now.score), max: format.number(now.max) })}
              {change === 0
                ? ''
                : ` · ${t('security.change', {
                    change: `${change > 0 ? '+' : '−'}${format.percent(Math.abs(change))}`,
                  })}`}
            </span>
          </>
        )
      }
      data={data}
      height={180}
    />
  );
}

/** Users with and without a second factor; without the consent to see it, that is said. */
function Registration({ account }: { account: string | undefined }) {
  const t = useT('microsoft365');
  const format = useFormat();
  const to = useMicrosoft365Paths();
  const place = useWorkspacePlace();
  const of = (...where: string[]) => ({ type: [types.user], where: [conditions.enabled, ...where], account });
  const { data: yes } = useQuery(countQuery(place, of(conditions.mfa(true))));
  const { data: no } = useQuery(countQuery(place, of(conditions.mfa(false))));
  const { data: admins } = useQuery(countQuery(place, of(conditions.mfa(false), conditions.admins)));
  const all = (yes ?? 0) + (no ?? 0);
  return (
    <Card title={t('security.mfa')} description={t('security.mfaText')}>
      {yes === undefined || no === undefined ? (
        <SkeletonLines lines={3} />
      ) : all === 0 ? (
        <p className="text-ink-3">{t('security.mfaUnknown')}</p>
      ) : (
        <>
          <dl className="grid grid-cols-2 gap-4">
            <Stat
              label={t('security.registered')}
              value={format.percent(yes / all)}
              hint={t('security.ofUsers', { yes: format.number(yes), all: format.number(all) })}
            />
            <Stat
              label={t('security.withoutMfa')}
              value={
                <Link to={to.usersWith('mfa=no')} className="hover:text-accent-text">
                  {format.number(no)}
                </Link>
              }
              hint={
                admins === undefined || admins === 0 ? undefined : (
                  <Link
                    to={to.usersWith('mfa=no&admins=yes')}
                    className="font-medium text-danger-text hover:underline"
                  >
                    {t('security.admins', { count: admins, formatted: format.number(admins) })}
                  </Link>
                )
              }
            />
          </dl>
          <span aria-hidden className="mt-4 block h-2 overflow-hidden rounded-full bg-danger-soft">
            <span className="block h-full rounded-full bg-ok" style={{ width: `${(yes / all) * 100}%` }} />
          </span>
        </>
      )}
    </Card>
  );
}
