import { ChevronDown, Search } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useFormat } from '@/app/format.ts';
import { Button } from './button.tsx';
import { Input } from './input.tsx';
import { Menu, MenuToggle } from './menu.tsx';

/** One value that a filter can have. */
export interface FilterChoice {
  value: string;
  label: string;
  /** How many rows have it; null where nobody counted. */
  count: number | null;
}

/** Search and menus in a row, above a table. */
export function FilterBar({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div
      role="group"
      aria-label={label}
      className="flex min-w-0 basis-full flex-wrap items-center gap-1.5 xl:flex-1 xl:basis-0"
    >
      {children}
    </div>
  );
}

interface FilterSearchProps {
  label: string;
  /** What is searched for, as the address has it. */
  value: string;
  onChange: (q: string) => void;
}

/** Follows the URL; what is typed reaches it after a moment, so the list does not run behind every key. */
export function FilterSearch({ label, value, onChange }: FilterSearchProps) {
  const [typed, setTyped] = useState(value);
  const sent = useRef(value);
  useEffect(() => {
    if (value !== sent.current) setTyped(value);
    sent.current = value;
  }, [value]);
  useEffect(() => {
    if (typed.trim() === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = typed.trim();
      onChange(typed.trim());
    }, 250);
    return () => clearTimeout(timer);
  }, [typed, onChange]);
  return (
    <div className="relative w-full sm:w-56">
      <Search
        aria-hidden
        className="pointer-events-none absolute left-2 top-1/2 size-3.5 -translate-y-1/2 text-ink-3"
      />
      <Input
        dense
        type="search"
        className="pl-7"
        maxLength={200}
        aria-label={label}
        placeholder={label}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
    </div>
  );
}

interface FilterMenuProps {
  label: string;
  choices: readonly FilterChoice[];
  chosen: readonly string[];
  onToggle: (value: string, on: boolean) => void;
  /** More of the same dimension, below the choices. */
  children?: ReactNode;
}

/** One dimension: any number of its values. */
export function FilterMenu({ label, choices, chosen, onToggle, children }: FilterMenuProps) {
  const format = useFormat();
  return (
    <Menu
      align="start"
      trigger={
        <Button size="sm" className={chosen.length > 0 ? 'border-accent! text-accent-text' : undefined}>
          {label}
          {chosen.length > 0 ? <span className="num">{chosen.length}</span> : null}
          <ChevronDown aria-hidden className="size-3! text-ink-3" />
        </Button>
      }
    >
      {choices.map((choice) => (
        <MenuToggle
          key={choice.value}
          checked={chosen.includes(choice.value)}
          onChange={(on) => onToggle(choice.value, on)}
        >
          <span className="max-w-72 min-w-0 flex-1 truncate">{choice.label}</span>
          {choice.count === null ? null : (
            <span className="num ml-6 text-xs text-ink-3">{format.number(choice.count)}</span>
          )}
        </MenuToggle>
      ))}
      {children}
    </Menu>
  );
}
