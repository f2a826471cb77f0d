import { round, sum, times } from '../decimal.ts';
import { CloudError, invalidInput, unsupported, type FieldIssue } from '../errors.ts';
import { checkFields, type FieldOption, type FieldValues } from '../fields.ts';
import type { PriceQuery, PriceQuote } from '../observations.ts';
import type {
  CostEstimate,
  CreatableType,
  CreateRequest,
  CreateResult,
  Reconciliation,
} from '../operations.ts';
import type { ResourceRef } from '../resource.ts';
import { checkToken } from './adapter.ts';
import { textMap } from './parameters.ts';
import { formsOf } from './secret-forms.ts';

/*
 * How an adapter declares what it can create. The scope `S` is whatever its calls need;
 * CreateCatalogue makes the contract's methods of it.
 */

/** An order to create; input is checked and has its defaults. */
export interface CreateOrder {
  readonly input: FieldValues;
  readonly clientToken: string;
  readonly dryRun: boolean;
  /** Tells that a resource exists now, before the next step begins. */
  readonly onCreated: (resource: ResourceRef) => Promise<void>;
}

/** A billed part of what an input would create. */
export interface PricedPart {
  readonly label: string;
  readonly query: PriceQuery;
  /** Units per month as a decimal string, e.g. `730` hours, `100` GiB. */
  readonly quantity: string;
}

/** What an input would cost; `assumptions` name what is left out. */
export interface PricePlan {
  readonly parts: readonly PricedPart[];
  readonly assumptions: readonly string[];
}

/** Choices of a picker field; `input` holds what the form has so far. */
export type Picker<S> = (scope: S, input: FieldValues) => Promise<readonly FieldOption[]>;

/** One thing that can be created. */
export interface Creator<S> {
  readonly descriptor: CreatableType;
  /** By field name. */
  readonly pickers: Readonly<Record<string, Picker<S>>>;
  /** Checks that single fields can't express. */
  check?(input: FieldValues): readonly FieldIssue[];
  plan(region: string, input: FieldValues): PricePlan;
  create(scope: S, order: CreateOrder): Promise<CreateResult>;
  /** What exists because of an order; undefined when it can't be told. */
  find(
    scope: S,
    order: Pick<CreateOrder, 'input' | 'clientToken'>,
  ): Promise<readonly ResourceRef[] | undefined>;
}

/** Hours of an average month, as a quantity. */
export const HOURS = '730';

/** List price of a query; undefined where neither the provider nor the table knows. */
export type Quoter = (query: PriceQuery, signal?: AbortSignal) => Promise<PriceQuote | undefined>;

/** Turns creators into the creation methods of the contract. */
export class CreateCatalogue<S> {
  readonly creators: readonly Creator<S>[];
  readonly descriptors: readonly CreatableType[];
  readonly #label: string;

  /** @param label the provider's name in messages */
  constructor(label: string, creators: readonly Creator<S>[]) {
    this.#label = label;
    this.creators = creators;
    this.descriptors = creators.map((creator) => creator.descriptor);
  }

