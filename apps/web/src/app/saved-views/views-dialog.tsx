import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { Badge } from '@/ui/badge.tsx';
import { Button, IconButton } from '@/ui/button.tsx';
import { Checkbox } from '@/ui/choice.tsx';
import { Dialog } from '@/ui/dialog.tsx';
import { Field } from '@/ui/field.tsx';
import { FormError } from '@/ui/form.tsx';
import { Input } from '@/ui/input.tsx';
import { SkeletonLines } from '@/ui/skeleton.tsx';
import { ErrorState } from '@/ui/states.tsx';
import { toast } from '@/ui/toast-store.ts';
import { useT } from '../i18n.ts';
import { explainError } from '../problem.ts';
import { savedViewsApi, savedViewsQuery } from './queries.ts';

export interface ViewsDialogProps {
  /** Address of the page's views. */
  url: string;
  /** The view on screen as a query string; null when nothing is filtered that could be saved. */
  search: string | null;
  onOpen: (search: string) => void;
  onClose: () => void;
}

/** Opens, saves and removes views. */
export function ViewsDialog({ url, search, onOpen, onClose }: ViewsDialogProps) {
  const t = useT('ui');
  const client = useQueryClient();
  const { data: views, error } = useQuery(savedViewsQuery(url));
  const refresh = () => client.invalidateQueries({ queryKey: savedViewsQuery(url).queryKey });
  const remove = (id: string): void => {
    savedViewsApi.remove(url, id).then(refresh, (problem: unknown) => toast.error(explainError(problem)));
  };
  return (
    <Dialog open onOpenChange={onClose} title={t('views.title')} description={t('views.text')}>
      <div className="flex flex-col gap-5">
        {views === undefined ? error === null ? <SkeletonLines /> : <ErrorState error={error} /> : null}
        {views?.length === 0 ? <p className="text-ink-2">{t('views.empty')}</p> : null}
        {views === undefined || views.length === 0 ? null : (
          <ul className="divide-y divide-line rounded-md border border-line">
            {views.map((view) => (
              <li key={view.id} className="flex items-center gap-2 px-3 py-1.5">
                <button
                  type="button"
                  className="min-w-0 flex-1 truncate rounded-sm text-left font-medium hover:text-accent-text"
                  onClick={() => {
                    onOpen(view.search);
                    onClose();
                  }}
                >
                  {view.name}
                </button>
                {view.shared ? <Badge>{t('views.shared')}</Badge> : null}
                {view.mine ? (
                  <IconButton
                    size="sm"
                    label={t('views.delete', { name: view.name })}
                    onClick={() => remove(view.id)}
                  >
                    <Trash2 />
                  </IconButton>
                ) : null}
              </li>
            ))}
          </ul>
        )}
        {search === null ? (
          <p className="text-xs text-ink-3">{t('views.needsFilter')}</p>
        ) : (
          <SaveForm url={url} search={search} onSaved={refresh} />
        )}
      </div>
    </Dialog>
  );
}

interface SaveFormProps {
  url: string;
  search: string;
  onSaved: () => Promise<unknown>;
}

function SaveForm({ url, search, onSaved }: SaveFormProps) {
  const t = useT('ui');
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (name.trim() === '' || busy) return;
    setBusy(true);
    setProblem(undefined);
    try {
      await savedViewsApi.save(url, { name: name.trim(), search, shared });
      setName('');
      toast.success(t('views.saved'));
      await onSaved();
    } catch (error) {
      setProblem(explainError(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={save} className="flex flex-col gap-3">
      <Field label={t('views.name')}>
        {(control) => (
          <div className="flex gap-2">
            <Input
              {...control}
              maxLength={120}
              value={name}
              onChange={({ target: { value } }) => setName(value)}
            />
            <Button type="submit" variant="primary" loading={busy}>
              {t('views.save')}
            </Button>
          </div>
        )}
      </Field>
      <label className="flex items-center gap-2">
        <Checkbox checked={shared} onCheckedChange={(on) => setShared(on === true)} />
        {t('views.share')}
      </label>
      <FormError message={problem} />
    </form>
  );
}
