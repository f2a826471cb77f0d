import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { explainError } from '@/app/problem.ts';
import { OptionList } from '@/features/accounts/form/data-fields.tsx';
import { useWorkspacePlace, workspaceKey } from '@/features/accounts/queries.ts';
import { useOperationWords } from '@/features/inventory/operation-words.ts';
import { inventoryApi } from '@/features/inventory/queries.ts';
import { Button } from '@/ui/button.tsx';
import { Dialog } from '@/ui/dialog.tsx';
import { Field } from '@/ui/field.tsx';
import { FormError, Notice } from '@/ui/form.tsx';
import { Tabs } from '@/ui/tabs.tsx';
import { userFacts } from '../facts.ts';
import type { Row } from '../queries.ts';
import type { SubscriptionRow } from '../use-subscriptions.ts';
import { affected, changeOf, undoOf, type Holder, type LicenceChange, type Verb } from './changes.ts';

interface LicenceDialogProps {
  users: readonly Row[];
  subscriptions: readonly SubscriptionRow[];
  onClose: () => void;
  onChanged: (change: LicenceChange) => void;
}

/** Gives licences to users, or takes them away. */
export function LicenceDialog({ users, subscriptions, onClose, onChanged }: LicenceDialogProps) {
  const t = useT('microsoft365');
  const place = useWorkspacePlace();
  const client = useQueryClient();
  const words = useOperationWords();
  const holders: Holder[] = users.map((row) => ({ id: row.id, licences: userFacts(row).licences }));
  const holdsAny = holders.some(({ licences }) => licences.length > 0);
  const [verb, setVerb] = useState<Verb>(holdsAny ? 'remove' : 'assign');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [refused, setRefused] = useState<string>();
  const options = useOptions(verb, holders, users, subscriptions);
  const body = changeOf(verb, holders, chosen);
  const [first] = users;
  if (first === undefined) return null;

  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (body === undefined || busy) return;
    setBusy(true);
    setProblem(undefined);
    setRefused(undefined);
    try {
      const result = await inventoryApi.operate(place, body);
      const placed = new Set(result.orders.map(({ resourceId }) => resourceId));
      const ordered = holders.filter(({ id }) => placed.has(id));
      if (ordered.length > 0)
        onChanged({
          verb,
          users: users.filter(({ id }) => placed.has(id)).map(({ id, name }) => ({ id, name })),
          licences: options.filter(({ value }) => chosen.includes(value)).map(({ label }) => label),
          orderIds: result.orders.map(({ id }) => id),
          undo: undoOf(verb, ordered, chosen),
        });
      void client.invalidateQueries({ queryKey: workspaceKey(place, 'resources') });
      void client.invalidateQueries({ queryKey: workspaceKey(place, 'orders') });
      if (result.refused.length === 0) onClose();
      else
        setRefused(
          result.refused
            .map(({ resourceId, reason }) => {
              const name = users.find(({ id }) => id === resourceId)?.name ?? resourceId;
              return `${name}: ${words.blocked(reason) ?? reason}`;
            })
            .join('; '),
        );
    } catch (error) {
      setProblem(explainError(error));
    } finally {
      setBusy(false);
    }
  };
  const list = (
    <Field label={t(`licences.which.${verb}`)}>
      {(control) =>
        options.length === 0 ? (
          <p id={control.id} className="text-ink-3">
            {t('licences.noneHeld')}
          </p>
        ) : (
          <OptionList
            control={control}
            label={t(`licences.which.${verb}`)}
            options={options}
            value={chosen}
            onChange={setChosen}
          />
        )
      }
    </Field>
  );
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={
        users.length === 1
          ? t('licences.ofUser', { name: first.name })
          : t('licences.ofUsers', { count: users.length })
      }
    >
      <form noValidate onSubmit={(event) => void send(event)} className="flex flex-col gap-4">
        <Tabs
          label={t('licences.change')}
          value={verb}
          onChange={(next) => {
            setVerb(next === 'assign' ? 'assign' : 'remove');
            setChosen([]);
          }}
          tabs={[
            { value: 'remove', label: t('licences.verb.remove'), content: list },
            { value: 'assign', label: t('licences.verb.assign'), content: list },
          ]}
        />
        <p className="text-ink-2">{t(`licences.effect.${verb}`)}</p>
        <FormError message={problem} />
        {refused === undefined ? null : <Notice tone="warn">{refused}</Notice>}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{t('ui:confirm.cancel')}</Button>
          <Button
            type="submit"
            variant="primary"
            loading={busy}
            disabledReason={body === undefined ? t('licences.chooseFirst') : undefined}
          >
            {t(`licences.verb.${verb}`)}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** What can be chosen: for a removal what anybody holds, for an assignment what the users' tenants have seats of. */
function useOptions(
  verb: Verb,
  holders: readonly Holder[],
  users: readonly Row[],
  subscriptions: readonly SubscriptionRow[],
) {
  const t = useT('microsoft365');
  const format = useFormat();
  const tenants = new Set(users.map(({ accountId }) => accountId));
  const known = new Map(subscriptions.map((one) => [one.facts.skuId, one]));
  const held = new Map(
    holders.flatMap(({ licences }) => licences.map((licence) => [licence.skuId, licence.name] as const)),
  );
  if (verb === 'remove') return [...held].map(([value, label]) => ({ value, label }));
  return [...known.values()]
    .filter(({ row }) => tenants.has(row.accountId))
    .map(({ row, facts }) => {
      const wanted = holders.filter((holder) => affected('assign', holder, [facts.skuId]).length > 0).length;
      const reason =
        wanted === 0
          ? t('licences.alreadyHeld')
          : facts.unused < wanted
            ? t('licences.tooFew', { count: facts.unused, formatted: format.number(facts.unused) })
            : undefined;
      return {
        value: facts.skuId,
        label: row.name,
        detail: t('licences.free', { count: facts.unused, formatted: format.number(facts.unused) }),
        ...(reason === undefined ? {} : { disabledReason: reason }),
      };
    });
}
