import type { Connection, ConnectOptions, CredentialMethod, Identity, Provider } from '../contract.ts';
import { CloudError, invalidInput, unsupported } from '../errors.ts';
import type { PriceQuery } from '../observations.ts';
import { GLOBAL_REGION } from '../resource.ts';
import { CatalogueRunner, describeServices, type Catalogue } from '../shared/adapter.ts';
import { CatalogueConnection, type Pace } from '../shared/connection.ts';
import { checkedValues, clientSecretMethod } from '../shared/microsoft.ts';
import { readCosts } from './costs.ts';
import { GraphSession } from './graph.ts';
import { groups, teams } from './groups.ts';
import { subscriptions } from './licensing.ts';
import { OPERATIONS } from './operations.ts';
import { accessTemplates, PERMISSIONS, probe } from './permissions.ts';
import { LICENCES, PriceList, PRICES_AS_OF } from './prices.ts';
import type { Scope } from './scope.ts';
import { secureControls, secureScore } from './security.ts';
import { users } from './users.ts';

const CATALOGUE: Catalogue<Scope> = {
  label: 'Microsoft 365',
  services: [
    { id: 'users', label: 'Users', scope: 'global', readers: [users] },
    { id: 'licensing', label: 'Licences', scope: 'global', readers: [subscriptions] },
    { id: 'groups', label: 'Groups and Teams', scope: 'global', readers: [groups, teams] },
    { id: 'security', label: 'Security', scope: 'global', readers: [secureScore, secureControls] },
  ],
  operations: OPERATIONS,
};
const RUNNER = new CatalogueRunner(CATALOGUE);
const SERVICES = describeServices(CATALOGUE.services);
const DESCRIPTORS = OPERATIONS.map((operation) => operation.descriptor);
const METHODS: readonly CredentialMethod[] = [clientSecretMethod()];

/** One tenant through one application. */
class M365Connection extends CatalogueConnection<Scope> implements Connection {
  readonly provider = 'm365';
  readonly services = SERVICES;
  readonly operations = DESCRIPTORS;
  readonly metricTypes = [];
  protected override readonly runner = RUNNER;
  protected override readonly pace: Pace;
  readonly #graph: GraphSession;
  readonly #prices: PriceList;

  constructor(values: Readonly<Record<string, string>>, options: ConnectOptions) {
    super();
    this.#graph = new GraphSession(values, options);
    this.#prices = new PriceList(options.priceList);
    this.pace = this.#graph.caller;
  }

  async identity(signal?: AbortSignal): Promise<Identity> {
    await this.#graph.claims(signal);
    const who = { accountId: this.#graph.tenantId, principal: this.#graph.clientId };
    try {
      const answer = await this.#graph.get<{ value?: { displayName?: string }[] }>(
        '/organization?$select=id,displayName',
        { signal },
      );
      const alias = answer.value?.[0]?.displayName;
      return alias ? { ...who, alias } : who;
    } catch (error) {
      // The name is a nicety; its permission shows up in the probe.
      if (error instanceof CloudError && error.kind === 'denied') return who;
      throw error;
    }
  }

  async regions() {
    return [{ id: GLOBAL_REGION, label: 'Global' }];
  }

  async probe(options: Parameters<Connection['probe']>[0] = {}) {
    return probe(this.#graph, options.features, options.signal);
  }

  async metrics(request: Parameters<Connection['metrics']>[0]) {
    if (request.targets.length > 0)
      throw invalidInput([
        { field: 'targets', message: 'Microsoft 365 has no metrics; usage is in the resources' },
      ]);
    return [];
  }

  async costs(request: Parameters<Connection['costs']>[0]) {
    return readCosts(this.scope('', request.signal), request);
  }

  async costExports() {
    return [];
  }

  async readCostExport(): Promise<never> {
    throw unsupported('Microsoft 365 has no cost exports');
  }

  override async prices(queries: readonly PriceQuery[]) {
    return queries.map((query) => this.#prices.quote(query));
  }

  close(): void {
    this.#graph.close();
  }

  protected override scope(_region: string, signal: AbortSignal | undefined, rehearsal = false): Scope {
    const graph = this.#graph;
    return {
      graph,
      prices: this.#prices,
      signal,
      send: async (method, path, body) => {
        if (!rehearsal) await graph.send(method, path, body, { signal });
      },
    };
  }
}

/** Microsoft 365: users, licences, groups and Teams, security posture. */
export const m365: Provider = {
  id: 'm365',
  label: 'Microsoft 365',
  billName: 'Microsoft 365',
  credentialMethods: METHODS,
  services: SERVICES,
  operations: DESCRIPTORS,
  creatables: [],
  metricTypes: [],
  permissions: PERMISSIONS,
  priceList: {
    asOf: PRICES_AS_OF,
    items: Object.entries(LICENCES).map(([sku, { label, monthly }]) => ({
      sku,
      label,
      unit: 'seat-month',
      price: { amount: monthly, currency: 'USD' },
    })),
  },
  accessTemplates,
  connect: (credentials, options = {}) => new M365Connection(checkedValues(METHODS, credentials), options),
};
