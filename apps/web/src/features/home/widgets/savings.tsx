import type { SavingsSummary } from '@cloudatlas/contracts/finops';
import { useQuery } from '@tanstack/react-query';
import { PiggyBank } from 'lucide-react';
import { Link } from 'react-router';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { useDenial } from '@/app/scope.tsx';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { useSavingsPaths } from '@/features/savings/paths.ts';
import { summaryQuery } from '@/features/savings/queries.ts';
import { priorityTones, useLocal } from '@/features/savings/words.ts';
import { Badge } from '@/ui/badge.tsx';
import { Button } from '@/ui/button.tsx';
import { RelativeTime } from '@/ui/values.tsx';
import { Quiet, Widget } from '../widget.tsx';

/** Rules named in the widget. */
const rulesShown = 4;

/** What could be saved, what already is, and where most of it lies. */
export function SavingsWidget() {
  const t = useT('home');
  const to = useSavingsPaths();
  const denial = useDenial('finops:read');
  const query = useQuery({ ...summaryQuery(useWorkspacePlace()), enabled: denial === undefined });
  return (
    <Widget title={t('widget.savings')} to={to.savings} denial={denial} query={query}>
      {(summary) => (summary.lastScanAt === null ? <NoScan /> : <Loaded summary={summary} />)}
    </Widget>
  );
}

function NoScan() {
  const t = useT('home');
  const to = useSavingsPaths();
  return (
    <Quiet>
      <PiggyBank aria-hidden className="size-6 text-ink-3" />
      <p>{t('savings.none')}</p>
      <Button asChild size="sm">
        <Link to={to.savings}>{t('savings.scan')}</Link>
      </Button>
    </Quiet>
  );
}

function Loaded({ summary }: { summary: SavingsSummary }) {
  const t = useT('home');
  const format = useFormat();
  const local = useLocal();
  const to = useSavingsPaths();
  const { currency } = summary;
  const money = (amount: string): string => format.money(amount, currency);
  return (
    <div className="flex flex-col gap-4">
      <div>
        <dl>
          <dt className="text-xs text-ink-3">{t('savings.potential')}</dt>
          <dd className="num mt-1 text-2xl font-semibold tracking-tight">
            {money(summary.potentialMonthly)}
          </dd>
        </dl>
        <ul className="mt-2 flex flex-wrap gap-1.5">
          {summary.byPriority
            .filter(({ count }) => count > 0)
            .map(({ priority, count }) => (
              <li key={priority}>
                <Link to={to.savingsWith(`priority=${priority}`)}>
                  <Badge tone={priorityTones[priority]} dot>
                    {t(`savings.priority.${priority}`, { count, formatted: format.number(count) })}
                  </Badge>
                </Link>
              </li>
            ))}
        </ul>
      </div>
      <ul className="flex flex-col gap-1.5">
        {summary.byRule.slice(0, rulesShown).map((rule) => (
          <li key={rule.ruleId}>
            <Link
              to={to.savingsWith(`rule=${encodeURIComponent(rule.ruleId)}`)}
              className="flex justify-between gap-4 rounded-sm hover:text-accent-text"
            >
              <span className="min-w-0 truncate">
                {local(rule.title)} <span className="num text-ink-3">× {format.number(rule.count)}</span>
              </span>
              <span className="num shrink-0 font-medium">{money(rule.monthly)}</span>
            </Link>
          </li>
        ))}
      </ul>
      <dl className="grid grid-cols-2 gap-4 border-t border-line pt-3">
        <div>
          <dt className="text-xs text-ink-3">{t('savings.applied')}</dt>
          <dd className="num font-medium">{money(summary.appliedMonthly)}</dd>
        </div>
        <div>
          <dt className="text-xs text-ink-3">{t('savings.realised')}</dt>
          <dd className="num font-medium text-ok-text">{money(summary.realisedTotal)}</dd>
        </div>
      </dl>
      {summary.lastScanAt === null ? null : (
        <p className="text-xs text-ink-3">
          {t('savings.lastScan')} <RelativeTime at={summary.lastScanAt} />
        </p>
      )}
    </div>
  );
}
