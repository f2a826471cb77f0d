import { CloudError, invalidInput, unsupported } from '../../errors.ts';
import { checkFields, type FieldValues } from '../../fields.ts';
import type { CostEstimate, CreateRequest, CreateResult, Reconciliation } from '../../operations.ts';
import { round, sum, times } from '../../decimal.ts';
import { textMap } from '../../shared/parameters.ts';
import { checkToken } from '../../shared/adapter.ts';
import type { PriceBook } from '../prices.ts';
import type { Scope } from '../scope.ts';
import { ec2Instance } from './ec2-instance.ts';
import { lambdaFunction } from './lambda-function.ts';
import type { Creator } from './model.ts';
import { rdsInstance } from './rds-instance.ts';
import { s3Bucket } from './s3-bucket.ts';
import { vpcWithSubnets } from './vpc.ts';

/** Everything that can be created. */
export const CREATORS: readonly Creator[] = [
  ec2Instance,
  s3Bucket,
  rdsInstance,
  lambdaFunction,
  vpcWithSubnets,
];

/** The creator of an id; throws `unsupported`. */
export function creatorOf(id: string): Creator {
  const creator = CREATORS.find((c) => c.descriptor.id === id);
  if (!creator) throw unsupported(`${id} can not be created`);
  return creator;
}

function checked(creator: Creator, input: FieldValues): FieldValues {
  const { values, issues } = checkFields(creator.descriptor.fields, input);
  const all = issues.length > 0 ? issues : (creator.check?.(values) ?? []);
  if (all.length > 0) throw invalidInput(all);
  return values;
}

/** Values of secret fields, so that a provider's message can't carry them on. */
function withoutSecrets(creator: Creator, input: FieldValues, error: CloudError): CloudError {
  const secrets = creator.descriptor.fields
    .filter((f) => f.kind === 'secret' || f.sensitive === true)
    .flatMap((f) =>
      // Short values (`1`, `true`) are no secrets, and taking them out would garble the message.
      f.kind === 'tags'
        ? Object.values(textMap(input, f.name)).filter((v) => v.length >= 6)
        : [input[f.name]],
    );
  const message = secrets.reduce<string>(
    (text, secret) =>
      typeof secret === 'string' && secret.length > 0 ? text.replaceAll(secret, '[redacted]') : text,
    error.problem.message,
  );
  return new CloudError({ ...error.problem, message }, error.leftovers);
}

/** Creates; see the contract. */
export async function create(scope: Scope, request: CreateRequest): Promise<CreateResult> {
  checkToken(request.clientToken);
  const creator = creatorOf(request.creatable);
  const dryRun = request.dryRun === true;
  if (dryRun && !creator.descriptor.dryRun)
    throw unsupported(`AWS has no dry run for ${creator.descriptor.label}`);
  const input = checked(creator, request.input);
  const onCreated = async (resource: CreateResult['resources'][number]): Promise<void> => {
    await request.onCreated?.(resource);
  };
  try {
    return await creator.create(scope, { input, clientToken: request.clientToken, dryRun, onCreated });
  } catch (error) {
    throw error instanceof CloudError ? withoutSecrets(creator, input, error) : error;
  }
}

/** Whether a creation happened; see the contract. */
export async function reconcileCreate(scope: Scope, request: CreateRequest): Promise<Reconciliation> {
  const creator = creatorOf(request.creatable);
  const found = await creator.find(scope, {
    input: checked(creator, request.input),
    clientToken: request.clientToken,
  });
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
export async function estimate(
  book: PriceBook,
  request: { creatable: string; region: string; input: FieldValues; signal?: AbortSignal },
): Promise<CostEstimate> {
  const creator = creatorOf(request.creatable);
  const { values } = checkFields(creator.descriptor.fields, request.input);
  const { parts, assumptions } = creator.plan(request.region, values);
  const quotes = await Promise.all(
    parts.map(async (part) => ({ part, quote: await book.quote(part.query, request.signal) })),
  );
  const priced = quotes.flatMap(({ part, quote }) => (quote ? [{ part, quote }] : []));
  const items = priced.map(({ part, quote }) => ({
    label: part.label,
    quantity: part.quantity,
    unit: quote.unit,
    unitPrice: quote.price,
    monthly: { amount: round(times(quote.price.amount, part.quantity), 4), currency: quote.price.currency },
  }));
  const sources = new Set(priced.map(({ quote }) => quote.source));
  return {
    monthly:
      priced.length === parts.length
        ? { amount: sum(['0', ...items.map((i) => i.monthly.amount)]), currency: 'USD' }
        : null,
    items,
    source:
      sources.size === 0 ? 'none' : sources.size === 2 ? 'mixed' : sources.has('live') ? 'live' : 'bundled',
    asOf: priced.map(({ quote }) => quote.asOf).sort()[0] ?? new Date().toISOString().slice(0, 10),
    assumptions: [...assumptions],
  };
}
