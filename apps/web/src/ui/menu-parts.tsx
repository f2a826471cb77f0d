import { Check } from 'lucide-react';
import { DropdownMenu as Radix } from 'radix-ui';
import { Suspense, type ComponentProps, type ReactElement, type ReactNode } from 'react';
import { cn } from './cn.ts';

const itemClasses =
  'flex cursor-pointer select-none items-center gap-2 rounded-md px-2 py-1.5 text-sm outline-none data-[disabled]:cursor-not-allowed data-[disabled]:text-ink-3 data-[highlighted]:bg-hover pointer-coarse:py-2.5 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-ink-3';

export interface MenuProps {
  trigger: ReactElement;
  align?: 'start' | 'end';
  side?: 'top' | 'bottom' | 'right';
  /** Accessible name where the trigger's own does not fit. */
  label?: string;
  className?: string;
  children: ReactNode;
}

/** Menu of actions. Arrow keys, type-ahead and Escape work as everywhere. */
export function Menu({ trigger, align = 'end', side = 'bottom', label, className, children }: MenuProps) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
          className={cn(
            'z-50 max-h-[min(32rem,var(--radix-dropdown-menu-content-available-height))] min-w-48 animate-in overflow-y-auto rounded-lg border border-line bg-surface p-1 shadow-float',
            className,
          )}
        >
          <Suspense fallback={null}>{children}</Suspense>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export interface MenuItemProps extends ComponentProps<typeof Radix.Item> {
  danger?: boolean;
  /** Why it cannot be chosen now; shown under the label. */
  disabledReason?: string | undefined;
}

/** One action. */
export function MenuItem({
  danger = false,
  disabledReason,
  className,
  children,
  disabled,
  ...rest
}: MenuItemProps) {
  return (
    <Radix.Item
      disabled={disabled === true || disabledReason !== undefined}
      className={cn(itemClasses, danger && 'text-danger-text [&_svg]:text-danger-text!', className)}
      {...rest}
    >
      {disabledReason === undefined || rest.asChild === true ? (
        children
      ) : (
        <span className="min-w-0">
          <span className="flex items-center gap-2">{children}</span>
          <span className="block max-w-56 text-xs text-ink-3">{disabledReason}</span>
        </span>
      )}
    </Radix.Item>
  );
}

/** Caption over a group of items. */
export function MenuLabel({ children }: { children: ReactNode }) {
  return <Radix.Label className="px-2 pb-1 pt-1.5 label-caps">{children}</Radix.Label>;
}

/** Thin line between groups. */
export function MenuSeparator() {
  return <Radix.Separator className="-mx-1 my-1 h-px bg-line" />;
}

export interface MenuChoiceProps<Value extends string> {
  value: Value;
  onChange: (value: Value) => void;
  options: readonly { value: Value; label: string }[];
}

/** One of several settings, marked with a tick; the menu stays open so the effect can be seen. */
export function MenuChoice<Value extends string>({ value, onChange, options }: MenuChoiceProps<Value>) {
  return (
    <Radix.RadioGroup value={value} onValueChange={(next) => onChange(next as Value)}>
      {options.map((option) => (
        <Radix.RadioItem
          key={option.value}
          value={option.value}
          className={itemClasses}
          onSelect={(event) => event.preventDefault()}
        >
          <span className="flex-1">{option.label}</span>
          <Radix.ItemIndicator>
            <Check />
          </Radix.ItemIndicator>
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  );
}

export interface MenuToggleProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: ReactNode;
}

/** A setting that is on or off; the menu stays open. */
export function MenuToggle({ checked, onChange, children }: MenuToggleProps) {
  return (
    <Radix.CheckboxItem
      checked={checked}
      onCheckedChange={onChange}
      onSelect={(event) => event.preventDefault()}
      className={itemClasses}
    >
      <span className="flex size-4 items-center justify-center">
        <Radix.ItemIndicator>
          <Check />
        </Radix.ItemIndicator>
      </span>
      {children}
    </Radix.CheckboxItem>
  );
}
