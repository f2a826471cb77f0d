import { useLabels } from './labels.ts';

/** A provider's name with its colour, the same everywhere. */
export function ProviderMark({ id }: { id: string }) {
  const labels = useLabels();
  return (
    <span className="inline-flex min-w-0 items-center gap-1.5">
      <span
        aria-hidden
        className="size-2 shrink-0 rounded-xs"
        style={{ background: `var(--${id}, var(--ink-3))` }}
      />
      <span className="truncate">{labels.provider(id)}</span>
    </span>
  );
}
