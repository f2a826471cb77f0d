import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Tone } from './badge.tsx';
import { cn } from './cn.ts';

/** What went wrong with a form as a whole; heard at once. */
export function FormError({ message }: { message: string | undefined }) {
  if (message === undefined) return null;
  return (
    <p role="alert" className="flex gap-2 rounded-md bg-danger-soft px-3 py-2 text-danger-text">
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span className="min-w-0">{message}</span>
    </p>
  );
}

const tones: Record<Tone, string> = {
  neutral: 'border-line bg-sunken text-ink-2',
  accent: 'border-accent/30 bg-accent-soft text-accent-text',
  ok: 'border-ok/30 bg-ok-soft text-ok-text',
  warn: 'border-warn/40 bg-warn-soft text-warn-text',
  danger: 'border-danger/30 bg-danger-soft text-danger-text',
};

/** A standing remark in the page. */
export function Notice({
  tone = 'neutral',
  action,
  children,
}: {
  tone?: Tone;
  action?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className={cn('flex flex-wrap items-center gap-3 rounded-md border px-3 py-2', tones[tone])}>
      <div className="min-w-0 flex-1 basis-56">{children}</div>
      {action}
    </div>
  );
}
