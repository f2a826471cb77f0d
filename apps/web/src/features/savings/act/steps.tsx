import {
  Check,
  CircleDashed,
  CircleSlash,
  LoaderCircle,
  RotateCcw,
  TriangleAlert,
  type LucideIcon,
} from 'lucide-react';
import { useT } from '@/app/i18n.ts';
import { useLabels } from '@/features/accounts/labels.ts';
import { cn } from '@/ui/cn.ts';
import type { ActionStep } from '../queries.ts';

const looks: Record<ActionStep['status'], { icon: LucideIcon; className: string }> = {
  pending: { icon: CircleDashed, className: 'text-ink-3' },
  running: { icon: LoaderCircle, className: 'animate-spin text-accent-text' },
  done: { icon: Check, className: 'text-ok-text' },
  already: { icon: Check, className: 'text-ink-3' },
  failed: { icon: TriangleAlert, className: 'text-danger-text' },
  undone: { icon: RotateCcw, className: 'text-ink-2' },
  undo_failed: { icon: TriangleAlert, className: 'text-danger-text' },
  skipped: { icon: CircleSlash, className: 'text-ink-3' },
};

interface StepsProps {
  label: string;
  steps: readonly ActionStep[];
  /** A plan that nobody has started: without states. */
  planned?: boolean;
}

/** The calls of an action one by one, each by the provider's own name. */
export function Steps({ label, steps, planned = false }: StepsProps) {
  const t = useT('savings');
  const labels = useLabels();
  return (
    <ol aria-label={label} className="divide-y divide-line rounded-md border border-line">
      {steps.map((step, index) => {
        const { icon: Icon, className } = looks[step.status];
        return (
          <li
            key={`${index} ${step.operation} ${step.target.nativeId}`}
            className="flex items-start gap-3 px-3 py-2"
          >
            {planned ? (
              <span aria-hidden className="num w-4 shrink-0 text-right text-ink-3">
                {index + 1}
              </span>
            ) : (
              <Icon
                role="img"
                aria-label={t(`step.${step.status}`)}
                className={cn('mt-0.5 size-4 shrink-0', className)}
              />
            )}
            <div className="min-w-0 flex-1">
              <p className="font-medium">{labels.operation(step.operation, step.target.type)}</p>
              <p className="truncate text-xs text-ink-2" title={step.target.nativeId}>
                {labels.type(step.target.type)} ·{' '}
                <code className="font-mono text-2xs">{step.target.nativeId}</code>
              </p>
              {step.calls.length === 0 ? null : (
                <p className="mt-0.5 font-mono text-2xs break-words text-ink-3">{step.calls.join(', ')}</p>
              )}
              {Object.keys(step.parameters).length === 0 ? null : (
                <pre className="mt-1 overflow-x-auto rounded-sm bg-sunken px-2 py-1 font-mono text-2xs whitespace-pre-wrap text-ink-2">
                  {JSON.stringify(step.parameters)}
                </pre>
              )}
              {step.message === null ? null : <p className="mt-0.5 text-xs text-ink-2">{step.message}</p>}
            </div>
          </li>
        );
      })}
    </ol>
  );
}
