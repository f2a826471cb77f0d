import { Coins } from 'lucide-react';
import { Link } from 'react-router';
import { ApiError } from '@/app/api.ts';
import { useT } from '@/app/i18n.ts';
import { Button } from '@/ui/button.tsx';
import { EmptyState } from '@/ui/states.tsx';
import { useDays } from '../days.ts';
import { useCostPaths } from '../paths.ts';
import { missingRateOf, type MissingRate } from './rate-problem.ts';

/** What is missing where a question failed for want of an exchange rate. */
export function missingRateIn(error: unknown): MissingRate | undefined {
  return error instanceof ApiError ? missingRateOf(error.problem.meta, error.problem.detail) : undefined;
}

interface MissingRateNoteProps {
  rate: MissingRate;
  onShowAsBilled: () => void;
}

/** Nothing is wrong with the question: says which rate it needs, and the two ways on. */
export function MissingRateNote({ rate, onShowAsBilled }: MissingRateNoteProps) {
  const t = useT('costs');
  const to = useCostPaths();
  const days = useDays();
  return (
    <EmptyState
      icon={Coins}
      title={t('missingRate.title', { from: rate.from, to: rate.to })}
      action={
        <>
          <Button asChild variant="primary">
            <Link to={to.settings}>{t('missingRate.add')}</Link>
          </Button>
          <Button onClick={onShowAsBilled}>{t('showAsBilled')}</Button>
        </>
      }
    >
      {t('missingRate.text', { from: rate.from, to: rate.to, day: days.day(rate.day) })}
    </EmptyState>
  );
}
