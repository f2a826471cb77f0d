import type { PriceList } from '@cloudatlas/contracts/accounts';
import { useQueryClient } from '@tanstack/react-query';
import { FileUp, Plus, RotateCcw } from 'lucide-react';
import { useRef, useState, type FormEvent } from 'react';
import { useT } from '@/app/i18n.ts';
import { explainError } from '@/app/problem.ts';
import { useExplainDenial, useOrganization } from '@/app/scope.tsx';
import { Button } from '@/ui/button.tsx';
import { Card } from '@/ui/card.tsx';
import { ConfirmDialog } from '@/ui/confirm-dialog.tsx';
import { Field } from '@/ui/field.tsx';
import { FormError, Notice } from '@/ui/form.tsx';
import { Input } from '@/ui/input.tsx';
import { toast } from '@/ui/toast-store.ts';
import { Money } from '@/ui/values.tsx';
import { bodyOf, draftOf, isCurrency, isPrice, readPrices } from './draft.ts';
import { priceListQuery, pricesApi } from './queries.ts';

/** Largest file of prices that is read, in bytes. */
const largestFile = 200_000;

/** The organization's prices beside the list, all saved at once. */
export function PriceForm({ list }: { list: PriceList }) {
  const t = useT('providers');
  const { slug, permissions, role } = useOrganization();
  const client = useQueryClient();
  const explain = useExplainDenial();
  // Prices hold in every workspace: a role in this one alone is not enough.
  const denial = permissions.includes('costs:write') ? undefined : explain(role, 'costs:write');
  const [draft, setDraft] = useState(() => draftOf(list));
  const [added, setAdded] = useState<readonly string[]>([]);
  const [refused, setRefused] = useState<readonly number[]>([]);
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [resetting, setResetting] = useState(false);
  const file = useRef<HTMLInputElement>(null);
  const body = bodyOf(draft);
  const known = new Set(list.items.map(({ sku }) => sku));
  const rows = [
    ...list.items,
    ...added
      .filter((sku) => !known.has(sku))
      .map((sku) => ({ sku, label: sku, unit: 'seat-month', listPrice: null, ownPrice: null })),
  ];
  const changed = () => client.invalidateQueries({ queryKey: priceListQuery(slug, list.provider).queryKey });

  const importFile = async (chosen: File | undefined): Promise<void> => {
    if (chosen === undefined) return;
    if (chosen.size > largestFile) {
      setProblem(t('prices.tooLarge'));
      return;
    }
    const read = readPrices(await chosen.text());
    setRefused(read.refused);
    setAdded((before) => [...new Set([...before, ...Object.keys(read.prices)])]);
    setDraft((before) => ({
      currency: read.currency ?? before.currency,
      prices: { ...before.prices, ...read.prices },
    }));
  };
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (body === undefined || busy || denial !== undefined) return;
    setBusy(true);
    setProblem(undefined);
    try {
      await pricesApi.put(slug, list.provider, body);
      toast.success(t('prices.saved'));
      await changed();
    } catch (error) {
      setProblem(explainError(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <form noValidate onSubmit={(event) => void save(event)} className="flex flex-col gap-4">
        <div className="flex flex-wrap items-end gap-3">
          <Field
            label={t('prices.currency')}
            className="w-32"
            error={isCurrency(draft.currency) ? undefined : t('prices.badCurrency')}
          >
            {(control) => (
              <Input
                {...control}
                maxLength={3}
                autoComplete="off"
                spellCheck={false}
                disabled={denial !== undefined}
                value={draft.currency}
                onChange={(event) => setDraft({ ...draft, currency: event.target.value.toUpperCase() })}
              />
            )}
          </Field>
          <AddProduct disabledReason={denial} onAdd={(sku) => setAdded([...added, sku])} />
          <span className="flex flex-1 flex-wrap justify-end gap-2">
            <input
              ref={file}
              type="file"
              hidden
              accept=".csv,text/csv"
              aria-label={t('prices.import')}
              onChange={({ currentTarget }) => {
                void importFile(currentTarget.files?.[0]);
                currentTarget.value = '';
              }}
            />
            <Button disabledReason={denial} onClick={() => file.current?.click()}>
              <FileUp /> {t('prices.import')}
            </Button>
            <Button
              disabledReason={denial ?? (list.changedAt === null ? t('prices.nothingToReset') : undefined)}
              onClick={() => setResetting(true)}
            >
              <RotateCcw /> {t('prices.reset')}
            </Button>
          </span>
        </div>
        {refused.length === 0 ? null : (
          <Notice tone="warn">{t('prices.refused', { lines: refused.join(', ') })}</Notice>
        )}
        <FormError message={problem} />
        <Card
          flush
          footer={
            <Button
              type="submit"
              variant="primary"
              loading={busy}
              disabledReason={denial ?? (body === undefined ? t('prices.fix') : undefined)}
            >
              {t('prices.save')}
            </Button>
          }
        >
          <table className="w-full table-fixed border-collapse">
            <thead>
              <tr className="border-b border-line text-left">
                <th scope="col" className="px-4 py-2 label-caps">
                  {t('prices.product')}
                </th>
                <th scope="col" className="w-24 px-2 py-2 text-right label-caps sm:w-32">
                  {t('prices.list')}
                </th>
                <th scope="col" className="w-32 px-4 py-2 text-right label-caps sm:w-44">
                  {t('prices.own', { currency: draft.currency })}
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ sku, label, listPrice }) => {
                const text = draft.prices[sku] ?? '';
                return (
                  <tr key={sku} className="border-b border-line last:border-b-0">
                    <th scope="row" className="px-4 py-1.5 text-left font-medium">
                      <span className="block truncate">{label}</span>
                      {label === sku ? null : (
                        <code className="block truncate font-mono text-xs font-normal text-ink-3">{sku}</code>
                      )}
                    </th>
                    <td className="px-2 py-1.5 text-right text-ink-2">
                      {listPrice === null ? <span className="text-ink-3">–</span> : <Money {...listPrice} />}
                    </td>
                    <td className="px-4 py-1.5">
                      <Input
                        dense
                        inputMode="decimal"
                        autoComplete="off"
                        className="text-right"
                        aria-label={t('prices.ownOf', { product: label })}
                        aria-invalid={isPrice(text) ? undefined : true}
                        disabled={denial !== undefined}
                        placeholder={t('prices.asListed')}
                        value={text}
                        onChange={(event) =>
                          setDraft({
                            ...draft,
                            prices: { ...draft.prices, [sku]: event.target.value.trim() },
                          })
                        }
                      />
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </Card>
      </form>
      {/* Beside the form: its own submit would be one of the form around it. */}
      <ConfirmDialog
        open={resetting}
        onOpenChange={setResetting}
        title={t('prices.resetTitle')}
        confirmLabel={t('prices.reset')}
        destructive
        explain={explainError}
        onConfirm={async () => {
          await pricesApi.reset(slug, list.provider);
          setDraft({ currency: list.items[0]?.listPrice?.currency ?? 'USD', prices: {} });
          setAdded([]);
          await changed();
        }}
      >
        {t('prices.resetText')}
      </ConfirmDialog>
    </>
  );
}

/** A product that the list does not know, by its id. */
function AddProduct({
  disabledReason,
  onAdd,
}: {
  disabledReason: string | undefined;
  onAdd: (sku: string) => void;
}) {
  const t = useT('providers');
  const [sku, setSku] = useState('');
  const fits = /^[\w.-]{1,100}$/.test(sku);
  return (
    <div className="flex items-end gap-2">
      <Field label={t('prices.addProduct')} className="w-52">
        {(control) => (
          <Input
            {...control}
            spellCheck={false}
            autoComplete="off"
            maxLength={100}
            disabled={disabledReason !== undefined}
            value={sku}
            onChange={(event) => setSku(event.target.value.trim())}
          />
        )}
      </Field>
      <Button
        disabledReason={disabledReason ?? (fits ? undefined : t('prices.skuFirst'))}
        onClick={() => {
          onAdd(sku);
          setSku('');
        }}
      >
        <Plus /> {t('prices.add')}
      </Button>
    </div>
  );
}
