import { Suspense } from 'react';
import { lazyNamed } from '@/app/lazy-named.ts';
import type { ConfirmDialogProps } from './confirm-form.tsx';

const ConfirmForm = lazyNamed(() => import('./confirm-form.tsx').then((module) => module.ConfirmForm));

/** Question before a destructive or costly action. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  if (!props.open) return null;
  return (
    <Suspense fallback={null}>
      <ConfirmForm {...props} />
    </Suspense>
  );
}
