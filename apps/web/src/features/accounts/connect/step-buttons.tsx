import { useT } from '@/app/i18n.ts';
import { Button } from '@/ui/button.tsx';

interface StepButtonsProps {
  onBack?: () => void;
  /** Without it the forward button submits the form around it. */
  onNext?: () => void;
  next?: string;
  loading?: boolean;
  disabledReason?: string | undefined;
}

/** Back and forward at the foot of a step. */
export function StepButtons({ onBack, onNext, next, loading = false, disabledReason }: StepButtonsProps) {
  const t = useT('accounts');
  return (
    <div className="mt-5 flex justify-between gap-2">
      <span>{onBack === undefined ? null : <Button onClick={onBack}>{t('connect.back')}</Button>}</span>
      <Button
        variant="primary"
        type={onNext === undefined ? 'submit' : 'button'}
        loading={loading}
        disabledReason={disabledReason}
        {...(onNext === undefined ? {} : { onClick: onNext })}
      >
        {next ?? t('connect.next')}
      </Button>
    </div>
  );
}