  #creator(id: string): Creator<S> {
    const creator = this.creators.find((one) => one.descriptor.id === id);
    if (!creator) throw unsupported(`${id} can not be created`);
    return creator;
  }

  /** Choices of a picker field. @throws CloudError `unsupported` */
  async options(
    scopeOf: () => S | Promise<S>,
    request: { readonly creatable: string; readonly field: string; readonly input: FieldValues },
  ): Promise<readonly FieldOption[]> {
    const { pickers } = this.#creator(request.creatable);
    const picker = Object.hasOwn(pickers, request.field) ? pickers[request.field] : undefined;
    if (!picker)
      throw unsupported(`${request.field} of ${request.creatable} has no choices from the account`);
    return picker(await scopeOf(), request.input);
  }

  /** Creates; see the contract. */
  async create(scopeOf: () => S | Promise<S>, request: CreateRequest): Promise<CreateResult> {
    checkToken(request.clientToken);
    // It becomes a part of addresses: nothing that would lead elsewhere.
    if (!/^[a-z0-9-]*$/i.test(request.region))
      throw invalidInput([{ field: 'region', message: 'is not the name of a region' }]);
    const creator = this.#creator(request.creatable);
    const dryRun = request.dryRun === true;
    if (dryRun && !creator.descriptor.dryRun)
      throw unsupported(`${this.#label} has no dry run for ${creator.descriptor.label}`);
    const input = checked(creator, request.input);
    const onCreated = async (resource: ResourceRef): Promise<void> => {
      await request.onCreated?.(resource);
    };
    const { clientToken } = request;
    try {
      return await creator.create(await scopeOf(), { input, clientToken, dryRun, onCreated });
    } catch (error) {
      throw error instanceof CloudError ? withoutSecrets(creator, input, error) : error;
    }
  }

  /** Whether a creation happened; see the contract. */
  async reconcile(scopeOf: () => S | Promise<S>, request: CreateRequest): Promise<Reconciliation> {
    const creator = this.#creator(request.creatable);
    const input = checked(creator, request.input);
    const found = await creator.find(await scopeOf(), { input, clientToken: request.clientToken });
    if (found === undefined)
      return {
        happened: 'unknown',
        resources: [],
        evidence: 'something of that name exists without the mark of this order',
      };
    return {
      happened: found.length > 0 ? 'yes' : 'no',
      resources: [...found],
      evidence: found.length > 0 ? found.map((r) => r.id).join(', ') : 'nothing bears the mark of this order',
    };
  }

  /** Monthly list price of an input; incomplete inputs give what can be told. */
  async estimate(
    quoteOf: Quoter,
    request: { creatable: string; region: string; input: FieldValues; signal?: AbortSignal },
  ): Promise<CostEstimate> {
    const creator = this.#creator(request.creatable);
    const { values } = checkFields(creator.descriptor.fields, request.input);
    const { parts, assumptions } = creator.plan(request.region, values);
    const quotes = await Promise.all(
      parts.map(async (part) => ({ part, quote: await quoteOf(part.query, request.signal) })),
    );
    const priced = quotes.flatMap(({ part, quote }) => (quote ? [{ part, quote }] : []));
    const items = priced.map(({ part, quote }) => ({
      label: part.label,
      quantity: part.quantity,
      unit: quote.unit,
      unitPrice: quote.price,
      monthly: {
        amount: round(times(quote.price.amount, part.quantity), 4),
        currency: quote.price.currency,
      },
    }));
    const sources = new Set(priced.map(({ quote }) => quote.source));
    const currencies = new Set(items.map((item) => item.monthly.currency));
    return {
      // Prices of several currencies have no sum.
      monthly:
        priced.length === parts.length && currencies.size <= 1
          ? {
              amount: sum(['0', ...items.map((i) => i.monthly.amount)]),
              currency: [...currencies][0] ?? 'USD',
            }
          : null,
      items,
      source:
        sources.size === 0 ? 'none' : sources.size === 2 ? 'mixed' : sources.has('live') ? 'live' : 'bundled',
      asOf: priced.map(({ quote }) => quote.asOf).sort()[0] ?? new Date().toISOString().slice(0, 10),
      assumptions: [...assumptions],
    };
  }
}

function checked<S>(creator: Creator<S>, input: FieldValues): FieldValues {
  const { values, issues } = checkFields(creator.descriptor.fields, input);
  const all = issues.length > 0 ? issues : (creator.check?.(values) ?? []);
  if (all.length > 0) throw invalidInput(all);
  return values;
}

/** Values of secret fields, so that a provider's message can't carry them on. */
function withoutSecrets<S>(creator: Creator<S>, input: FieldValues, error: CloudError): CloudError {
  const secrets = creator.descriptor.fields
    .filter((f) => f.kind === 'secret' || f.sensitive === true)
    .flatMap((f) =>
      // Short values (`1`, `true`) are no secrets, and taking them out would garble the message.
      f.kind === 'tags'
        ? Object.values(textMap(input, f.name)).filter((v) => v.length >= 6)
        : [input[f.name]],
    );
  const message = secrets
    .flatMap((secret) => (typeof secret === 'string' && secret.length > 0 ? formsOf(secret) : []))
    .reduce((text, form) => text.replaceAll(form, '[redacted]'), error.problem.message);
  return new CloudError({ ...error.problem, message }, error.leftovers);
}
