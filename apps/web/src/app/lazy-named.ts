import { lazy, type ComponentType, type LazyExoticComponent } from 'react';

/** `React.lazy` for a named export. Put it inside a Suspense; what is opened on demand needs no fallback. */
export function lazyNamed<Props>(
  load: () => Promise<ComponentType<Props>>,
): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => ({ default: await load() }));
}
