import type { FieldValues } from '@cloudatlas/contracts/cloud';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { useT } from '@/app/i18n.ts';
import { Button, IconButton } from '@/ui/button.tsx';
import type { FieldControl } from '@/ui/field.tsx';
import { Input } from '@/ui/input.tsx';
import { textOf } from './rules.ts';

interface TagsInputProps {
  control?: FieldControl;
  /** What the pairs are: tags, environment variables. */
  label: string;
  value: FieldValues[string] | undefined;
  onChange: (value: Record<string, string>) => void;
}

/** Pairs of key and value. Rows without a key are not sent. */
export function TagsInput({ control, label, value, onChange }: TagsInputProps) {
  const t = useT('cloud');
  const [rows, setRows] = useState<readonly [string, string][]>(() =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.entries(value).map(([key, text]): [string, string] => [key, textOf(text)])
      : [],
  );
  const update = (next: readonly [string, string][]): void => {
    setRows(next);
    onChange(
      Object.fromEntries(next.filter(([key]) => key.trim() !== '').map(([key, text]) => [key.trim(), text])),
    );
  };
  const put = (index: number, row: [string, string]): void =>
    update(rows.map((old, at) => (at === index ? row : old)));
  return (
    <div
      role="group"
      aria-label={label}
      aria-describedby={control?.['aria-describedby']}
      className="flex flex-col gap-2"
    >
      {rows.map(([key, text], index) => (
        <div key={index} className="flex items-center gap-1.5">
          <Input
            aria-label={t('form.keyOf', { label, n: index + 1 })}
            placeholder={t('form.key')}
            value={key}
            maxLength={128}
            onChange={(event) => put(index, [event.target.value, text])}
          />
          <Input
            aria-label={t('form.valueOf', { label, n: index + 1 })}
            placeholder={t('form.value')}
            value={text}
            maxLength={256}
            onChange={(event) => put(index, [key, event.target.value])}
          />
          <IconButton
            label={t('form.removePair', { name: key === '' ? String(index + 1) : key })}
            size="sm"
            onClick={() => update(rows.filter((_, at) => at !== index))}
          >
            <X />
          </IconButton>
        </div>
      ))}
      <span>
        <Button id={control?.id} size="sm" onClick={() => setRows([...rows, ['', '']])}>
          <Plus /> {t('form.addPair')}
        </Button>
      </span>
    </div>
  );
}
