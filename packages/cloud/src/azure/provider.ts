import type { Connection, ConnectOptions, CredentialMethod, Identity, Provider } from '../contract.ts';
import type { Field } from '../fields.ts';
import type { PriceQuery } from '../observations.ts';
import { CatalogueRunner, describeServices, type Catalogue } from '../shared/adapter.ts';
import { mapLimited } from '../shared/concurrency.ts';
import { CatalogueConnection, type Pace } from '../shared/connection.ts';
import { checkedValues, clientSecretMethod } from '../shared/microsoft.ts';
import { clusters, plans, resourceGroups, sites } from './apps.ts';
import { disks, machines, snapshots } from './compute.ts';
import { listExports, readExportFile } from './cost-exports.ts';
import { COST_GROUPS, readCosts } from './costs.ts';
import { CREATION } from './create/catalogue.ts';
import { elasticPools, sqlDatabases, sqlServers, storageAccounts } from './data.ts';
import { METRIC_TYPES, readMetrics } from './metrics.ts';
import { addresses, interfaces, loadBalancers, natGateways, networks, securityGroups } from './network.ts';
import { OPERATIONS } from './operations.ts';
import { accessTemplates, PERMISSIONS, probe } from './permissions.ts';
import { PriceBook } from './price-book.ts';
import type { Scope } from './scope.ts';
import { AzureSession } from './session.ts';

/** A subscription is listed once over all its regions; its resources name theirs. */
const CATALOGUE: Catalogue<Scope> = {
  label: 'Azure',
  services: [
    { id: 'compute', label: 'Compute', scope: 'global', readers: [machines, disks, snapshots] },
    {
      id: 'network',
      label: 'Network',
      scope: 'global',
      readers: [addresses, interfaces, networks, securityGroups, loadBalancers, natGateways],
    },
    { id: 'storage', label: 'Storage', scope: 'global', readers: [storageAccounts] },
    { id: 'sql', label: 'SQL', scope: 'global', readers: [sqlServers, sqlDatabases, elasticPools] },
    { id: 'web', label: 'App Service', scope: 'global', readers: [sites, plans] },
    { id: 'aks', label: 'Kubernetes', scope: 'global', readers: [clusters] },
    { id: 'resources', label: 'Resource groups', scope: 'global', readers: [resourceGroups] },
  ],
  operations: OPERATIONS,
};
const RUNNER = new CatalogueRunner(CATALOGUE);
const SERVICES = describeServices(CATALOGUE.services);
const DESCRIPTORS = OPERATIONS.map((operation) => operation.descriptor);

const SUBSCRIPTION: Field = {
  name: 'subscriptionId',
  label: 'Subscription ID',
  kind: 'text',
  required: true,
  pattern: {
    source: '[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}',
    message: 'is a GUID such as 3f2504e0-4f89-41d3-9a0c-0305e82c3301',
  },
};
const METHODS: readonly CredentialMethod[] = [clientSecretMethod(SUBSCRIPTION)];

/** Questions to the price list under way together. */
const PRICES_AT_ONCE = 8;

/** One subscription through one application. */
class AzureConnection extends CatalogueConnection<Scope> implements Connection {
  readonly provider = 'azure';
  readonly services = SERVICES;
  readonly operations = DESCRIPTORS;
  readonly metricTypes = METRIC_TYPES;
  readonly costGroups = COST_GROUPS;
  readonly idsIgnoreCase = true;
  readonly billedAs: readonly string[];
  protected override readonly runner = RUNNER;
  protected override readonly creation = CREATION;
  protected override readonly pace: Pace;
  readonly #session: AzureSession;
  readonly #prices: PriceBook;

  constructor(values: Readonly<Record<string, string>>, options: ConnectOptions) {
    super();
    this.#session = new AzureSession(values, options);
    this.#prices = new PriceBook(this.#session);
    this.pace = this.#session.caller;
    this.billedAs = [`/subscriptions/${this.#session.subscriptionId}`];
  }

  async identity(signal?: AbortSignal): Promise<Identity> {
    const claims = await this.#session.claims(signal);
    const found = await this.#session.call(
      'subscriptions',
      'GET /subscriptions',
      (client, options) => client.subscriptions.get(this.#session.subscriptionId, options),
      { signal },
    );
    const principal = claims['oid'];
    return {
      accountId: this.#session.subscriptionId,
      principal: typeof principal === 'string' ? principal : '',
      ...(found.displayName === undefined ? {} : { alias: found.displayName }),
    };
  }

  async regions(signal?: AbortSignal) {
    const found: { id: string; label: string }[] = [];
    const pages = this.#session.pages(
      'subscriptions',
      'GET /subscriptions/locations',
      (client, options) => client.subscriptions.listLocations(this.#session.subscriptionId, options),
      signal,
    );
    for await (const page of pages)
      for (const { name, displayName } of page)
        if (name) found.push({ id: name, label: displayName ?? name });
    return found.toSorted((a, b) => a.id.localeCompare(b.id));
  }

  async probe(options: Parameters<Connection['probe']>[0] = {}) {
    return probe(this.#session, options.features, options.signal);
  }

  async metrics(request: Parameters<Connection['metrics']>[0]) {
    return readMetrics(this.#session, request);
  }

  async costs(request: Parameters<Connection['costs']>[0]) {
    return readCosts(this.#session, request);
  }

  async costExports(...[location, signal]: Parameters<Connection['costExports']>) {
    return listExports(this.#session, location, signal);
  }

  async readCostExport(...[location, key, signal]: Parameters<Connection['readCostExport']>) {
    return readExportFile(this.#session, location, key, signal);
  }

  override async prices(queries: readonly PriceQuery[], signal?: AbortSignal) {
    return mapLimited(queries, PRICES_AT_ONCE, (query) => this.#prices.quote(query, signal));
  }

  close(): void {
    this.#session.close();
  }

  protected override scope(region: string, signal: AbortSignal | undefined, rehearsal = false): Scope {
    return { session: this.#session, region, signal, rehearsal };
  }
}

/** Microsoft Azure: one subscription an account. */
export const azure: Provider = {
  id: 'azure',
  label: 'Microsoft Azure',
  billName: 'Microsoft',
  credentialMethods: METHODS,
  services: SERVICES,
  operations: DESCRIPTORS,
  creatables: CREATION.descriptors,
  metricTypes: METRIC_TYPES,
  permissions: PERMISSIONS,
  accessTemplates,
  connect: (credentials, options = {}) => new AzureConnection(checkedValues(METHODS, credentials), options),
};
