import { cva } from 'class-variance-authority';
import { LoaderCircle } from 'lucide-react';
import { Slot } from 'radix-ui';
import type { ComponentProps, MouseEvent, ReactNode } from 'react';
import { cn } from './cn.ts';
import { Tooltip } from './tooltip.tsx';

const styles = cva(
  'relative inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-md font-medium transition-colors duration-100 disabled:pointer-events-none disabled:opacity-50 aria-disabled:cursor-not-allowed aria-disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      variant: {
        primary: 'bg-accent text-on-accent shadow-raised hover:bg-accent-hover',
        secondary: 'border border-line-strong bg-surface text-ink shadow-raised hover:bg-hover',
        ghost: 'text-ink-2 hover:bg-hover hover:text-ink aria-expanded:bg-hover aria-expanded:text-ink',
        danger: 'bg-danger text-on-danger shadow-raised hover:bg-danger-hover',
        link: 'text-accent-text underline-offset-3 hover:underline',
      },
      size: {
        sm: 'h-7 px-2 text-xs pointer-coarse:h-9',
        md: 'h-8 px-3 text-sm pointer-coarse:h-10',
        lg: 'h-10 px-4 text-base',
        icon: 'size-8 pointer-coarse:size-10',
        iconSm: 'size-7 pointer-coarse:size-9',
        inline: 'h-auto p-0',
      },
    },
    defaultVariants: { variant: 'secondary', size: 'md' },
  },
);

export interface ButtonProps extends ComponentProps<'button'> {
  variant?: 'primary' | 'secondary' | 'ghost' | 'danger' | 'link';
  size?: 'sm' | 'md' | 'lg' | 'icon' | 'iconSm' | 'inline';
  /** Shows a spinner in place of the label (same width) and ignores presses. */
  loading?: boolean;
  /** Keeps the button focusable but inert, and says why on hover and focus. */
  disabledReason?: string | undefined;
  /** Renders the only child (a link) with the button's looks. */
  asChild?: boolean;
}

/** The one button. `type` defaults to `button`, so a stray one never submits a form. */
export function Button({
  variant,
  size,
  loading = false,
  disabledReason,
  asChild = false,
  className,
  children,
  onClick,
  type = 'button',
  ...rest
}: ButtonProps) {
  const classes = cn(styles({ variant, size }), className);
  if (asChild) {
    return (
      <Slot.Root className={classes} {...rest}>
        {children}
      </Slot.Root>
    );
  }
  const inert = loading || disabledReason !== undefined;
  const press = (event: MouseEvent<HTMLButtonElement>): void => {
    if (inert) event.preventDefault();
    else onClick?.(event);
  };
  const button = (
    <button
      type={type}
      className={classes}
      aria-disabled={inert || undefined}
      aria-busy={loading || undefined}
      onClick={press}
      {...rest}
    >
      {loading ? (
        <>
          <span className="invisible inline-flex items-center gap-1.5">{children}</span>
          <LoaderCircle aria-hidden className="absolute animate-spin" />
        </>
      ) : (
        children
      )}
    </button>
  );
  return disabledReason === undefined ? button : <Tooltip label={disabledReason}>{button}</Tooltip>;
}

interface IconButtonProps extends Omit<ButtonProps, 'size' | 'children'> {
  /** Accessible name, also the tooltip. */
  label: string;
  size?: 'sm' | 'md';
  children: ReactNode;
}

/** A square button whose name is only heard and shown on hover. */
export function IconButton({
  label,
  size = 'md',
  variant = 'ghost',
  disabledReason,
  ...rest
}: IconButtonProps) {
  const button = (
    <Button
      aria-label={label}
      variant={variant}
      size={size === 'sm' ? 'iconSm' : 'icon'}
      disabledReason={disabledReason}
      {...rest}
    />
  );
  return disabledReason === undefined ? <Tooltip label={label}>{button}</Tooltip> : button;
}
