import type { RecommendationDetail } from '@cloudatlas/contracts/finops';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Ban, RotateCw, Zap } from 'lucide-react';
import { Suspense, useState } from 'react';
import { useT } from '@/app/i18n.ts';
import { lazyNamed } from '@/app/lazy-named.ts';
import { explainError } from '@/app/problem.ts';
import { useDenial } from '@/app/scope.tsx';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Button } from '@/ui/button.tsx';
import { Notice } from '@/ui/form.tsx';
import { toast } from '@/ui/toast-store.ts';
import { DateTime } from '@/ui/values.tsx';
import { useBlockedWords } from '../blocked.ts';
import { recommendationQuery, savingsApi, savingsKey } from '../queries.ts';
import { useApplyDenial } from '../use-may-apply.ts';
import { Assignee } from './assignee.tsx';

const ApplyDialog = lazyNamed(() => import('./apply-dialog.tsx').then((module) => module.ApplyDialog));
const DismissDialog = lazyNamed(() => import('./dismiss-dialog.tsx').then((module) => module.DismissDialog));

/** What can be done about a finding: apply, say no, give it to somebody, take it up again. */
export function FindingActions({ finding }: { finding: RecommendationDetail }) {
  const t = useT('savings');
  const blocked = useBlockedWords();
  const denial = useApplyDenial();
  const mayJudge = useDenial('finops:recommend');
  const [asking, setAsking] = useState<'apply' | 'dismiss'>();
  const { status, dismissal } = finding;
  const open = status === 'open';
  return (
    <div className="flex flex-col gap-3">
      {dismissal === null || status !== 'dismissed' ? null : (
        <Notice>
          <p>
            {t('dismiss.was', { name: dismissal.by, reason: t(`dismiss.reason.${dismissal.reason}`) })}{' '}
            {dismissal.until === null ? (
              t('dismiss.forGood')
            ) : (
              <>
                {t('dismiss.untilAt')} <DateTime at={dismissal.until} />
              </>
            )}
          </p>
          {dismissal.note === '' ? null : <p className="mt-1 break-words">{dismissal.note}</p>}
        </Notice>
      )}
      <div className="flex flex-wrap items-center gap-2">
        {open && finding.action !== null ? (
          <Button
            variant="primary"
            disabledReason={denial ?? blocked(finding.blockedBy === 'approval' ? null : finding.blockedBy)}
            onClick={() => setAsking('apply')}
          >
            <Zap /> {t(finding.blockedBy === 'approval' ? 'apply.request' : 'apply.action')}
          </Button>
        ) : null}
        {open ? (
          <Button disabledReason={mayJudge} onClick={() => setAsking('dismiss')}>
            <Ban /> {t('dismiss.action')}
          </Button>
        ) : null}
        {status === 'dismissed' ? <Reopen finding={finding} /> : null}
        <Assignee finding={finding} />
      </div>
      {open && finding.action === null ? <p className="text-xs text-ink-3">{t('blocked.advice')}</p> : null}
      <Suspense fallback={null}>
        {asking === 'apply' ? <ApplyDialog finding={finding} onClose={() => setAsking(undefined)} /> : null}
        {asking === 'dismiss' ? (
          <DismissDialog finding={finding} onClose={() => setAsking(undefined)} />
        ) : null}
      </Suspense>
    </div>
  );
}

function Reopen({ finding }: { finding: RecommendationDetail }) {
  const t = useT('savings');
  const place = useWorkspacePlace();
  const client = useQueryClient();
  const denial = useDenial('finops:recommend');
  const reopen = useMutation({
    mutationFn: () => savingsApi.reopen(place, finding.id),
    onSuccess: (next) => {
      client.setQueryData(recommendationQuery(place, finding.id).queryKey, next);
      void client.invalidateQueries({ queryKey: savingsKey(place, 'recommendations') });
    },
    onError: (error) => toast.error(explainError(error)),
  });
  return (
    <Button loading={reopen.isPending} disabledReason={denial} onClick={() => reopen.mutate()}>
      <RotateCw /> {t('dismiss.reopen')}
    </Button>
  );
}
