import type { FieldValues } from '@cloudatlas/contracts/cloud';
import type { CloudAccount } from '@cloudatlas/contracts/accounts';
import { useMemo, useRef, useState, type FormEvent } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useT } from '@/app/i18n.ts';
import { explainError } from '@/app/problem.ts';
import { DataFields } from '@/features/accounts/form/data-fields.tsx';
import {
  applies,
  checkForm,
  fieldErrorsOf,
  initialValues,
  inputOf,
  type FieldErrors,
} from '@/features/accounts/form/rules.ts';
import { useLabels } from '@/features/accounts/labels.ts';
import { useWorkspacePlace, workspaceKey } from '@/features/accounts/queries.ts';
import { Button } from '@/ui/button.tsx';
import { Card } from '@/ui/card.tsx';
import { FormError } from '@/ui/form.tsx';
import { OrderView } from '../order-view.tsx';
import { inventoryApi, type CreatableView } from '../queries.ts';
import { Estimate } from './estimate.tsx';
import { Picker } from './picker.tsx';

interface CreateFormProps {
  account: CloudAccount;
  creatable: CreatableView;
  region: string;
}

/** The form of a creatable, its price, and the order it becomes. */
export function CreateForm({ account, creatable, region }: CreateFormProps) {
  const t = useT('inventory');
  const labels = useLabels();
  const place = useWorkspacePlace();
  const client = useQueryClient();
  const [values, setValues] = useState<FieldValues>(() => initialValues(creatable.fields));
  const [errors, setErrors] = useState<FieldErrors>({});
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [orderId, setOrderId] = useState<string>();
  const [created, setCreated] = useState(false);
  /** The same for a repeated press, another for another content: nothing is created twice by accident. */
  const key = useRef({ content: '', key: '' });
  const visible = creatable.fields.filter((field) => applies(field, values));
  // Secrets and files are of no use to a picker or a price.
  const plain = useMemo(
    () =>
      inputOf(
        creatable.fields.filter(({ kind }) => kind !== 'secret' && kind !== 'file'),
        values,
      ),
    [creatable, values],
  );
  const required = useMemo(
    () => new Set(creatable.fields.filter((field) => field.required).map((field) => field.name)),
    [creatable],
  );
  const creation = { accountId: account.id, creatable: creatable.id, region };

  const change = (name: string, value: FieldValues[string]): void => {
    setValues((before) => {
      const next = { ...before, [name]: value };
      // What depended on it was chosen for the former value.
      for (const field of creatable.fields) {
        if (field.dependsOn?.includes(name) === true) delete next[field.name];
      }
      return next;
    });
    setErrors((before) => Object.fromEntries(Object.entries(before).filter(([field]) => field !== name)));
  };
  const send = async (dryRun: boolean): Promise<void> => {
    setProblem(undefined);
    const found = checkForm(creatable.fields, values, t);
    setErrors(found);
    if (Object.keys(found).length > 0) {
      setProblem(t('create.check', { count: Object.keys(found).length }));
      return;
    }
    const input = inputOf(creatable.fields, values);
    const content = `${String(dryRun)} ${JSON.stringify(plain)}`;
    if (key.current.content !== content) key.current = { content, key: crypto.randomUUID() };
    setBusy(true);
    try {
      const order = await inventoryApi.create(place, {
        ...creation,
        input,
        dryRun,
        idempotencyKey: key.current.key,
      });
      setOrderId(order.id);
      setCreated(!dryRun);
      void client.invalidateQueries({ queryKey: workspaceKey(place, 'orders') });
    } catch (error) {
      const rejected = fieldErrorsOf(error, creatable.fields);
      if (rejected !== undefined) setErrors(rejected);
      setProblem(explainError(error));
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!busy) void send(false);
  };
  if (created && orderId !== undefined) {
    return (
      <Card
        title={t('create.progress')}
        actions={
          <Button
            size="sm"
            onClick={() => {
              key.current = { content: '', key: '' };
              setCreated(false);
              setOrderId(undefined);
            }}
          >
            {t('create.another')}
          </Button>
        }
      >
        <OrderView orderId={orderId} />
      </Card>
    );
  }
  return (
    <form
      noValidate
      onSubmit={submit}
      className="grid min-w-0 items-start gap-5 lg:grid-cols-[minmax(0,1.6fr)_minmax(0,1fr)]"
    >
      <Card title={labels.type(creatable.type)}>
        <div className="flex flex-col gap-4">
          <DataFields
            form={creatable.id}
            fields={visible}
            values={values}
            errors={errors}
            onChange={change}
            renderPicker={(picker) => (
              <Picker {...picker} creation={creation} input={plain} values={values} required={required} />
            )}
          />
          <FormError message={problem} />
        </div>
      </Card>
      <div className="flex min-w-0 flex-col gap-5 lg:sticky lg:top-5">
        <Estimate creation={creation} input={plain} />
        {orderId === undefined ? null : (
          <Card title={t('create.dryRunTitle')}>
            <OrderView orderId={orderId} />
          </Card>
        )}
        <div className="flex flex-wrap justify-end gap-2">
          {creatable.dryRun ? (
            <Button loading={busy} onClick={() => void send(true)}>
              {t('operate.dryRun')}
            </Button>
          ) : null}
          <Button type="submit" variant="primary" loading={busy}>
            {t('create.submit')}
          </Button>
        </div>
      </div>
    </form>
  );
}
