import { bodyOf, GoogleError, ok, textOf, type Call, type Route } from './http.ts';
import type { GoogleObject, GoogleOperation, Json } from './project.ts';

/** Creation of buckets, databases and functions. */

/** Where source code is put; an object's name follows. */
export const UPLOADS = '/upload/';

/** Names that somebody else has: the name space of buckets is that of all users. */
export const FOREIGN_BUCKETS: ReadonlySet<string> = new Set(['backup', 'data', 'public-files']);
const LOCATIONS = /^(US|EU|ASIA|[A-Z]+(-[A-Z]+)+\d+)$/;
const CLASSES = ['STANDARD', 'NEARLINE', 'COLDLINE', 'ARCHIVE'];

/** `buckets.insert` */
export function insertBucket(call: Call): GoogleObject {
  const { project } = call;
  const body = bodyOf(call.request);
  const name = String(body['name']);
  if (!/^[a-z0-9][a-z0-9_.-]{1,61}[a-z0-9]$/.test(name))
    throw new GoogleError(400, 'invalid', `Invalid bucket name: '${name}'`);
  if (FOREIGN_BUCKETS.has(name))
    throw new GoogleError(
      409,
      'conflict',
      'The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.',
    );
  if (project.find('storage.buckets', name))
    throw new GoogleError(
      409,
      'conflict',
      'Your previous request to create the named bucket succeeded and you already own it.',
    );
  const location = textOf(body['location'], 'US').toUpperCase();
  if (!LOCATIONS.test(location))
    throw new GoogleError(400, 'invalid', 'The specified location constraint is not valid.');
  const storageClass = textOf(body['storageClass'], 'STANDARD');
  if (!CLASSES.includes(storageClass)) throw new GoogleError(400, 'invalid', 'Invalid storage class.');
  const region = location.toLowerCase();
  return project.add(
    'storage.buckets',
    `regions/${region}`,
    name,
    call.now,
    {
      ...body,
      location,
      locationType: location.includes('-') ? 'region' : 'multi-region',
      storageClass,
      softDeletePolicy: { retentionDurationSeconds: '604800' },
    },
    { gib: 0 },
  );
}

const TIER = /^db-(f1-micro|g1-small|custom-\d+-\d+|n1-(standard|highmem)-\d+)$/;

/** `instances.insert` of Cloud SQL: the instance is there at once, and of use after minutes. */
export function insertSql(call: Call): GoogleOperation {
  const { project, now, account } = call;
  // The password goes into the database, and into no answer.
  const { rootPassword, name: wanted, region, ...rest } = bodyOf(call.request);
  const settings = (rest['settings'] ?? {}) as Json;
  const name = String(wanted);
  const bad = (message: string): GoogleError =>
    new GoogleError(400, 'invalid', `Invalid request: ${message}.`);
  if (!/^[a-z]([a-z0-9-]{0,96}[a-z0-9])?$/.test(name)) throw bad(`instance name (${name})`);
  const path = `projects/${project.id}/instances/${name}`;
  const gone = project.past.some((one) => one.path === path && now - (one.deletedAt ?? 0) < 7 * 86_400_000);
  if (gone || project.find('cloudsql.instances', path))
    throw new GoogleError(
      409,
      'instanceAlreadyExists',
      "The Cloud SQL instance already exists. When you delete an instance, you can't reuse the name of the deleted instance until one week from the deletion date.",
    );
  if (!TIER.test(String(settings['tier'])))
    throw bad(`Invalid Tier (${String(settings['tier'])}) for (${name})`);
  if (!/^(POSTGRES|MYSQL)_\d+(_\d+)?$/.test(String(rest['databaseVersion']))) throw bad('database version');
  if (typeof rootPassword === 'string' && rootPassword.length < 8) throw bad('root password');
  const ip = (settings['ipConfiguration'] ?? {}) as Json;
  if (ip['ipv4Enabled'] === false && ip['privateNetwork'] === undefined)
    throw bad('At least one of Public IP or Private IP connectivity must be enabled');
  const failure = call.faults.take('operation-fails');
  const doneAt = Math.max(now, call.after(300));
  const instance = project.add('cloudsql.instances', `locations/${String(region)}`, name, now, {
    ...rest,
    region,
    gceZone: `${String(region)}-a`,
    state: 'PENDING_CREATE',
    settings: { ...settings, settingsVersion: '1' },
    ipAddresses:
      ip['ipv4Enabled'] === false ? [] : [{ type: 'PRIMARY', ipAddress: `35.198.${name.length}.21` }],
  });
  // Nothing is billed before it is there.
  instance.idleSpans.push({ from: now, to: doneAt });
  instance.pending = {
    until: doneAt,
    settle: () => {
      instance.data = { ...instance.data, state: failure ? 'FAILED' : 'RUNNABLE' };
    },
  };
  const operation = project.operate({
    place: '',
    type: 'CREATE',
    target: path,
    user: account.email,
    startedAt: now,
    doneAt,
    ...(failure ? { error: { code: failure.code, message: failure.message ?? failure.code } } : {}),
  });
  project.settle(now);
  return operation;
}

