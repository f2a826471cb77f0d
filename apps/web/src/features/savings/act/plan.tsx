import { useT } from '@/app/i18n.ts';
import { Notice } from '@/ui/form.tsx';
import type { PlanView } from '../queries.ts';
import { useLocal } from '../words.ts';
import { Steps } from './steps.tsx';

/** What happens and how it is taken back, down to the calls. */
export function Plan({ plan }: { plan: PlanView }) {
  const t = useT('savings');
  const local = useLocal();
  return (
    <div className="flex flex-col gap-3">
      <p>{local(plan.effect)}</p>
      {plan.steps.length === 0 ? null : <Steps planned label={t('plan.steps')} steps={plan.steps} />}
      <h3 className="font-semibold">{t('plan.undo')}</h3>
      <p className="text-ink-2">{local(plan.undoEffect)}</p>
      {plan.undoSteps.length === 0 ? null : (
        <Steps planned label={t('plan.undoSteps')} steps={plan.undoSteps} />
      )}
      {plan.dryRun === null ? null : (
        <Notice tone={plan.dryRun.allowed ? 'ok' : 'danger'}>
          <p className="font-medium">{t(plan.dryRun.allowed ? 'plan.allowed' : 'plan.refused')}</p>
          {plan.dryRun.allowed ? null : <p className="text-xs break-words">{plan.dryRun.message}</p>}
        </Notice>
      )}
    </div>
  );
}
