import type { AllocationRules } from '@cloudatlas/contracts/cost-control';
import { useQueryClient } from '@tanstack/react-query';
import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useT } from '@/app/i18n.ts';
import { explainError } from '@/app/problem.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Button, IconButton } from '@/ui/button.tsx';
import { Dialog } from '@/ui/dialog.tsx';
import { Field } from '@/ui/field.tsx';
import { FormError } from '@/ui/form.tsx';
import { Input } from '@/ui/input.tsx';
import { Select } from '@/ui/select.tsx';
import { toast } from '@/ui/toast-store.ts';
import { controlApi } from '../control-queries.ts';
import { costsKey } from '../queries.ts';
import { CostFilters } from '../report/filters.tsx';
import type { Filter } from '../state.ts';

type Assign = AllocationRules['assign'][number];
type Shared = AllocationRules['shared'][number];
const methods = ['even', 'proportional', 'fixed'] as const;

interface AllocationDialogProps {
  rules: AllocationRules;
  tagKeys: readonly string[];
  onClose: () => void;
}

const asFilters = (match: Assign['match']): Filter[] => match.map((each) => ({ ...each, exclude: false }));
const asMatch = (filters: readonly Filter[]): Assign['match'] =>
  filters.map(({ dimension, values }) => ({ dimension, values }));

/** The list with an entry moved by one place. */
function moved<Item>(items: readonly Item[], index: number, by: -1 | 1): Item[] {
  const next = [...items];
  const [item] = next.splice(index, 1);
  if (item !== undefined) next.splice(index + by, 0, item);
  return next;
}

/** Which tag names the owner, who gets what has no tag, and how shared cost is split. */
export function AllocationDialog({ rules, tagKeys, onClose }: AllocationDialogProps) {
  const t = useT('costs');
  const place = useWorkspacePlace();
  const client = useQueryClient();
  const [tagKey, setTagKey] = useState(rules.tagKey);
  const [assign, setAssign] = useState(rules.assign);
  const [shared, setShared] = useState(rules.shared);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const incomplete =
    tagKey.trim() === '' ||
    assign.some(({ match, owner }) => match.length === 0 || owner.trim() === '') ||
    shared.some(
      ({ match, method, weights }) =>
        match.length === 0 || (method === 'fixed' && Object.keys(weights).length === 0),
    );
  const save = async (): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      await controlApi.saveAllocation(place, { tagKey: tagKey.trim(), assign, shared });
      toast.success(t('allocation.saved'));
      onClose();
      await client.invalidateQueries({ queryKey: costsKey(place, 'control') });
    } catch (error) {
      setProblem(explainError(error));
      setBusy(false);
    }
  };
  const setOne = <Item,>(items: readonly Item[], index: number, item: Item): Item[] =>
    items.map((each, position) => (position === index ? item : each));
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="lg"
      title={t('allocation.rules')}
      description={t('allocation.rulesText')}
      footer={
        <>
          <Button onClick={onClose}>{t('ui:confirm.cancel')}</Button>
          <Button
            variant="primary"
            loading={busy}
            disabledReason={incomplete ? t('allocation.incomplete') : undefined}
            onClick={() => void save()}
          >
            {t('save')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-6">
        <Field label={t('allocation.tag')} help={t('allocation.tagHelp')}>
          {(control) => (
            <>
              <Input
                {...control}
                list="allocation-tags"
                maxLength={256}
                value={tagKey}
                onChange={({ target: { value } }) => setTagKey(value)}
              />
              <datalist id="allocation-tags">
                {tagKeys.map((key) => (
                  <option key={key} value={key}>
                    {key}
                  </option>
                ))}
              </datalist>
            </>
          )}
        </Field>
        <section className="flex flex-col gap-2">
          <h3 className="font-semibold">{t('allocation.assign')}</h3>
          <p className="text-ink-2">{t('allocation.assignText')}</p>
          {assign.map((rule, index) => (
            <RuleFrame
              key={index}
              name={t('allocation.rule', { n: index + 1 })}
              index={index}
              count={assign.length}
              onMove={(by) => setAssign(moved(assign, index, by))}
              onRemove={() => setAssign(assign.toSpliced(index, 1))}
            >
              <CostFilters
                mayExclude={false}
                filters={asFilters(rule.match)}
                tagKeys={tagKeys}
                onChange={(filters) => setAssign(setOne(assign, index, { ...rule, match: asMatch(filters) }))}
              />
              <Field label={t('allocation.column.owner')}>
                {(control) => (
                  <Input
                    {...control}
                    maxLength={256}
                    value={rule.owner}
                    onChange={({ target: { value } }) =>
                      setAssign(setOne(assign, index, { ...rule, owner: value }))
                    }
                  />
                )}
              </Field>
            </RuleFrame>
          ))}
          <span>
            <Button size="sm" onClick={() => setAssign([...assign, { match: [], owner: '' }])}>
              <Plus /> {t('allocation.addAssign')}
            </Button>
          </span>
        </section>
        <section className="flex flex-col gap-2">
          <h3 className="font-semibold">{t('allocation.shared')}</h3>
          <p className="text-ink-2">{t('allocation.sharedText')}</p>
          {shared.map((rule, index) => (
            <RuleFrame
              key={index}
              name={t('allocation.rule', { n: index + 1 })}
              index={index}
              count={shared.length}
              onMove={(by) => setShared(moved(shared, index, by))}
              onRemove={() => setShared(shared.toSpliced(index, 1))}
            >
              <CostFilters
                mayExclude={false}
                filters={asFilters(rule.match)}
                tagKeys={tagKeys}
                onChange={(filters) => setShared(setOne(shared, index, { ...rule, match: asMatch(filters) }))}
              />
              <SplitFields rule={rule} onChange={(next) => setShared(setOne(shared, index, next))} />
            </RuleFrame>
          ))}
          <span>
            <Button
              size="sm"
              onClick={() =>
                setShared([...shared, { match: [], method: 'proportional', owners: [], weights: {} }])
              }
            >
              <Plus /> {t('allocation.addShared')}
            </Button>
          </span>
        </section>
        <FormError message={problem} />
      </div>
    </Dialog>
  );
}

