import type { Connection, ConnectOptions, Identity, Region } from '../contract.ts';
import { CloudError } from '../errors.ts';
import { GLOBAL_REGION } from '../resource.ts';
import { CatalogueConnection, type Pace } from '../shared/connection.ts';
import { EC2, IAM, STS } from './clients.ts';
import { listExports, readExportFile } from './cost-exports.ts';
import { readCosts } from './costs.ts';
import { CREATION } from './create/catalogue.ts';
import type { AwsCredentials } from './credentials.ts';
import { METRIC_TYPES, readMetrics } from './metrics.ts';
import { OPERATIONS, RUNNER } from './operations/perform.ts';
import { rehearse } from './operations/rehearsal.ts';
import { PriceBook } from './prices.ts';
import { probe } from './probe.ts';
import type { Scope } from './scope.ts';
import { SERVICE_DESCRIPTORS } from './services/catalogue.ts';
import { AwsSession } from './session.ts';

/** Names of places by region id; an unknown region shows its id. */
const PLACES: Readonly<Record<string, string>> = {
  'us-east-1': 'US East (N. Virginia)',
  'us-east-2': 'US East (Ohio)',
  'us-west-1': 'US West (N. California)',
  'us-west-2': 'US West (Oregon)',
  'ca-central-1': 'Canada (Central)',
  'ca-west-1': 'Canada West (Calgary)',
  'mx-central-1': 'Mexico (Central)',
  'sa-east-1': 'South America (São Paulo)',
  'eu-central-1': 'Europe (Frankfurt)',
  'eu-central-2': 'Europe (Zurich)',
  'eu-west-1': 'Europe (Ireland)',
  'eu-west-2': 'Europe (London)',
  'eu-west-3': 'Europe (Paris)',
  'eu-north-1': 'Europe (Stockholm)',
  'eu-south-1': 'Europe (Milan)',
  'eu-south-2': 'Europe (Spain)',
  'af-south-1': 'Africa (Cape Town)',
  'il-central-1': 'Israel (Tel Aviv)',
  'me-central-1': 'Middle East (UAE)',
  'me-south-1': 'Middle East (Bahrain)',
  'ap-east-1': 'Asia Pacific (Hong Kong)',
  'ap-south-1': 'Asia Pacific (Mumbai)',
  'ap-south-2': 'Asia Pacific (Hyderabad)',
  'ap-northeast-1': 'Asia Pacific (Tokyo)',
  'ap-northeast-2': 'Asia Pacific (Seoul)',
  'ap-northeast-3': 'Asia Pacific (Osaka)',
  'ap-southeast-1': 'Asia Pacific (Singapore)',
  'ap-southeast-2': 'Asia Pacific (Sydney)',
  'ap-southeast-3': 'Asia Pacific (Jakarta)',
  'ap-southeast-4': 'Asia Pacific (Melbourne)',
};

interface Self {
  readonly accountId: string;
  readonly arn: string;
}

/** One AWS account through one set of credentials. */
export class AwsConnection extends CatalogueConnection<Scope> implements Connection {
  readonly provider = 'aws';
  readonly services = SERVICE_DESCRIPTORS;
  readonly operations = OPERATIONS.map((o) => o.descriptor);
  readonly metricTypes = METRIC_TYPES;
  protected override readonly runner = RUNNER;
  protected override readonly creation = CREATION;
  protected override readonly pace: Pace;
  /** For tests and metrics of the adapter itself. */
  readonly session: AwsSession;
  readonly #prices: PriceBook;
  #self: Promise<Self> | undefined;

  constructor(credentials: AwsCredentials, options: ConnectOptions) {
    super();
    this.session = new AwsSession(credentials, options);
    this.pace = {
      clock: this.session.clock,
      poll: this.session.limits.poll,
      signalOf: (signal) => this.session.signalOf(signal),
    };
    this.#prices = new PriceBook(this.session);
  }

  async identity(signal?: AbortSignal): Promise<Identity> {
    this.#self = undefined;
    const self = await this.#whoAmI(signal);
    const alias = await this.#alias(signal);
    return { accountId: self.accountId, principal: self.arn, ...(alias ? { alias } : {}) };
  }

