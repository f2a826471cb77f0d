import { useQueryClient } from '@tanstack/react-query';
import { Pencil } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { useT } from '@/app/i18n.ts';
import { explainError } from '@/app/problem.ts';
import { TagsInput } from '@/features/accounts/form/tags-input.tsx';
import { useCloudPaths } from '@/features/accounts/paths.ts';
import { useWorkspacePlace, workspaceKey } from '@/features/accounts/queries.ts';
import { Button } from '@/ui/button.tsx';
import { FormError } from '@/ui/form.tsx';
import { toast } from '@/ui/toast-store.ts';
import { useOperationWords } from '../operation-words.ts';
import { inventoryApi, type ResourceDetailView } from '../queries.ts';

/** The tags; each leads to the resources that share it. Edited here, changed at the provider by an order. */
export function Tags({ resource }: { resource: ResourceDetailView }) {
  const t = useT('inventory');
  const words = useOperationWords();
  const to = useCloudPaths();
  const [editing, setEditing] = useState(false);
  const tag = resource.operations.find((operation) => operation.id === 'tag');
  const entries = Object.entries(resource.tags);
  return (
    <section className="flex flex-col gap-2">
      <div className="flex items-center justify-between">
        <h3 className="font-semibold">{t('column.tags')}</h3>
        {tag === undefined || editing ? null : (
          <Button size="sm" disabledReason={words.blocked(tag.blockedBy)} onClick={() => setEditing(true)}>
            <Pencil /> {t('tags.edit')}
          </Button>
        )}
      </div>
      {editing ? <Editor resource={resource} onClose={() => setEditing(false)} /> : null}
      {!editing && entries.length === 0 ? <p className="text-ink-3">{t('tags.none')}</p> : null}
      {editing || entries.length === 0 ? null : (
        <ul className="flex flex-wrap gap-1.5">
          {entries.map(([key, value]) => (
            <li key={key} className="max-w-full">
              <Link
                to={to.resourcesWith([['tag', value === '' ? key : `${key}=${value}`]])}
                className="flex max-w-full rounded-sm border border-line bg-sunken px-1.5 py-0.5 text-xs hover:border-line-strong"
              >
                <span className="truncate text-ink-2">{key}</span>
                {value === '' ? null : <span className="ml-1.5 truncate font-medium">{value}</span>}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Editor({ resource, onClose }: { resource: ResourceDetailView; onClose: () => void }) {
  const t = useT('inventory');
  const words = useOperationWords();
  const place = useWorkspacePlace();
  const client = useQueryClient();
  const [tags, setTags] = useState<Record<string, string>>(resource.tags);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  const save = async (): Promise<void> => {
    const changed = Object.fromEntries(
      Object.entries(tags).filter(([key, value]) => resource.tags[key] !== value),
    );
    const removed = Object.keys(resource.tags).filter((key) => !(key in tags));
    const order = orderFor(changed, removed);
    if (order === undefined) {
      onClose();
      return;
    }
    setBusy(true);
    setProblem(undefined);
    try {
      const result = await inventoryApi.operate(place, { resourceIds: [resource.id], ...order });
      const [refusal] = result.refused;
      if (refusal !== undefined) {
        setProblem(words.blocked(refusal.reason));
        return;
      }
      toast.success(t('tags.ordered'));
      onClose();
      await client.invalidateQueries({ queryKey: workspaceKey(place, 'resources') });
    } catch (error) {
      setProblem(explainError(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="flex flex-col gap-3 rounded-md border border-line bg-sunken p-3">
      <TagsInput label={t('column.tags')} value={tags} onChange={setTags} />
      <FormError message={problem} />
      <div className="flex justify-end gap-2">
        <Button size="sm" onClick={onClose}>
          {t('ui:confirm.cancel')}
        </Button>
        <Button size="sm" variant="primary" loading={busy} onClick={() => void save()}>
          {t('tags.save')}
        </Button>
      </div>
    </div>
  );
}

/** One order for both kinds of change; undefined when nothing changed. */
function orderFor(changed: Record<string, string>, removed: string[]) {
  if (Object.keys(changed).length > 0) {
    return {
      operation: 'tag',
      parameters: { tags: changed, ...(removed.length === 0 ? {} : { remove: removed }) },
    };
  }
  return removed.length === 0 ? undefined : { operation: 'untag', parameters: { keys: removed } };
}
