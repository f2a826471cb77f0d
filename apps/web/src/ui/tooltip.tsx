import { Tooltip as Radix } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';

interface TooltipProps {
  /** Nothing is shown for an empty label. */
  label: ReactNode;
  side?: 'top' | 'right' | 'bottom' | 'left';
  /** The trigger; must accept a ref and focus, so a keyboard can reach the label. */
  children: ReactElement;
}

/** Short explanation on hover and focus. Never the only place of something a person must know. */
export function Tooltip({ label, side = 'top', children }: TooltipProps) {
  if (label === undefined || label === null || label === '') return children;
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="z-50 max-w-72 animate-in rounded-md bg-ink px-2 py-1 text-xs text-canvas shadow-float"
        >
          {label}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