  async regions(signal?: AbortSignal): Promise<readonly Region[]> {
    const ec2 = await this.session.open(EC2);
    // Without AllRegions only those that are enabled are listed.
    const answer = await ec2.send(new ec2.sdk.DescribeRegionsCommand({}), { signal });
    const ids = (answer.Regions ?? []).flatMap((r) => r.RegionName ?? []).sort();
    return ids.map((id) => ({ id, label: PLACES[id] ?? id }));
  }

  async probe(options: Parameters<Connection['probe']>[0] = {}) {
    const self = await this.#whoAmI(options.signal);
    const scope = await this.scope(options.region ?? this.session.homeRegion, options.signal);
    return probe(scope, self.arn, options.features);
  }

  override async rehearse(request: Parameters<Connection['rehearse']>[0]) {
    return rehearse(await this.scope(request.resource.region, request.signal), request);
  }

  async metrics(request: Parameters<Connection['metrics']>[0]) {
    return readMetrics(this.session, request);
  }

  async costs(request: Parameters<Connection['costs']>[0]) {
    return readCosts(this.session, request);
  }

  async costExports(location: Parameters<Connection['costExports']>[0], signal?: AbortSignal) {
    return listExports(this.session, location, signal);
  }

  async readCostExport(
    location: Parameters<Connection['costExports']>[0],
    key: string,
    signal?: AbortSignal,
  ) {
    return readExportFile(this.session, location, key, signal);
  }

  override async prices(queries: Parameters<Connection['prices']>[0], signal?: AbortSignal) {
    return Promise.all(queries.map((query) => this.#prices.quote(query, signal)));
  }

  close(): void {
    this.session.close();
  }

  /** A region that is switched off refuses keys that work elsewhere; the list of regions tells the two apart. */
  protected override async explain(error: CloudError, region: string) {
    if (
      error.kind !== 'invalid_credentials' ||
      region === this.session.homeRegion ||
      region === GLOBAL_REGION
    )
      return error.problem;
    const enabled = await this.#enabledRegions();
    if (!enabled || enabled.has(region)) return error.problem;
    return {
      ...error.problem,
      kind: 'region_disabled' as const,
      message: `The region ${region} is not enabled for this account.`,
    };
  }

  /** Undefined when they can't be told; the first problem is then the better answer. */
  async #enabledRegions(): Promise<Set<string> | undefined> {
    try {
      return new Set((await this.regions()).map((r) => r.id));
    } catch {
      return undefined;
    }
  }

  async #whoAmI(signal: AbortSignal | undefined): Promise<Self> {
    this.#self ??= this.#ask(signal);
    try {
      return await this.#self;
    } catch (error) {
      this.#self = undefined;
      throw error;
    }
  }

  async #ask(signal: AbortSignal | undefined): Promise<Self> {
    const sts = await this.session.open(STS);
    const answer = await sts.send(new sts.sdk.GetCallerIdentityCommand({}), { signal });
    if (!answer.Account || !answer.Arn)
      throw new CloudError({
        kind: 'unavailable',
        message: 'AWS answered GetCallerIdentity without an account.',
        call: 'sts:GetCallerIdentity',
        region: sts.region,
      });
    return { accountId: answer.Account, arn: answer.Arn };
  }

  async #alias(signal: AbortSignal | undefined): Promise<string | undefined> {
    try {
      const iam = await this.session.open(IAM);
      return (await iam.send(new iam.sdk.ListAccountAliasesCommand({}), { signal })).AccountAliases?.[0];
    } catch (error) {
      // The alias is a nicety; its permission shows up in the probe.
      if (error instanceof CloudError && error.kind !== 'aborted') return undefined;
      throw error;
    }
  }

  protected override async scope(region: string, signal: AbortSignal | undefined): Promise<Scope> {
    const self = await this.#whoAmI(signal);
    return {
      session: this.session,
      accountId: self.accountId,
      partition: self.arn.split(':')[1] ?? 'aws',
      region,
      signal,
    };
  }
}
