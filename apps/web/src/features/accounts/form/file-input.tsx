import type { Field } from '@cloudatlas/contracts/cloud';
import { FileArchive } from 'lucide-react';
import { useState } from 'react';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import type { FieldControl } from '@/ui/field.tsx';
import { fieldClasses } from '@/ui/input.tsx';

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
  return (
    <div className="flex flex-col gap-1.5">
      <input
        {...control}
        type="file"
        aria-invalid={tooLarge || control['aria-invalid'] === true || undefined}
        className={`${fieldClasses} border-field-line py-1 file:mr-3 file:rounded-sm file:bg-hover file:px-2 file:py-0.5 file:font-medium file:text-ink`}
        onChange={(event) => void choose(event.target.files?.[0])}
      />
      {chosen === undefined || value === '' ? null : (
        <p className="flex items-center gap-1.5 text-xs text-ink-2">
          <FileArchive aria-hidden className="size-3.5" />
          {t('form.fileChosen', {
            name: chosen.name,
            size: format.number(Math.max(0.01, Math.round((chosen.size / mebibyte) * 100) / 100)),
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
