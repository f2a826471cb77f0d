import type { Field } from '@cloudatlas/contracts/cloud';
import { FileArchive } from 'lucide-react';
import { useState } from 'react';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import type { FieldControl } from '@/ui/field.tsx';

interface FileInputProps {
  control: FieldControl;
  field: Field;
  value: string;
  onChange: (base64: string) => void;
}

const mebibyte = 1_048_576;

/** A file sent inside the form as base64; one that is too large is refused before it is read. */
export function FileInput({ control, field, value, onChange }: FileInputProps) {
  const t = useT('cloud');
  const format = useFormat();
  const [chosen, setChosen] = useState<{ name: string; size: number }>();
  const [tooLarge, setTooLarge] = useState(false);
  const limit = field.maxBytes;

  const choose = async (file: File | undefined): Promise<void> => {
    setTooLarge(false);
    setChosen(undefined);
    onChange('');
    if (file === undefined) return;
    if (limit !== undefined && file.size > limit) {
      setTooLarge(true);
      return;
    }
    onChange(await toBase64(file));
    setChosen({ name: file.name, size: file.size });
  };
  const shown = value === '' ? undefined : chosen;
  return (
    <div className="flex flex-col gap-1.5">
      {/* The browser words its own control in its own language; what is seen is ours, and the control lies above it. */}
      <div className="relative">
        <input
          {...control}
          type="file"
          aria-invalid={tooLarge || control['aria-invalid'] === true || undefined}
          className="peer absolute inset-0 size-full cursor-pointer opacity-0"
          onChange={(event) => void choose(event.target.files?.[0])}
        />
        <div
          aria-hidden
          className="flex h-8 w-full items-center gap-2.5 rounded-md border border-field-line bg-surface px-1 text-sm text-ink shadow-raised transition-colors duration-100 peer-hover:border-ink-3 peer-focus-visible:border-accent peer-focus-visible:outline-2 peer-aria-invalid:border-danger pointer-coarse:h-10"
        >
          <span className="shrink-0 rounded-sm bg-hover px-2 py-0.5 font-medium">{t('form.fileChoose')}</span>
          {shown === undefined ? <span className="text-ink-2">{t('form.fileNone')}</span> : null}
        </div>
      </div>
      {shown === undefined ? null : (
        <p className="flex items-center gap-1.5 text-xs text-ink-2">
          <FileArchive aria-hidden className="size-3.5" />
          {t('form.fileChosen', {
            name: shown.name,
            size: format.number(Math.max(0.01, Math.round((shown.size / mebibyte) * 100) / 100)),
          })}
        </p>
      )}
      {tooLarge && limit !== undefined ? (
        <p role="alert" className="text-xs text-danger-text">
          {t('form.fileTooLarge', { limit: format.number(Math.floor(limit / mebibyte)) })}
        </p>
      ) : null}
    </div>
  );
}

/** The browser's own encoder: the part after the comma of a data URL. */
function toBase64(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () =>
      resolve(typeof reader.result === 'string' ? (reader.result.split(',')[1] ?? '') : ''),
    );
    reader.addEventListener('error', () => reject(reader.error ?? new Error('unreadable file')));
    reader.readAsDataURL(file);
  });
}
