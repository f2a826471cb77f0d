import { Tabs as Radix } from 'radix-ui';
import { useEffect, useRef, type ReactNode } from 'react';
import { NavLink, useLocation } from 'react-router';
import { cn } from './cn.ts';

const tabClasses =
  'relative -mb-px whitespace-nowrap border-b-2 border-transparent px-0.5 pb-2 pt-1.5 font-medium text-ink-2 hover:text-ink aria-[current=page]:border-accent aria-[current=page]:text-ink';

interface TabsProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  tabs: readonly { value: string; label: ReactNode; content: ReactNode }[];
}

/** Views of one thing on one page. For views with their own address use LinkTabs. */
export function Tabs({ label, value, onChange, tabs }: TabsProps) {
  return (
    <Radix.Root value={value} onValueChange={onChange}>
      <Radix.List aria-label={label} className="flex gap-4 overflow-x-auto border-b border-line">
        {tabs.map((tab) => (
          <Radix.Trigger
            key={tab.value}
            value={tab.value}
            className={cn(tabClasses, 'data-[state=active]:border-accent data-[state=active]:text-ink')}
          >
            {tab.label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content key={tab.value} value={tab.value} className="pt-4">
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}

interface LinkTabsProps {
  label: string;
  tabs: readonly { to: string; label: string }[];
}

/** Tabs that are links: each has its own URL and history entry. */
export function LinkTabs({ label, tabs }: LinkTabsProps) {
  const { pathname } = useLocation();
  const list = useRef<HTMLElement>(null);
  const own = tabs.findIndex(({ to }) => to === pathname);
  useEffect(() => {
    // On a phone the page's own tab may lie beyond the edge.
    list.current?.children[own]?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [own]);
  return (
    <nav ref={list} aria-label={label} className="flex gap-5 overflow-x-auto border-b border-line">
      {tabs.map((tab) => (
        <NavLink key={tab.to} to={tab.to} end className={tabClasses}>
          {tab.label}
        </NavLink>
      ))}
    </nav>
  );
}
