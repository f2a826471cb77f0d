import { CloudProblem } from '@cloudatlas/cloud/errors';
import { Field } from '@cloudatlas/cloud/fields';
import { Feature, PermissionFinding } from '@cloudatlas/cloud/permissions';
import { z } from 'zod';
import { DisplayName, Id, Instant, pageOf } from './common.ts';

const ProviderId = z.string().regex(/^[a-z0-9]{2,20}$/);

/** A provider that can be connected, with the forms of its credentials as data. GET …/providers. */
export const CloudProvider = z.object({
  id: ProviderId,
  label: z.string(),
  credentialMethods: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      help: z.string().nullable(),
      fields: z.array(Field),
    }),
  ),
  /** Places other than the provider's own cloud that the operator of this installation allows, e.g. the bundled simulator. */
  endpoints: z.array(z.object({ id: z.string(), label: z.string() })),
  services: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      scope: z.enum(['regional', 'global']),
      resourceTypes: z.array(
        z.object({ id: z.string(), label: z.string(), category: z.string(), taggable: z.boolean() }),
      ),
    }),
  ),
});
export type CloudProvider = z.infer<typeof CloudProvider>;
export const CloudProviderList = z.object({ items: z.array(CloudProvider) });

/** Credentials as the form gave them; never returned by any route. */
export const CredentialsInput = z.strictObject({
  method: z.string().max(40),
  values: z
    .record(z.string().max(60), z.string().max(20_000))
    .refine((values) => Object.keys(values).length <= 20, 'has too many fields'),
});

export const AccountHealth = z.object({
  /** `unknown` until the first test; `failing`: nothing works; `degraded`: permissions are missing. */
  status: z.enum(['unknown', 'ok', 'degraded', 'failing']),
  checkedAt: Instant.nullable(),
  problem: CloudProblem.nullable(),
  granted: z.number().int(),
  missing: z.number().int(),
});

export const CloudAccount = z.object({
  id: Id,
  provider: ProviderId,
  name: z.string(),
  /** Account, subscription, project or tenant id at the provider. */
  nativeId: z.string(),
  /** Acting user or role in the provider's notation. */
  principal: z.string(),
  method: z.string(),
  /** null: the provider's own cloud. */
  endpoint: z.string().nullable(),
  enabled: z.boolean(),
  /** What the person chose to let CloudAtlas do; what is not in here is never tried. */
  features: z.array(Feature),
  health: AccountHealth,
  credentialsChangedAt: Instant,
  createdAt: Instant,
});
export type CloudAccount = z.infer<typeof CloudAccount>;
/** GET …/accounts. */
export const CloudAccountList = pageOf(CloudAccount);

/** POST …/accounts/check: tries credentials without storing them. */
export const CheckAccountBody = z.strictObject({
  provider: ProviderId,
  endpoint: z.string().max(60).optional(),
  credentials: CredentialsInput,
  features: z.array(Feature).min(1).max(6),
});
export const AccountCheck = z.object({
  nativeId: z.string(),
  principal: z.string(),
  alias: z.string().nullable(),
  regions: z.array(z.object({ id: z.string(), label: z.string() })),
  permissions: z.array(PermissionFinding),
  /** Account in this workspace that is the same one at the provider. */
  alreadyConnected: Id.nullable(),
});
export type AccountCheck = z.infer<typeof AccountCheck>;

/** POST …/accounts → 201. */
export const ConnectAccountBody = CheckAccountBody.extend({ name: DisplayName });
/** GET, PATCH, DELETE …/accounts/{accountId}. */
export const UpdateAccountBody = z.strictObject({
  name: DisplayName.optional(),
  enabled: z.boolean().optional(),
  features: z.array(Feature).min(1).max(6).optional(),
});
/** Body of DELETE: the name typed again. */
export const DeleteAccountBody = z.strictObject({ confirm: z.string().max(200) });
/** PUT …/accounts/{accountId}/credentials: replaces them after proving that they open the same account. */
export const RotateCredentialsBody = z.strictObject({ credentials: CredentialsInput });
/** POST …/accounts/{accountId}/test → AccountTest. GET …/accounts/{accountId}/permissions → the last test. */
export const AccountTest = z.object({ account: CloudAccount, permissions: z.array(PermissionFinding) });

/** POST …/accounts/access-templates: least-privilege texts to copy. */
export const AccessTemplatesBody = z.strictObject({
  provider: ProviderId,
  features: z.array(Feature).min(1).max(6),
});
export const AccessTemplates = z.object({
  /** Shared secret of the workspace that roles must demand; null where the provider has no such thing. */
  externalId: z.string().nullable(),
  items: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      fileName: z.string(),
      mediaType: z.string(),
      text: z.string(),
    }),
  ),
});

const Price = z.object({ amount: z.string(), currency: z.string() });
/**
 * What a seat costs a month by product, for providers that bill by seat and tell no prices.
 * GET …/orgs/{org}/price-lists/{provider}; DELETE resets it to the provider's list.
 */
export const PriceList = z.object({
  provider: ProviderId,
  /** Day of the provider's list, YYYY-MM-DD. */
  asOf: z.string(),
  /** When the organization last changed its own prices; null while it has none. */
  changedAt: Instant.nullable(),
  items: z.array(
    z.object({
      sku: z.string(),
      label: z.string(),
      /** `seat-month` */
      unit: z.string(),
      /** null for a product that the organization added. */
      listPrice: Price.nullable(),
      /** null where the list price holds. */
      ownPrice: Price.nullable(),
    }),
  ),
});
export type PriceList = z.infer<typeof PriceList>;
/** PUT: replaces the organization's own prices; all are in one currency. */
export const PutPriceListBody = z.strictObject({
  currency: z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code'),
  items: z
    .array(
      z.strictObject({
        sku: z.string().regex(/^[\w.-]{1,100}$/, 'must be a product id of letters, digits, _, . and -'),
        price: z.string().regex(/^\d{1,7}(\.\d{1,4})?$/, 'must be an amount with at most 4 places'),
      }),
    )
    .max(500),
});
