import type { Clock } from './clock/clock.ts';
import type { AnyConfigSection } from './config/config.ts';
import type { PlatformConfig } from './config/platform-config.ts';
import type { Envelope } from './crypto/envelope.ts';
import type { Database } from './db/database.ts';
import type { Events, Subscriber } from './events/events.ts';
import type { Route } from './http/route.ts';
import type { JobDefinition, Jobs } from './jobs/jobs.ts';
import type { Logger } from './log/log.ts';
import type { Mailer } from './mail/mailer.ts';
import type { Metrics } from './metrics/metrics.ts';
import type { WorkflowDefinition, Workflows } from './workflow/workflow.ts';

/** What every module gets from the platform. */
export interface Platform {
  config: PlatformConfig;
  /** Origin of links, e.g. `https://atlas.example.com`, without a trailing slash. */
  publicUrl: string;
  env: NodeJS.ProcessEnv;
  db: Database<unknown>;
  clock: Clock;
  log: Logger;
  metrics: Metrics;
  envelope: Envelope;
  jobs: Jobs;
  events: Events;
  workflows: Workflows;
  mailer: Mailer;
}

/** What a module gives to the process. Absent means none. */
export interface ModuleParts<Service> {
  /** What other modules may call; re-exported as a type from the module's index.ts. */
  service: Service;
  routes?: readonly Route[];
  jobs?: readonly JobDefinition[];
  workflows?: readonly WorkflowDefinition[];
  subscribers?: readonly Subscriber[];
  /** Called once when the process stops, after requests and jobs have drained. */
  shutdown?: () => Promise<void>;
}

/** A vertical slice of the product: its own tables, routes and jobs behind one service. */
export interface Module<Needs, Service> {
  /** Folder name and database schema. */
  name: string;
  /** Settings read from the environment, when the module has any. */
  config?: AnyConfigSection;
  /** Folder of SQL migrations, when the module has tables. */
  migrations?: URL;
  /** Wires the module; must not touch the network or the database yet. */
  build(platform: Platform, needs: Needs): ModuleParts<Service>;
}

/** Declares a module. `needs` are the services and ports it is given in modules.ts. */
export function defineModule<Needs, Service>(module: Module<Needs, Service>): Module<Needs, Service> {
  return module;
}
