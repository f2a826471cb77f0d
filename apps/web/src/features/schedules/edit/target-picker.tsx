import type { ResourceRow } from '@cloudatlas/contracts/inventory';
import { useQuery } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { useT } from '@/app/i18n.ts';
import { useLabels } from '@/features/accounts/labels.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { StateBadge } from '@/features/inventory/state-badge.tsx';
import { Button, IconButton } from '@/ui/button.tsx';
import { Checkbox } from '@/ui/choice.tsx';
import { Field } from '@/ui/field.tsx';
import { Input } from '@/ui/input.tsx';
import { targetSearchQuery } from '../queries.ts';
import type { Chosen, DraftTag } from './draft.ts';
import { useSettled } from './use-settled.ts';

const maxTags = 10;

interface TargetPickerProps {
  resources: readonly Chosen[];
  tags: readonly DraftTag[];
  error: string | undefined;
  onResources: (resources: readonly Chosen[]) => void;
  onTags: (tags: readonly DraftTag[]) => void;
}

/** Resources one by one, found by name, id or tag; and resources by the tags they have when it runs. */
export function TargetPicker({ resources, tags, error, onResources, onTags }: TargetPickerProps) {
  const t = useT('schedules');
  return (
    <fieldset className="flex min-w-0 flex-col gap-3 rounded-md border border-line p-3">
      <legend className="px-1 font-medium">{t('targets.title')}</legend>
      <ResourceSearch chosen={resources} error={error} onChange={onResources} />
      {resources.length === 0 ? null : (
        <ul aria-label={t('targets.chosen')} className="flex flex-wrap gap-1.5">
          {resources.map((resource) => (
            <li
              key={resource.id}
              className="inline-flex max-w-full items-center gap-1 rounded-md bg-hover py-0.5 pl-2 pr-0.5"
            >
              <span className="truncate">{resource.name}</span>
              <IconButton
                size="sm"
                label={t('targets.removeResource', { name: resource.name })}
                onClick={() => onResources(resources.filter(({ id }) => id !== resource.id))}
              >
                <X />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      <Tags tags={tags} onChange={onTags} />
    </fieldset>
  );
}

function ResourceSearch({
  chosen,
  error,
  onChange,
}: {
  chosen: readonly Chosen[];
  error: string | undefined;
  onChange: (resources: readonly Chosen[]) => void;
}) {
  const t = useT('schedules');
  const labels = useLabels();
  const [typed, setTyped] = useState('');
  const [open, setOpen] = useState(chosen.length === 0);
  const q = useSettled(typed.trim(), typed.trim());
  const { data } = useQuery({ ...targetSearchQuery(useWorkspacePlace(), q), enabled: open });
  const ids = new Set(chosen.map(({ id }) => id));
  const toggle = ({ id, name, type }: ResourceRow): void =>
    onChange(ids.has(id) ? chosen.filter((each) => each.id !== id) : [...chosen, { id, name, type }]);
  return (
    <>
      <Field label={t('targets.search')} error={error} help={t('targets.help')}>
        {(control) => (
          <Input
            {...control}
            type="search"
            autoComplete="off"
            placeholder={t('targets.placeholder')}
            value={typed}
            onFocus={() => setOpen(true)}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </Field>
      {!open || data === undefined ? null : data.items.length === 0 ? (
        <p className="text-ink-2">{t('targets.nothing')}</p>
      ) : (
        <ul
          aria-label={t('targets.found')}
          className="max-h-48 divide-y divide-line overflow-y-auto rounded-md border border-line"
        >
          {data.items.map((row) => (
            <li key={row.id}>
              <label
                htmlFor={`target-${row.id}`}
                className="flex cursor-pointer items-center gap-3 px-3 py-1.5 hover:bg-hover"
              >
                <Checkbox
                  id={`target-${row.id}`}
                  checked={ids.has(row.id)}
                  onCheckedChange={() => toggle(row)}
                />
                <span className="min-w-0 flex-1">
                  <span className="block truncate">{row.name}</span>
                  <span className="block truncate text-xs text-ink-3">
                    {labels.type(row.type)} · {labels.region(row.region)}
                  </span>
                </span>
                <StateBadge resource={row} />
              </label>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Tags({
  tags,
  onChange,
}: {
  tags: readonly DraftTag[];
  onChange: (tags: readonly DraftTag[]) => void;
}) {
  const t = useT('schedules');
  const set = (index: number, patch: Partial<DraftTag>): void =>
    onChange(tags.map((tag, at) => (at === index ? { ...tag, ...patch } : tag)));
  return (
    <div className="flex flex-col gap-2">
      {tags.length === 0 ? null : <p className="text-xs text-ink-3">{t('targets.tagsHelp')}</p>}
      {tags.map((tag, index) => (
        <div key={`${index} of ${tags.length}`} className="flex items-center gap-2">
          <Input
            aria-label={t('targets.tagKey', { n: index + 1 })}
            placeholder={t('targets.key')}
            autoComplete="off"
            value={tag.key}
            onChange={(event) => set(index, { key: event.target.value })}
          />
          <span aria-hidden>=</span>
          <Input
            aria-label={t('targets.tagValue', { n: index + 1 })}
            placeholder={t('targets.anyValue')}
            autoComplete="off"
            value={tag.value}
            onChange={(event) => set(index, { value: event.target.value })}
          />
          <IconButton
            size="sm"
            label={t('targets.removeTag', { n: index + 1 })}
            onClick={() => onChange(tags.toSpliced(index, 1))}
          >
            <X />
          </IconButton>
        </div>
      ))}
      <span>
        <Button
          size="sm"
          disabledReason={tags.length >= maxTags ? t('targets.enoughTags') : undefined}
          onClick={() => onChange([...tags, { key: '', value: '' }])}
        >
          <Plus /> {t('targets.addTag')}
        </Button>
      </span>
    </div>
  );
}
