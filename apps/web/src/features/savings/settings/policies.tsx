import type { AutomationPolicy } from '@cloudatlas/contracts/finops-actions';
import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { Suspense } from 'react';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { lazyNamed } from '@/app/lazy-named.ts';
import { useDenial } from '@/app/scope.tsx';
import { useFilters } from '@/app/search-params.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Gated } from '@/features/costs/control/plan-gate.tsx';
import { Badge } from '@/ui/badge.tsx';
import { Button } from '@/ui/button.tsx';
import { Card } from '@/ui/card.tsx';
import { SkeletonLines } from '@/ui/skeleton.tsx';
import { ErrorState } from '@/ui/states.tsx';
import { policiesQuery } from '../queries.ts';

const PolicyDialog = lazyNamed(() => import('./policy-dialog.tsx').then((module) => module.PolicyDialog));

/** What is applied by itself, within hours and limits. */
export function Policies() {
  const t = useT('savings');
  return (
    <Gated feature="finops.automatic_apply" name={t('policies.title')}>
      <PolicyList />
    </Gated>
  );
}

function PolicyList() {
  const t = useT('savings');
  const denial = useDenial('finops:configure');
  const [filters, setFilters] = useFilters(['policy']);
  const { data, error, refetch } = useQuery(policiesQuery(useWorkspacePlace()));
  const open = data?.find(({ id }) => id === filters.policy);
  return (
    <Card
      flush
      title={t('policies.title')}
      description={t('policies.text')}
      actions={
        <Button disabledReason={denial} onClick={() => setFilters({ policy: 'new' })}>
          <Plus /> {t('policies.create')}
        </Button>
      }
    >
      {data === undefined ? (
        <div className="p-4">
          {error === null ? (
            <SkeletonLines lines={3} />
          ) : (
            <ErrorState error={error} onRetry={() => void refetch()} />
          )}
        </div>
      ) : null}
      {data?.length === 0 ? (
        <p className="border-t border-line px-4 py-6 text-center text-ink-2">{t('policies.none')}</p>
      ) : null}
      <ul className="divide-y divide-line border-t border-line empty:hidden">
        {data?.map((policy) => (
          <li key={policy.id}>
            <button
              type="button"
              onClick={() => setFilters({ policy: policy.id })}
              className="flex w-full items-center gap-3 px-4 py-2.5 text-left hover:bg-sunken"
            >
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium">{policy.name}</span>
                <Summary policy={policy} />
              </span>
              <Badge tone={policy.enabled ? 'ok' : 'neutral'} dot>
                {t(policy.enabled ? 'rules.on' : 'rules.off')}
              </Badge>
            </button>
          </li>
        ))}
      </ul>
      {filters.policy === 'new' || open !== undefined ? (
        <Suspense fallback={null}>
          <PolicyDialog key={filters.policy} policy={open} onClose={() => setFilters({ policy: null })} />
        </Suspense>
      ) : null}
    </Card>
  );
}

function Summary({ policy }: { policy: AutomationPolicy }) {
  const t = useT('savings');
  const format = useFormat();
  const { window } = policy;
  return (
    <span className="block truncate text-xs text-ink-2">
      {t('policies.summary', {
        classes: format.list(policy.undoClasses.map((name) => t(`undo.${name}`))),
        from: `${String(window.fromHour).padStart(2, '0')}:00`,
        to: `${String(window.toHour).padStart(2, '0')}:00`,
        zone: window.timeZone,
      })}{' '}
      ·{' '}
      {t('policies.today', {
        done: format.number(policy.recentActions),
        max: format.number(policy.maxActionsPerDay),
      })}
    </span>
  );
}
