import { Search } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { CopyButton } from '@/ui/copy-button.tsx';
import { Input } from '@/ui/input.tsx';
import { filterJson } from './json-filter.ts';

/** The provider's own members as a tree, searchable. */
export function Attributes({ value }: { value: Readonly<Record<string, unknown>> }) {
  const t = useT('inventory');
  const [needle, setNeedle] = useState('');
  const found = useMemo(() => filterJson(value, needle.trim()), [value, needle]);
  return (
    <div className="flex flex-col gap-3">
      <div className="flex items-center gap-2">
        <div className="relative min-w-0 flex-1">
          <Search
            aria-hidden
            className="pointer-events-none absolute left-2 top-1/2 size-3.5 -translate-y-1/2 text-ink-3"
          />
          <Input
            dense
            type="search"
            className="pl-7"
            aria-label={t('detail.searchAttributes')}
            placeholder={t('detail.searchAttributes')}
            value={needle}
            onChange={(event) => setNeedle(event.target.value)}
          />
        </div>
        <CopyButton text={JSON.stringify(value, null, 2)} name={t('detail.copyAttributes')} />
      </div>
      {found === undefined ? (
        <p className="text-ink-2">{t('detail.noAttributes')}</p>
      ) : (
        // Another search opens another tree.
        <div key={needle} className="rounded-md border border-line bg-sunken p-3 font-mono text-xs">
          <Members value={found} open={needle.trim() !== ''} />
        </div>
      )}
    </div>
  );
}

function Members({ value, open }: { value: unknown; open: boolean }) {
  if (typeof value !== 'object' || value === null) return <Leaf value={value} />;
  return (
    <ul className="flex flex-col gap-0.5">
      {Object.entries(value).map(([key, inner]) => (
        <li key={key} className="min-w-0">
          <Member name={key} value={inner} open={open} />
        </li>
      ))}
    </ul>
  );
}

function Member({ name, value, open }: { name: string; value: unknown; open: boolean }) {
  const format = useFormat();
  if (typeof value !== 'object' || value === null) {
    return (
      <span className="break-words">
        <span className="text-ink-3">{name}: </span>
        <Leaf value={value} />
      </span>
    );
  }
  const count = Object.keys(value).length;
  return (
    <details open={open}>
      <summary className="min-h-6 rounded-sm py-0.5 text-ink-2">
        {name}{' '}
        <span className="num text-ink-3">
          {Array.isArray(value) ? `[${format.number(count)}]` : `{${format.number(count)}}`}
        </span>
      </summary>
      <div className="ml-1 border-l border-line pl-3">
        <Members value={value} open={open} />
      </div>
    </details>
  );
}

function Leaf({ value }: { value: unknown }) {
  return <span className={typeof value === 'string' ? undefined : 'text-accent-text'}>{String(value)}</span>;
}
