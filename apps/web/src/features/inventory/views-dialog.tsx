import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { useNavigate } from 'react-router';
import { useT } from '@/app/i18n.ts';
import { explainError } from '@/app/problem.ts';
import { useCloudPaths } from '@/features/accounts/paths.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Button, IconButton } from '@/ui/button.tsx';
import { Checkbox } from '@/ui/choice.tsx';
import { Dialog } from '@/ui/dialog.tsx';
import { Field } from '@/ui/field.tsx';
import { FormError } from '@/ui/form.tsx';
import { Input } from '@/ui/input.tsx';
import { toast } from '@/ui/toast-store.ts';
import { Badge } from '@/ui/badge.tsx';
import { useResourceFilters } from './filters.ts';
import { inventoryApi, viewsQuery } from './queries.ts';

/** The saved views, and the form that saves the present one. */
export function ViewsDialog({ onClose }: { onClose: () => void }) {
  const t = useT('inventory');
  const place = useWorkspacePlace();
  const to = useCloudPaths();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { data: views } = useQuery(viewsQuery(place));
  const [filters] = useResourceFilters();
  const refresh = () => client.invalidateQueries({ queryKey: viewsQuery(place).queryKey });
  return (
    <Dialog open onOpenChange={onClose} title={t('views.title')} description={t('views.text')}>
      <div className="flex flex-col gap-5">
        {views?.length === 0 ? <p className="text-ink-2">{t('views.empty')}</p> : null}
        {views === undefined || views.length === 0 ? null : (
          <ul className="divide-y divide-line rounded-md border border-line">
            {views.map((view) => (
              <li key={view.id} className="flex items-center gap-2 px-3 py-1.5">
                <button
                  type="button"
                  className="min-w-0 flex-1 truncate rounded-sm text-left font-medium hover:text-accent-text"
                  onClick={() => {
                    void navigate(`${to.resources}?${view.search}`);
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
                    onClick={() => {
                      inventoryApi
                        .deleteView(place, view.id)
                        .then(refresh, (error: unknown) => toast.error(explainError(error)));
                    }}
                  >
                    <Trash2 />
                  </IconButton>
                ) : null}
              </li>
            ))}
          </ul>
        )}
        {filters.sortedSearch === '' ? (
          <p className="text-xs text-ink-3">{t('views.needsFilter')}</p>
        ) : (
          <SaveForm search={filters.sortedSearch} onSaved={refresh} />
        )}
      </div>
    </Dialog>
  );
}

function SaveForm({ search, onSaved }: { search: string; onSaved: () => Promise<unknown> }) {
  const t = useT('inventory');
  const place = useWorkspacePlace();
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (name.trim() === '') return;
    setBusy(true);
    setProblem(undefined);
    try {
      await inventoryApi.saveView(place, { name: name.trim(), search, shared });
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
              onChange={(event) => setName(event.target.value)}
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