interface RuleFrameProps {
  name: string;
  index: number;
  count: number;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
  children: ReactNode;
}

/** A rule in its place: the first that fits wins, so the order counts. */
function RuleFrame({ name, index, count, onMove, onRemove, children }: RuleFrameProps) {
  const t = useT('costs');
  return (
    <fieldset className="flex flex-col gap-3 rounded-md border border-line p-3">
      <legend className="sr-only">{name}</legend>
      <div className="flex items-center gap-1">
        <span aria-hidden className="flex-1 label-caps">
          {name}
        </span>
        <IconButton
          size="sm"
          label={t('allocation.up', { name })}
          disabled={index === 0}
          onClick={() => onMove(-1)}
        >
          <ArrowUp />
        </IconButton>
        <IconButton
          size="sm"
          label={t('allocation.down', { name })}
          disabled={index === count - 1}
          onClick={() => onMove(1)}
        >
          <ArrowDown />
        </IconButton>
        <IconButton size="sm" label={t('allocation.remove', { name })} onClick={onRemove}>
          <Trash2 />
        </IconButton>
      </div>
      {children}
    </fieldset>
  );
}

/** Reads `team=60, platform=40`; what is no weight is left out. */
function parseWeights(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split(',').flatMap((part) => {
      const [owner = '', weight = ''] = part.split('=').map((side) => side.trim());
      return owner !== '' && /^\d{1,9}(?:\.\d{1,6})?$/.test(weight) ? [[owner, weight]] : [];
    }),
  );
}

function SplitFields({ rule, onChange }: { rule: Shared; onChange: (rule: Shared) => void }) {
  const t = useT('costs');
  const [owners, setOwners] = useState(rule.owners.join(', '));
  const [weights, setWeights] = useState(
    Object.entries(rule.weights)
      .map(([owner, weight]) => `${owner}=${weight}`)
      .join(', '),
  );
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Field label={t('allocation.method')} help={t(`allocation.methodHelp.${rule.method}`)}>
        {(control) => (
          <Select
            {...control}
            value={rule.method}
            onChange={({ target: { value } }) =>
              onChange({ ...rule, method: methods.find((name) => name === value) ?? 'even' })
            }
            options={methods.map((name) => ({ value: name, label: t(`allocation.methodName.${name}`) }))}
          />
        )}
      </Field>
      {rule.method === 'fixed' ? (
        <Field label={t('allocation.weights')} help={t('allocation.weightsHelp')}>
          {(control) => (
            <Input
              {...control}
              value={weights}
              onChange={({ target: { value } }) => {
                setWeights(value);
                onChange({ ...rule, weights: parseWeights(value) });
              }}
            />
          )}
        </Field>
      ) : (
        <Field label={t('allocation.owners')} help={t('allocation.ownersHelp')}>
          {(control) => (
            <Input
              {...control}
              value={owners}
              onChange={({ target: { value } }) => {
                setOwners(value);
                onChange({
                  ...rule,
                  owners: value
                    .split(',')
                    .map((owner) => owner.trim())
                    .filter((owner) => owner !== ''),
                });
              }}
            />
          )}
        </Field>
      )}
    </div>
  );
}
