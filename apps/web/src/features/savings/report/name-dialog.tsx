import { useState, type FormEvent } from 'react';
import { useT } from '@/app/i18n.ts';
import { Button } from '@/ui/button.tsx';
import { Dialog } from '@/ui/dialog.tsx';
import { Field } from '@/ui/field.tsx';
import { Input } from '@/ui/input.tsx';

/** Asks under which name a filter is kept. */
export function NameDialog({ onClose, onName }: { onClose: () => void; onName: (name: string) => void }) {
  const t = useT('savings');
  const [name, setName] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (name.trim() !== '') onName(name.trim());
  };
  return (
    <Dialog open onOpenChange={onClose} title={t('saved.save')} description={t('saved.text')} width="sm">
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field label={t('saved.name')}>
          {(control) => (
            <Input
              {...control}
              maxLength={60}
              value={name}
              onChange={({ target: { value } }) => setName(value)}
            />
          )}
        </Field>
        <span className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('ui:confirm.cancel')}</Button>
          <Button type="submit" variant="primary">
            {t('save')}
          </Button>
        </span>
      </form>
    </Dialog>
  );
}
