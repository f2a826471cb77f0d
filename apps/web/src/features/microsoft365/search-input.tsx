import { Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useT } from '@/app/i18n.ts';
import { Input } from '@/ui/input.tsx';

/** Pause after the last key before the server is asked. */
const pauseMs = 250;

/** Words to look for; asked when the typing pauses. */
export function SearchInput({ value, onSearch }: { value: string; onSearch: (words: string) => void }) {
  const t = useT('microsoft365');
  const [text, setText] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <span className="relative w-full sm:w-56">
      <Search
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2 size-3.5 -translate-y-1/2 text-ink-3"
      />
      <Input
        dense
        type="search"
        className="pl-7"
        aria-label={t('search')}
        placeholder={t('search')}
        value={text}
        onChange={(event) => {
          const words = event.target.value;
          setText(words);
          clearTimeout(timer.current);
          timer.current = setTimeout(() => onSearch(words), pauseMs);
        }}
      />
    </span>
  );
}
