import { useQueryClient } from '@tanstack/react-query';
import { FileUp } from 'lucide-react';
import { useId, useRef, useState, type DragEvent } from 'react';
import { useT } from '@/app/i18n.ts';
import { explainError } from '@/app/problem.ts';
import { useDenial } from '@/app/scope.tsx';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Button } from '@/ui/button.tsx';
import { Card } from '@/ui/card.tsx';
import { Checkbox } from '@/ui/choice.tsx';
import { cn } from '@/ui/cn.ts';
import { Field } from '@/ui/field.tsx';
import { FormError } from '@/ui/form.tsx';
import { Select } from '@/ui/select.tsx';
import { costsKey } from '../queries.ts';
import { fileTypes, problemOfFiles, startUpload } from './uploads.ts';

const existing = ['replace', 'append', 'refuse'] as const;
const dateOrders = ['dmy', 'mdy'] as const;

/** Takes cost files dropped or chosen, with how to read them. */
export function Dropzone() {
  const t = useT('costs');
  const place = useWorkspacePlace();
  const client = useQueryClient();
  const denial = useDenial('costs:write');
  const input = useRef<HTMLInputElement>(null);
  const describedBy = useId();
  const [over, setOver] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [onExisting, setOnExisting] = useState<(typeof existing)[number]>('replace');
  const [decimalComma, setDecimalComma] = useState(false);
  const [dateOrder, setDateOrder] = useState('');
  const [force, setForce] = useState(false);

  const take = async (files: readonly File[]): Promise<void> => {
    if (files.length === 0 || busy || denial !== undefined) return;
    const wrong = problemOfFiles(files);
    setProblem(wrong === null ? undefined : t(`upload.problem.${wrong}`));
    if (wrong !== null) return;
    setBusy(true);
    const order = dateOrders.find((name) => name === dateOrder);
    try {
      await startUpload(
        place,
        files,
        {
          onExisting,
          force,
          reading: { decimalComma, ...(order === undefined ? {} : { dateOrder: order }) },
        },
        () => void client.invalidateQueries({ queryKey: costsKey(place, 'imports') }),
      );
    } catch (error) {
      setProblem(explainError(error));
    } finally {
      setBusy(false);
    }
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    void take([...event.dataTransfer.files]);
  };

  return (
    <Card title={t('upload.title')} description={t('upload.text')}>
      <div
        onDragOver={(event) => {
          event.preventDefault();
          setOver(denial === undefined);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        className={cn(
          'flex flex-col items-center gap-3 rounded-lg border border-dashed px-4 py-8 text-center',
          over ? 'border-accent bg-accent-soft' : 'border-line-strong bg-sunken',
        )}
      >
        <FileUp aria-hidden className="size-6 text-ink-3" strokeWidth={1.75} />
        <p id={describedBy} className="text-ink-2">
          {t('upload.drop')}
        </p>
        <input
          ref={input}
          type="file"
          multiple
          hidden
          accept={fileTypes}
          aria-label={t('upload.choose')}
          onChange={({ currentTarget }) => {
            void take([...(currentTarget.files ?? [])]);
            currentTarget.value = '';
          }}
        />
        <Button
          variant="primary"
          loading={busy}
          disabledReason={denial}
          aria-describedby={describedBy}
          onClick={() => input.current?.click()}
        >
          {t('upload.choose')}
        </Button>
      </div>
      <div className="mt-3 empty:hidden">
        <FormError message={problem} />
      </div>
      <details className="mt-3">
        <summary className="w-fit cursor-pointer rounded-sm text-ink-2">{t('upload.options')}</summary>
        <div className="mt-3 grid gap-4 sm:grid-cols-2">
          <Field label={t('upload.existing')} help={t(`upload.existingHelp.${onExisting}`)}>
            {(control) => (
              <Select
                {...control}
                value={onExisting}
                onChange={({ target: { value } }) =>
                  setOnExisting(existing.find((name) => name === value) ?? 'replace')
                }
                options={existing.map((name) => ({ value: name, label: t(`upload.on.${name}`) }))}
              />
            )}
          </Field>
          <Field label={t('upload.dates')} help={t('upload.datesHelp')}>
            {(control) => (
              <Select
                {...control}
                value={dateOrder}
                placeholder={t('upload.order.none')}
                onChange={({ target: { value } }) => setDateOrder(value)}
                options={dateOrders.map((name) => ({ value: name, label: t(`upload.order.${name}`) }))}
              />
            )}
          </Field>
          <label className="flex items-center gap-2">
            <Checkbox checked={decimalComma} onCheckedChange={(on) => setDecimalComma(on === true)} />
            {t('upload.decimalComma')}
          </label>
          <label className="flex items-center gap-2">
            <Checkbox checked={force} onCheckedChange={(on) => setForce(on === true)} />
            {t('upload.force')}
          </label>
        </div>
      </details>
    </Card>
  );
}
