import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { useNavigate } from 'react-router';
import { useT } from '@/app/i18n.ts';
import { explainError } from '@/app/problem.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
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
import { useCostPaths } from '../paths.ts';
import { costsApi, viewsQuery } from '../queries.ts';

interface ViewsDialogProps {
  /** The view on screen, as its address holds it. */
  search: string;
  onClose: () => void;
}

/** Opens, saves and removes views. */
export function ViewsDialog({ search, onClose }: ViewsDialogProps) {
  const t = useT('costs');
  const place = useWorkspacePlace();
  const to = useCostPaths();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { data: views, error } = useQuery(viewsQuery(place));
  const refresh = () => client.invalidateQueries({ queryKey: viewsQuery(place).queryKey });
  const remove = (id: string): void => {
    costsApi.removeView(place, id).then(refresh, (problem: unknown) => toast.error(explainError(problem)));
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
                    void navigate(to.costsWith(view.search));
                    onClose();
                  }}
                >
                  {view.name}
                </button>
                {view.shared ? <Badge>{t('views.shared')}</Badge> : null}
                {view.mine ? (
                  <IconButton
                    size="sm"
                    label={t('views.remove', { name: view.name })}
                    onClick={() => remove(view.id)}
                  >
                    <Trash2 />
                  </IconButton>
                ) : null}
              </li>
            ))}
          </ul>
        )}
        <SaveForm search={search} onSaved={refresh} />
      </div>
    </Dialog>
  );
}

function SaveForm({ search, onSaved }: { search: string; onSaved: () => Promise<void> }) {
  const t = useT('costs');
  const place = useWorkspacePlace();
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
      await costsApi.saveView(place, { name: name.trim(), search, shared });
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
