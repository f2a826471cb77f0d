import { ApiError } from '../../http.ts';
import type { Json } from '../subscription.ts';
import { SECONDS, type Behaviour } from './model.ts';

export const accounts: Behaviour = {
  create(place, account, existing) {
    if (!/^[a-z0-9]{3,24}$/.test(account.name))
      throw new ApiError(
        400,
        'AccountNameInvalid',
        `${account.name} is not a valid storage account name. Storage account name must be between 3 and 24 characters in length and use numbers and lower-case letters only.`,
      );
    if (!existing && place.isTaken(account.type, account.name))
      throw new ApiError(
        409,
        'StorageAccountAlreadyTaken',
        `The storage account named ${account.name} is already taken.`,
      );
    account.sku ??= { name: 'Standard_LRS' };
    account.sku['tier'] = String(account.sku['name']).split('_')[0];
    account.kind ??= 'StorageV2';
    account.properties['accessTier'] ??= 'Hot';
    account.properties['creationTime'] ??= new Date(existing?.createdAt ?? place.now).toISOString();
    account.properties['primaryEndpoints'] = { blob: `https://${account.name}.blob.core.windows.net/` };
    account.properties['primaryLocation'] = account.location;
  },
  patch(_place, account, body) {
    const tier = (body['properties'] as Json | undefined)?.['accessTier'];
    if (tier !== undefined) account.properties['accessTier'] = tier;
    if (body['sku']) account.sku = { ...account.sku, ...(body['sku'] as Json) };
  },
};

export const sqlServers: Behaviour = {
  create(place, server, existing) {
    if (!existing && place.isTaken(server.type, server.name))
      throw new ApiError(
        409,
        'NameAlreadyExists',
        `The name '${server.name}' already exists. Choose a different name.`,
      );
    if (!existing && !server.properties['administratorLoginPassword'])
      throw new ApiError(
        400,
        'InvalidParameter',
        "Required parameter 'administratorLoginPassword' is missing.",
      );
    delete server.properties['administratorLoginPassword'];
    server.properties['state'] = 'Ready';
    server.properties['fullyQualifiedDomainName'] = `${server.name}.database.windows.net`;
    server.properties['version'] = '12.0';
  },
};

export const sqlDatabases: Behaviour = {
  create(place, database, existing) {
    if (!existing && !place.subscription.find(database.id.replace(/\/databases\/[^/]+$/, '')))
      throw new ApiError(
        404,
        'ParentResourceNotFound',
        `Failed to perform 'write' on resource(s) of type 'servers/databases', because the parent resource could not be found.`,
      );
    database.sku ??= { name: 'GP_S_Gen5', tier: 'GeneralPurpose', capacity: 1 };
    database.properties['status'] = 'Online';
    database.properties['creationDate'] ??= new Date(existing?.createdAt ?? place.now).toISOString();
    database.properties['currentSku'] = database.sku;
    database.properties['currentServiceObjectiveName'] = database.sku['name'];
    database.properties['maxSizeBytes'] ??= 34_359_738_368;
  },
  patch(place, database, body) {
    if (!body['sku']) return;
    database.sku = body['sku'] as Json;
    database.properties['status'] = 'Scaling';
    database.pending = {
      until: place.after(SECONDS.update),
      settle(resource) {
        resource.properties['status'] = 'Online';
        resource.properties['currentSku'] = resource.sku;
        resource.properties['currentServiceObjectiveName'] = resource.sku?.['name'];
      },
    };
  },
};
