import type { Connection, ConnectOptions, Identity, Provider } from '../contract.ts';
import { unsupported } from '../errors.ts';
import type { PriceQuery } from '../observations.ts';
import { CatalogueRunner, describeServices, type Catalogue } from '../shared/adapter.ts';
import { CatalogueConnection, type Pace } from '../shared/connection.ts';
import { checkedValues } from '../shared/microsoft.ts';
import {
  addresses,
  disks,
  firewalls,
  images,
  instances,
  networks,
  snapshots,
  subnetworks,
} from './compute.ts';
import { costGroupsOf, readCosts } from './costs.ts';
import { CREATION } from './create/catalogue.ts';
import { METHODS, readKey } from './key.ts';
import { METRIC_TYPES, readMetrics } from './metrics.ts';
import { OPERATIONS } from './operations.ts';
import { accessTemplates, PERMISSIONS, probe } from './permissions.ts';
import { PriceBook } from './price-catalogue.ts';
import type { Scope } from './scope.ts';
import { buckets, clusters, functions, projects, sqlInstances } from './services.ts';
import { GcpSession, str, type Entity } from './session.ts';

/** A project is listed once over all its zones; its resources name theirs. */
const CATALOGUE: Catalogue<Scope> = {
  label: 'Google Cloud',
  services: [
    {
      id: 'compute',
      label: 'Compute Engine',
      scope: 'global',
      readers: [instances, disks, snapshots, images],
    },
    {
      id: 'network',
      label: 'VPC',
      scope: 'global',
      readers: [addresses, networks, subnetworks, firewalls],
    },
    { id: 'storage', label: 'Cloud Storage', scope: 'global', readers: [buckets] },
    { id: 'sql', label: 'Cloud SQL', scope: 'global', readers: [sqlInstances] },
    { id: 'functions', label: 'Cloud Functions', scope: 'global', readers: [functions] },
    { id: 'gke', label: 'Kubernetes Engine', scope: 'global', readers: [clusters] },
    { id: 'projects', label: 'Projects', scope: 'global', readers: [projects] },
  ],
  operations: OPERATIONS,
};
const RUNNER = new CatalogueRunner(CATALOGUE);
const SERVICES = describeServices(CATALOGUE.services);
const DESCRIPTORS = OPERATIONS.map((operation) => operation.descriptor);

/** One project through one service account. */
class GcpConnection extends CatalogueConnection<Scope> implements Connection {
  readonly provider = 'gcp';
  readonly services = SERVICES;
  readonly operations = DESCRIPTORS;
  readonly metricTypes = METRIC_TYPES;
  protected override readonly runner = RUNNER;
  protected override readonly creation = CREATION;
  protected override readonly pace: Pace;
  readonly #session: GcpSession;
  readonly #prices: PriceBook;

  constructor(values: Readonly<Record<string, string>>, options: ConnectOptions) {
    super();
    const key = readKey(values['serviceAccountKey'] ?? '');
    const projectId = values['projectId'] ?? key.project_id;
    this.#session = new GcpSession(key, { projectId, billingTable: values['billingTable'] }, options);
    this.pace = this.#session.caller;
    this.#prices = new PriceBook(this.#session);
  }

  get costGroups() {
    return costGroupsOf(this.#session.billingTable);
  }

  async identity(signal?: AbortSignal): Promise<Identity> {
    const { projectId, principal } = this.#session;
    const found = await this.#session.call<Entity>(
      { api: 'projects', permission: 'resourcemanager.projects.get', path: `projects/${projectId}` },
      { signal },
    );
    const alias = str(found, 'displayName');
    return { accountId: projectId, principal, ...(alias === undefined ? {} : { alias }) };
  }

  async regions(signal?: AbortSignal) {
    const found: { id: string; label: string }[] = [];
    const pages = this.#session.pages<{ nextPageToken?: string; items?: readonly Entity[] }>(
      {
        api: 'compute',
        permission: 'compute.regions.list',
        path: `projects/${this.#session.projectId}/regions`,
      },
      signal,
    );
    for await (const page of pages)
      for (const { items = [] } of page)
        for (const region of items) {
          const id = str(region, 'name');
          if (id !== undefined && str(region, 'status') !== 'DOWN') found.push({ id, label: id });
        }
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

  async costExports() {
    return [];
  }

  async readCostExport(): Promise<never> {
    throw unsupported('Google Cloud exports costs to BigQuery, which is asked instead');
  }

  override async prices(queries: readonly PriceQuery[], signal?: AbortSignal) {
    return this.#prices.quotes(queries, signal);
  }

  close(): void {
    this.#session.close();
  }

  protected override scope(region: string, signal: AbortSignal | undefined, rehearsal = false): Scope {
    return { session: this.#session, region, signal, rehearsal };
  }
}

/** Google Cloud: one project an account. */
export const gcp: Provider = {
  id: 'gcp',
  label: 'Google Cloud',
  billName: 'Google Cloud',
  credentialMethods: METHODS,
  services: SERVICES,
  operations: DESCRIPTORS,
  creatables: CREATION.descriptors,
  metricTypes: METRIC_TYPES,
  permissions: PERMISSIONS,
  accessTemplates,
  connect: (credentials, options = {}) => new GcpConnection(checkedValues(METHODS, credentials), options),
};
