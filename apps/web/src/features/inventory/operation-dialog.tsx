import type { FieldValues } from '@cloudatlas/contracts/cloud';
import type { ResourceRow } from '@cloudatlas/contracts/inventory';
import { useQueryClient } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { useNavigate } from 'react-router';
import { useT } from '@/app/i18n.ts';
import { explainError } from '@/app/problem.ts';
import { DataFields } from '@/features/accounts/form/data-fields.tsx';
import {
  checkForm,
  fieldErrorsOf,
  initialValues,
  inputOf,
  type FieldErrors,
} from '@/features/accounts/form/rules.ts';
import { useLabels } from '@/features/accounts/labels.ts';
import { useCloudPaths } from '@/features/accounts/paths.ts';
import { useWorkspacePlace, workspaceKey } from '@/features/accounts/queries.ts';
import { Button } from '@/ui/button.tsx';
import { Dialog } from '@/ui/dialog.tsx';
import { Field } from '@/ui/field.tsx';
import { FormError, Notice } from '@/ui/form.tsx';
import { Input } from '@/ui/input.tsx';
import { toast } from '@/ui/toast-store.ts';
import { useOperationWords } from './operation-words.ts';
import { inventoryApi, type AvailableOperationView } from './queries.ts';

type Target = Pick<ResourceRow, 'id' | 'name' | 'type' | 'region'>;

interface OperationDialogProps {
  operation: AvailableOperationView;
  resources: readonly Target[];
  onClose: () => void;
  onOrdered: () => void;
}

/** Names shown before the rest is only counted. */
const namesShown = 6;

/** The question before an operation: what happens, to what, whether it can be undone. */
export function OperationDialog({ operation, resources, onClose, onOrdered }: OperationDialogProps) {
  const t = useT('inventory');
  const labels = useLabels();
  const words = useOperationWords();
  const order = useOrderOperation({ operation, resources, onClose, onOrdered });
  const [typed, setTyped] = useState('');
  const [values, setValues] = useState<FieldValues>(() => initialValues(operation.parameters));
  const [errors, setErrors] = useState<FieldErrors>({});
  const first = resources[0];
  if (first === undefined) return null;
  const label = labels.operation(operation.id, first.type, operation.label);
  const wanted = resources.length === 1 ? first.name : String(resources.length);
  const destructive = operation.confirm === 'typed';
  const ready = !destructive || typed.trim() === wanted.trim();

  const send = async (dryRun: boolean): Promise<void> => {
    const found = checkForm(operation.parameters, values, t);
    setErrors(found);
    if (Object.keys(found).length > 0) return;
    const rejected = await order.send(
      inputOf(operation.parameters, values),
      dryRun,
      destructive ? wanted : undefined,
    );
    if (rejected !== undefined) setErrors(rejected);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (ready && !order.busy) void send(false);
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={
        resources.length === 1
          ? t('operate.one', { operation: label, name: first.name })
          : t('operate.many', { operation: label, count: resources.length })
      }
    >
      <form noValidate onSubmit={submit} className="flex flex-col gap-4">
        <div className="flex gap-3">
          {destructive ? (
            <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-danger-text" />
          ) : null}
          <div className="min-w-0 flex-1 space-y-2 text-ink-2">
            <p>{words.effect(operation)}</p>
            <p>
              {operation.undo === null || operation.undo === operation.id
                ? destructive
                  ? t('operate.noUndo')
                  : t('operate.undoByHand')
                : t('operate.undo', { operation: labels.operation(operation.undo, first.type) })}
            </p>
            <Names resources={resources} />
          </div>
        </div>
        <DataFields
          form={operation.id}
          fields={operation.parameters}
          values={values}
          errors={errors}
          onChange={(name, value) => setValues((before) => ({ ...before, [name]: value }))}
        />
        {destructive ? (
          <Field label={t('ui:confirm.type', { text: wanted })}>
            {(control) => (
              <Input
                {...control}
                autoComplete="off"
                spellCheck={false}
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
              />
            )}
          </Field>
        ) : null}
        <FormError message={order.problem} />
        {order.refused === undefined ? null : <Notice tone="warn">{order.refused}</Notice>}
        <div className="flex flex-wrap justify-end gap-2">
          {operation.dryRun ? (
            <Button className="mr-auto" loading={order.busy} onClick={() => void send(true)}>
              {t('operate.dryRun')}
            </Button>
          ) : null}
          <Button onClick={onClose}>{t('ui:confirm.cancel')}</Button>
          <Button
            type="submit"
            variant={destructive ? 'danger' : 'primary'}
            loading={order.busy}
            disabledReason={ready ? undefined : t('ui:confirm.typeFirst')}
          >
            {label}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Names({ resources }: { resources: readonly Target[] }) {
  const t = useT('inventory');
  if (resources.length < 2) return null;
  return (
    <ul className="list-disc pl-5">
      {resources.slice(0, namesShown).map((resource) => (
        <li key={resource.id} className="truncate">
          {resource.name}
        </li>
      ))}
      {resources.length > namesShown ? (
        <li>{t('operate.more', { count: resources.length - namesShown })}</li>
      ) : null}
    </ul>
  );
}

/** Places the orders and says what came of it. */
function useOrderOperation({ operation, resources, onClose, onOrdered }: OperationDialogProps) {
  const t = useT('inventory');
  const words = useOperationWords();
  const place = useWorkspacePlace();
  const client = useQueryClient();
  const navigate = useNavigate();
  const to = useCloudPaths();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [refused, setRefused] = useState<string>();
  const names = new Map(resources.map((resource) => [resource.id, resource.name]));

  const send = async (
    parameters: FieldValues,
    dryRun: boolean,
    confirm?: string,
  ): Promise<FieldErrors | undefined> => {
    setBusy(true);
    setProblem(undefined);
    setRefused(undefined);
    try {
      const result = await inventoryApi.operate(place, {
        resourceIds: resources.map((resource) => resource.id),
        operation: operation.id,
        parameters,
        dryRun,
        ...(confirm === undefined ? {} : { confirm }),
      });
      await client.invalidateQueries({ queryKey: workspaceKey(place, 'resources') });
      void client.invalidateQueries({ queryKey: workspaceKey(place, 'orders') });
      const [order] = result.orders;
      if (order !== undefined) {
        const count = result.orders.length;
        toast.success(dryRun ? t('operate.checking', { count }) : t('operate.ordered', { count }), {
          action: {
            label: t('operate.see'),
            run: () => void navigate(result.orders.length === 1 ? to.order(order.id) : to.orders),
          },
        });
      }
      if (result.refused.length === 0) {
        onOrdered();
        onClose();
      } else {
        const lines = result.refused.map(
          ({ resourceId, reason }) =>
            `${names.get(resourceId) ?? resourceId}: ${words.blocked(reason) ?? reason}`,
        );
        setRefused(`${t('operate.refused', { count: result.refused.length })} ${lines.join('; ')}`);
      }
      return undefined;
    } catch (error) {
      const errors = fieldErrorsOf(error, operation.parameters);
      if (errors === undefined) setProblem(explainError(error));
      return errors;
    } finally {
      setBusy(false);
    }
  };
  return { send, busy, problem, refused };
}
