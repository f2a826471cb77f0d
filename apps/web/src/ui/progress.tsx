import { Check } from 'lucide-react';
import { Progress } from 'radix-ui';
import { cn } from './cn.ts';
import type { Tone } from './badge.tsx';

interface ProgressBarProps {
  label: string;
  /** 0 to `max`; null while the amount is unknown. */
  value: number | null;
  max?: number;
  tone?: Extract<Tone, 'accent' | 'warn' | 'danger'>;
}

const fills = { accent: 'bg-accent', warn: 'bg-warn', danger: 'bg-danger' } as const;

/** Real progress or use of a limit. */
export function ProgressBar({ label, value, max = 100, tone = 'accent' }: ProgressBarProps) {
  const share = value === null || max === 0 ? 0 : Math.min(100, (value / max) * 100);
  return (
    <Progress.Root
      aria-label={label}
      value={value === null ? null : Math.min(value, max)}
      max={Math.max(max, 1)}
      className="relative h-1.5 w-full overflow-hidden rounded-full bg-hover"
    >
      <Progress.Indicator
        className={cn(
          'h-full rounded-full transition-[width]',
          fills[tone],
          value === null && 'w-1/3 animate-pulse',
        )}
        style={value === null ? undefined : { width: `${share}%` }}
      />
    </Progress.Root>
  );
}

interface StepperProps {
  label: string;
  steps: readonly string[];
  /** Index of the step one is at. */
  current: number;
}

/** Where one is in a row of steps. */
export function Stepper({ label, steps, current }: StepperProps) {
  return (
    <ol aria-label={label} className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs">
      {steps.map((step, index) => (
        <li
          key={step}
          aria-current={index === current ? 'step' : undefined}
          className={cn('flex items-center gap-2', index === current ? 'font-medium text-ink' : 'text-ink-3')}
        >
          {index === 0 ? null : <span aria-hidden className="h-px w-5 bg-line-strong" />}
          <span
            aria-hidden
            className={cn(
              'num flex size-5 items-center justify-center rounded-full border text-2xs',
              index < current && 'border-accent bg-accent text-on-accent',
              index === current && 'border-accent text-accent-text',
              index > current && 'border-line-strong',
            )}
          >
            {index < current ? <Check className="size-3" strokeWidth={3} /> : index + 1}
          </span>
          {step}
        </li>
      ))}
    </ol>
  );
}
