/**
 * Menus of actions. Their code is fetched beside the first paint and not before it: until it is there, the
 * trigger stands alone. The parts themselves are in menu-parts.tsx.
 */
import { lazy, Suspense, type ReactNode } from 'react';
import type { MenuChoiceProps, MenuProps } from './menu-parts.tsx';
import { lazyNamed } from '@/app/lazy-named.ts';

const load = () => import('./menu-parts.tsx');

const MenuRoot = lazyNamed(() => load().then((parts) => parts.Menu));

/** Menu of actions. Arrow keys, type-ahead and Escape work as everywhere. */
export function Menu(props: MenuProps) {
  return (
    <Suspense fallback={props.trigger}>
      <MenuRoot {...props} />
    </Suspense>
  );
}

/** One action. */
export const MenuItem = lazyNamed(() => load().then((parts) => parts.MenuItem));
/** Caption over a group of items. */
export const MenuLabel = lazyNamed(() => load().then((parts) => parts.MenuLabel));
/** Thin line between groups. */
export const MenuSeparator = lazyNamed(() => load().then((parts) => parts.MenuSeparator));
/** A setting that is on or off; the menu stays open. */
export const MenuToggle = lazyNamed(() => load().then((parts) => parts.MenuToggle));

/** One of several settings, marked with a tick; the menu stays open so the effect can be seen. */
export const MenuChoice = lazy(async () => ({ default: (await load()).MenuChoice })) as <
  Value extends string,
>(
  props: MenuChoiceProps<Value>,
) => ReactNode;
