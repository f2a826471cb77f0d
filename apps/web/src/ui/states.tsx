import { CircleAlert, Lock, RotateCw, Sparkles, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { useT } from '@/app/i18n.ts';
import { describeError } from '@/app/problem.ts';
import { Button } from './button.tsx';
import { CopyButton } from './copy-button.tsx';

interface StateProps {
  icon: LucideIcon;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  role?: 'alert' | 'status';
  /** `h1` where it is the whole page. */
  heading?: 'h1' | 'h2';
}

function State({ icon: Icon, title, children, action, role, heading: Heading = 'h2' }: StateProps) {
  return (
    <div role={role} className="mx-auto flex max-w-md flex-col items-center px-6 py-12 text-center">
      <span className="mb-3 flex size-10 items-center justify-center rounded-full bg-hover text-ink-2">
        <Icon aria-hidden className="size-5" strokeWidth={1.75} />
      </span>
      <Heading className="text-base font-semibold">{title}</Heading>
      {children === undefined ? null : <div className="mt-1 text-ink-2">{children}</div>}
      {action === undefined ? null : <div className="mt-4 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}

/** Nothing here yet, and the next step. */
export function EmptyState(props: Omit<StateProps, 'role'>) {
  return <State {...props} />;
}

/** What happened, what it means, what to do, and the request id to copy. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const t = useT('ui');
  const { title, detail, requestId } = describeError(error);
  return (
    <State
      role="alert"
      icon={CircleAlert}
      title={title}
      action={
        <>
          {onRetry === undefined ? null : (
            <Button onClick={onRetry}>
              <RotateCw />
              {t('error.retry')}
            </Button>
          )}
          {requestId === undefined ? null : (
            <CopyButton
              text={requestId}
              variant="ghost"
              label={t('error.copyRequestId', { id: requestId.slice(0, 8) })}
            />
          )}
        </>
      }
    >
      {detail}
    </State>
  );
}

/** The role does not allow this view; says who can help. */
export function NoPermission({ need }: { need: string }) {
  const t = useT('ui');
  return (
    <State icon={Lock} title={t('noPermission.title')}>
      {t('noPermission.text', { permission: need })}
    </State>
  );
}

/** The plan does not include this view; says which one does and leads there. */
export function PlanGate({ feature, tier, action }: { feature: string; tier: string; action?: ReactNode }) {
  const t = useT('ui');
  return (
    <State icon={Sparkles} title={t('planGate.title', { feature })} action={action}>
      {t('planGate.text', { tier })}
    </State>
  );
}
