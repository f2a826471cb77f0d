import type { CostSource } from '@cloudatlas/contracts/cost-imports';
import { useQueryClient } from '@tanstack/react-query';
import { useApiForm } from '@/app/form.ts';
import { useT } from '@/app/i18n.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Button } from '@/ui/button.tsx';
import { Dialog } from '@/ui/dialog.tsx';
import { Field } from '@/ui/field.tsx';
import { FormError } from '@/ui/form.tsx';
import { Input } from '@/ui/input.tsx';
import { Select } from '@/ui/select.tsx';
import { toast } from '@/ui/toast-store.ts';
import { importsApi, sourcesQuery } from '../import-queries.ts';

interface SourceDialogProps {
  source: CostSource;
  onClose: () => void;
}

interface Values {
  mode: CostSource['mode'];
  location?: { container: string; region: string; prefix: string };
}

const modes = ['query', 'export', 'off'] as const;

/** How an account delivers its costs: asked day by day, read from a bucket, or not at all. */
export function SourceDialog({ source, onClose }: SourceDialogProps) {
  const t = useT('costs');
  const place = useWorkspacePlace();
  const client = useQueryClient();
  const { form, register, submit, errorOf, busy, rootError } = useApiForm<Values>(
    async () => (await import('@cloudatlas/contracts/cost-imports')).PutCostSourceBody,
    {
      mode: source.mode,
      ...(source.mode === 'export'
        ? { location: source.location ?? { container: '', region: '', prefix: '' } }
        : {}),
    },
  );
  const mode = form.watch('mode');
  const save = submit(async (values) => {
    await importsApi.putSource(place, source.accountId, values);
    toast.success(t('sources.saved'));
    onClose();
    await client.invalidateQueries({ queryKey: sourcesQuery(place).queryKey });
  });
  return (
    <Dialog open onOpenChange={onClose} title={t('sources.dialog', { name: source.accountName })}>
      <form onSubmit={save} noValidate className="flex flex-col gap-4">
        <Field label={t('sources.how')} error={errorOf('mode')} help={t(`sources.help.${mode}`)}>
          {(control) => (
            <Select
              {...control}
              value={mode}
              onChange={({ target: { value } }) => {
                const next = modes.find((name) => name === value) ?? 'off';
                form.reset({
                  mode: next,
                  ...(next === 'export'
                    ? { location: source.location ?? { container: '', region: '', prefix: '' } }
                    : {}),
                });
              }}
              options={modes.map((name) => ({ value: name, label: t(`sources.mode.${name}`) }))}
            />
          )}
        </Field>
        {mode === 'export' ? (
          <>
            <Field
              label={t('sources.container')}
              help={t('sources.containerHelp')}
              error={errorOf('location.container') ?? errorOf('location')}
            >
              {(control) => <Input {...control} spellCheck={false} {...register('location.container')} />}
            </Field>
            <Field label={t('sources.region')} error={errorOf('location.region')}>
              {(control) => <Input {...control} spellCheck={false} {...register('location.region')} />}
            </Field>
            <Field
              label={t('sources.prefix')}
              error={errorOf('location.prefix')}
              help={t('sources.prefixHelp')}
            >
              {(control) => <Input {...control} spellCheck={false} {...register('location.prefix')} />}
            </Field>
          </>
        ) : null}
        <FormError message={rootError} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('ui:confirm.cancel')}</Button>
          <Button type="submit" variant="primary" loading={busy}>
            {t('save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
