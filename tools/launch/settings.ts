import path from 'node:path';

import { Failure } from '../lib/failure.mjs';
import { projectRoot } from '../lib/install.mjs';

const ROLES = ['all', 'api', 'worker'] as const;
export type Role = (typeof ROLES)[number];

/** What one start is asked for, by its command line and the environment. */
export interface LaunchSettings {
  readonly role: Role;
  /** false: no demo organization, no demo sign-in. */
  readonly demo: boolean;
  readonly production: boolean;
  readonly host: string;
  /** 0 lets the operating system choose. */
  readonly port: number;
  /** Absolute path of the data folder. */
  readonly dataFolder: string;
  /** Connection of the schema's owner on a PostgreSQL of the user's; absent: the embedded one. */
  readonly databaseUrl?: string;
  /** true: only show the settings this start would use. */
  readonly printConfig: boolean;
  /** true: the server's log goes to the terminal instead of a file. */
  readonly logToTerminal: boolean;
}

const USAGE = `Usage: npm start -- [--role all|api|worker] [--no-demo] [--verbose] [--print-config]

  --role      all (default): web, API and jobs in one process; api, worker: one part, for several processes
  --no-demo   do not create the demo organization
  --verbose   show the server's log here instead of writing it to a file
  --print-config   show every setting with its value, secrets masked, and end

Settings: ATLAS_PORT (4700; any free one for a worker), ATLAS_HOST (127.0.0.1), ATLAS_DATA_DIR (./data), DATABASE_URL (embedded PostgreSQL),
ATLAS_DEMO_EMAIL, ATLAS_DEMO_PASSWORD, PUBLIC_URL, SECRET_KEY, ENCRYPTION_KEY.`;

/**
 * Reads the command line and the environment.
 *
 * @returns the settings, or the usage text when it is asked for
 * @throws Failure on an unknown argument or a malformed value
 */
export function readSettings(
  parameters: readonly string[],
  env: NodeJS.ProcessEnv,
): LaunchSettings | { usage: string } {
  let role: Role = 'all';
  let demo = true;
  let printConfig = false;
  let logToTerminal = env['NODE_ENV'] === 'production';
  const rest = [...parameters];
  for (let parameter = rest.shift(); parameter !== undefined; parameter = rest.shift()) {
    if (parameter === '--help' || parameter === '-h') return { usage: USAGE };
    if (parameter === '--no-demo') demo = false;
    else if (parameter === '--verbose') logToTerminal = true;
    else if (parameter === '--print-config') printConfig = true;
    else if (parameter === '--role' || parameter.startsWith('--role='))
      role = readRole(parameter.includes('=') ? parameter.slice(7) : rest.shift());
    else throw new Failure(`the argument ${parameter} is not known`, USAGE);
  }
  const databaseUrl = nonEmpty(env['DATABASE_URL']);
  return {
    role,
    demo,
    printConfig,
    logToTerminal,
    production: env['NODE_ENV'] === 'production',
    host: nonEmpty(env['ATLAS_HOST']) ?? '127.0.0.1',
    // A worker answers health checks only: beside an API on the same machine it must not want the same port.
    port: readPort(nonEmpty(env['ATLAS_PORT']), role === 'worker' ? 0 : 4700),
    dataFolder: path.resolve(projectRoot, nonEmpty(env['ATLAS_DATA_DIR']) ?? 'data'),
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
  };
}

/**
 * A production start runs on nothing that was made up for it.
 *
 * @throws Failure naming every missing variable
 */
export function requireProductionSecrets(env: NodeJS.ProcessEnv): void {
  const missing = ['SECRET_KEY', 'ENCRYPTION_KEY', 'PUBLIC_URL', 'SMTP_URL'].filter(
    (name) => nonEmpty(env[name]) === undefined,
  );
  if (missing.length === 0) return;
  throw new Failure(
    `NODE_ENV=production needs ${missing.join(', ')} to be set`,
    'SECRET_KEY: at least 32 random characters. ENCRYPTION_KEY: 32 random bytes in base64 (openssl rand -base64 32). PUBLIC_URL: the https address people open. SMTP_URL: smtps://user:password@host.',
  );
}

/** The environment without empty variables, which count as not given. */
export function givenVariables(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
}

function readRole(text: string | undefined): Role {
  const role = ROLES.find((known) => known === text);
  if (role === undefined)
    throw new Failure(`the role ${text ?? '(missing)'} is not known`, `Choose one of ${ROLES.join(', ')}.`);
  return role;
}

function readPort(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new Failure(
      `ATLAS_PORT is ${text}, which is no port`,
      'Give a number from 1 to 65535, or 0 for any free port.',
    );
  return port;
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : text.trim();
}