const RUNTIMES: readonly (readonly [name: string, label: string, stage: string, environment: string])[] = [
  ['nodejs24', 'Node.js 24', 'GA', 'GEN_2'],
  ['nodejs22', 'Node.js 22', 'GA', 'GEN_2'],
  ['nodejs20', 'Node.js 20', 'DEPRECATED', 'GEN_2'],
  ['python314', 'Python 3.14', 'GA', 'GEN_2'],
  ['python313', 'Python 3.13', 'GA', 'GEN_2'],
  ['go125', 'Go 1.25', 'GA', 'GEN_2'],
  ['java21', 'Java 21', 'GA', 'GEN_2'],
  ['dotnet8', '.NET 8', 'GA', 'GEN_2'],
  ['python39', 'Python 3.9', 'GA', 'GEN_1'],
];

function insertFunction(call: Call, parent: string): Json {
  const { project, now, account } = call;
  const body = bodyOf(call.request);
  const name = call.request.query.get('functionId') ?? '';
  const bad = (message: string): GoogleError => new GoogleError(400, 'INVALID_ARGUMENT', message);
  if (!/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name)) throw bad(`Invalid function name: ${name}`);
  const path = `${parent}/functions/${name}`;
  if (project.find('cloudfunctions.functions', path))
    throw new GoogleError(409, 'ALREADY_EXISTS', `Resource '${path}' already exists`);
  const build = (body['buildConfig'] ?? {}) as Json;
  if (!RUNTIMES.some(([id, , , environment]) => id === build['runtime'] && environment === 'GEN_2'))
    throw bad(`Unsupported runtime: ${String(build['runtime'])}`);
  const source = ((build['source'] as Json | undefined)?.['storageSource'] ?? {}) as Json;
  const upload = project.uploads.get(`${String(source['bucket'])}/${String(source['object'])}`);
  if (upload?.zip === undefined) throw bad('Source archive not found in Cloud Storage.');
  const failure = call.faults.take('operation-fails');
  const fails = failure?.message ?? failure?.code ?? (upload.zip ? undefined : 'Source is no ZIP archive.');
  const doneAt = Math.max(now, call.after(90));
  const location = parent.split('/').slice(2).join('/');
  const made = project.add('cloudfunctions.functions', location, name, now, { ...body, state: 'DEPLOYING' });
  made.pending = {
    until: doneAt,
    settle: () => {
      made.data = fails
        ? {
            ...made.data,
            state: 'FAILED',
            stateMessages: [{ severity: 'ERROR', type: 'CloudBuild', message: `Build failed: ${fails}` }],
          }
        : { ...made.data, state: 'ACTIVE', url: `https://${name}.simulated.example` };
    },
  };
  const operation = project.operate({
    place: location,
    type: 'CREATE_FUNCTION',
    target: path,
    user: account.email,
    startedAt: now,
    doneAt,
    ...(fails ? { error: { code: '3', message: fails } } : {}),
  });
  project.settle(now);
  // A build that fails is never told at once: its state has to be looked at.
  return longRunning(operation, parent, doneAt <= now && fails === undefined);
}

/** `google.longrunning.Operation` */
const longRunning = (operation: GoogleOperation, parent: string, done: boolean): Json => ({
  name: `${parent}/operations/${operation.name}`,
  metadata: {
    '@type': 'type.googleapis.com/google.cloud.functions.v2.OperationMetadata',
    target: operation.target,
    operationType: operation.type,
  },
  done,
  ...(done && operation.error ? { error: { code: 3, message: operation.error.message } } : {}),
});

/** Making functions: runtimes, a place for the code, the function and its operation. */
export function functionCreationRoute(method: string, path: string): Route | undefined {
  const match =
    /^(projects\/[^/]+\/locations\/[a-z0-9-]+)\/(functions(?::generateUploadUrl)?|runtimes|operations\/[^/]+)$/.exec(
      path,
    );
  if (!match) return undefined;
  const [, parent = '', what = ''] = match;
  const api = 'cloudfunctions.googleapis.com';
  if (what === 'functions' && method === 'POST')
    return {
      api,
      permission: 'cloudfunctions.functions.create',
      serve: (call) => ok(insertFunction(call, parent)),
    };
  if (what === 'functions:generateUploadUrl' && method === 'POST')
    return {
      api,
      permission: 'cloudfunctions.functions.sourceCodeSet',
      serve: ({ project, request }) => {
        const bucket = `gcf-v2-uploads-${project.number}.${parent.split('/').at(-1)}.cloudfunctions.appspot.com`;
        const object = `${project.newId()}.zip`;
        const signature = Buffer.from(`${object} ${project.newId()}`).toString('hex');
        project.uploads.set(`${bucket}/${object}`, { signature });
        return ok({
          uploadUrl: `${request.origin}${UPLOADS}${bucket}/${object}?X-Goog-Signature=${signature}`,
          storageSource: { bucket, object },
        });
      },
    };
  if (what === 'runtimes' && method === 'GET')
    return {
      api,
      permission: 'cloudfunctions.runtimes.list',
      serve: () =>
        ok({
          runtimes: RUNTIMES.map(([name, displayName, stage, environment]) => ({
            name,
            displayName,
            stage,
            environment,
          })),
        }),
    };
  if (!what.startsWith('operations/') || method !== 'GET') return undefined;
  return {
    api,
    permission: 'cloudfunctions.operations.get',
    serve: ({ project, now }) => {
      const found = project.operations.get(what.slice('operations/'.length));
      if (!found) throw new GoogleError(404, 'NOT_FOUND', `Operation ${path} was not found.`);
      return ok(longRunning(found, parent, found.doneAt <= now));
    },
  };
}
