import { CloudError, type FieldIssue } from '../../errors.ts';
import type { FieldOption, FieldValues } from '../../fields.ts';
import type { CreateOrder } from '../../shared/create.ts';
import { number, text, textMap } from '../../shared/parameters.ts';
import { act } from '../operations/model.ts';
import { fullName, type Scope } from '../scope.ts';
import { labelsOf, obj, str, unreadable, type Entity } from '../session.ts';
import { markOf, TOKEN_LABEL } from '../token.ts';
import {
  checkLabels,
  createOnce,
  existing,
  findOnce,
  itemsOf,
  LABELS_FIELD,
  labelsFor,
  nameField,
  type GcpCreator,
  type Single,
} from './common.ts';

const TYPE = 'gcp.functions.function';
/** Largest package that is uploaded from here; the API itself takes 100 MB. */
const MAX_ZIP_BYTES = 50 * 1024 * 1024;
/** 50 MiB over a slow line take minutes. */
const UPLOAD_TIMEOUT_MS = 10 * 60_000;

const locationOf = ({ session, region }: Scope): string =>
  `projects/${session.projectId}/locations/${encodeURIComponent(region)}`;

/** Runtimes of the second generation that are in support. */
async function runtimes(scope: Scope): Promise<FieldOption[]> {
  const found = await itemsOf(
    scope,
    {
      api: 'functions',
      permission: 'cloudfunctions.runtimes.list',
      path: `${locationOf(scope)}/runtimes`,
    },
    'runtimes',
  );
  return found
    .filter((one) => str(one, 'environment') !== 'GEN_1' && str(one, 'stage') === 'GA')
    .map((one) => ({
      value: str(one, 'name') ?? '',
      label: str(one, 'displayName') ?? str(one, 'name') ?? '',
    }))
    .toSorted((a, b) => b.value.localeCompare(a.value, 'en', { numeric: true }));
}

/**
 * Puts the code where the API says, and answers where that is. The address is signed: no token is sent there.
 * @throws CloudError
 */
async function upload(scope: Scope, input: FieldValues): Promise<Entity> {
  const { session, signal } = scope;
  const permission = 'cloudfunctions.functions.sourceCodeSet';
  const answer = await session.call<Entity>(
    {
      api: 'functions',
      permission,
      method: 'POST',
      path: `${locationOf(scope)}/functions:generateUploadUrl`,
      body: { environment: 'GEN_2' },
    },
    { signal },
  );
  const address = str(answer, 'uploadUrl');
  const source = obj(answer, 'storageSource');
  if (address === undefined || source === undefined) throw unreadable(permission);
  await session.put(address, Buffer.from(text(input, 'code') ?? '', 'base64'), {
    type: 'application/zip',
    site: { call: 'PUT function source', region: scope.region },
    timeoutMs: UPLOAD_TIMEOUT_MS,
    signal,
  });
  return source;
}

function single(scope: Scope, { input, clientToken }: Pick<CreateOrder, 'input' | 'clientToken'>): Single {
  const name = text(input, 'functionName') ?? '';
  const path = `${locationOf(scope)}/functions/${name}`;
  return {
    field: 'functionName',
    ref: { type: TYPE, id: name, nativeId: fullName('functions', path), region: scope.region },
    read: () => existing(scope, { api: 'functions', permission: 'cloudfunctions.functions.get', path }),
    marked: (entity) => labelsOf(entity)[TOKEN_LABEL] === markOf(clientToken),
    // Building it takes minutes: its state tells when it is there, and when its build failed.
    async send() {
      const storageSource = await upload(scope, input);
      const account = text(input, 'serviceAccount');
      await act(
        scope,
        {
          api: 'functions',
          permission: 'cloudfunctions.functions.create',
          method: 'POST',
          path: `${locationOf(scope)}/functions`,
          query: { functionId: name },
          body: {
            environment: 'GEN_2',
            description: text(input, 'description'),
            buildConfig: {
              runtime: text(input, 'runtime'),
              entryPoint: text(input, 'entryPoint'),
              source: { storageSource },
            },
            serviceConfig: {
              availableMemory: text(input, 'memory'),
              timeoutSeconds: number(input, 'timeoutSeconds'),
              minInstanceCount: number(input, 'minInstances'),
              maxInstanceCount: number(input, 'maxInstances'),
              ingressSettings: text(input, 'ingress'),
              environmentVariables: textMap(input, 'environment'),
              ...(account === undefined ? {} : { serviceAccountEmail: account }),
            },
            labels: labelsFor(input, clientToken),
          },
        },
        { repeatable: false },
      );
    },
  };
}

function check(input: FieldValues): FieldIssue[] {
  const issues = checkLabels(input);
  const head = Buffer.from((text(input, 'code') ?? '').slice(0, 8), 'base64');
  // Local file header of the ZIP format (APPNOTE 4.3.7).
  if (head.length < 4 || head.readUInt32BE(0) !== 0x504b0304)
    issues.push({ field: 'code', message: 'is not a ZIP archive' });
  if ((number(input, 'minInstances') ?? 0) > (number(input, 'maxInstances') ?? 0))
    issues.push({ field: 'minInstances', message: 'is above the largest number' });
  return issues;
}

export const cloudFunction: GcpCreator = {
  descriptor: {
    id: TYPE,
    type: TYPE,
    label: 'Function',
    dryRun: false,
    actions: [
      'cloudfunctions.functions.create',
      'cloudfunctions.functions.get',
      'cloudfunctions.functions.sourceCodeSet',
      'cloudfunctions.runtimes.list',
      'iam.serviceAccounts.actAs',
    ],
    until: ['active'],
    fields: [
      nameField(63, 'functionName'),
      {
        name: 'runtime',
        label: 'Runtime',
        kind: 'select',
        required: true,
        picker: true,
        pattern: { source: '[a-z]+[0-9]+', message: 'is not the name of a runtime' },
      },
      {
        name: 'entryPoint',
        label: 'Entry point',
        help: 'Function in the code that is called.',
        kind: 'text',
        required: true,
        default: 'main',
        maxLength: 128,
        pattern: { source: '[A-Za-z_$][A-Za-z0-9_$.]*', message: 'is not the name of a function' },
      },
      {
        name: 'code',
        label: 'Code (ZIP)',
        help: 'At most 50 MiB.',
        kind: 'file',
        required: true,
        maxBytes: MAX_ZIP_BYTES,
      },
      {
        name: 'memory',
        label: 'Memory',
        kind: 'select',
        required: false,
        default: '256Mi',
        options: ['128Mi', '256Mi', '512Mi', '1Gi', '2Gi', '4Gi', '8Gi'].map((value) => ({
          value,
          label: value,
        })),
      },
      {
        name: 'timeoutSeconds',
        label: 'Time limit',
        kind: 'number',
        required: false,
        integer: true,
        min: 1,
        max: 3600,
        default: 60,
        unit: 's',
      },
      {
        name: 'minInstances',
        label: 'Instances always on',
        kind: 'number',
        required: false,
        integer: true,
        min: 0,
        max: 100,
        default: 0,
      },
      {
        name: 'maxInstances',
        label: 'Instances at most',
        kind: 'number',
        required: false,
        integer: true,
        min: 1,
        max: 1000,
        default: 100,
      },
      {
        name: 'ingress',
        label: 'Who may call it',
        help: 'Callers need the right to invoke it in any case.',
        kind: 'select',
        required: false,
        default: 'ALLOW_ALL',
        options: [
          { value: 'ALLOW_ALL', label: 'From everywhere' },
          { value: 'ALLOW_INTERNAL_ONLY', label: 'From the project’s networks' },
          { value: 'ALLOW_INTERNAL_AND_GCLB', label: 'From its networks and load balancers' },
        ],
      },
      {
        name: 'serviceAccount',
        label: 'Service account',
        help: 'E-mail address; without one, the default account of Compute Engine.',
        kind: 'text',
        required: false,
        maxLength: 320,
        pattern: { source: '[^@\\s]+@[^@\\s]+\\.gserviceaccount\\.com', message: 'is not a service account' },
      },
      {
        name: 'environment',
        label: 'Environment variables',
        kind: 'tags',
        required: false,
        default: {},
        sensitive: true,
      },
      { name: 'description', label: 'Description', kind: 'text', required: false, maxLength: 256 },
      LABELS_FIELD,
    ],
  },
  pickers: { runtime: runtimes },
  check,
  plan: (_region, input) => ({
    parts: [],
    assumptions: [
      'Calls and their time times memory are charged by use.',
      ...((number(input, 'minInstances') ?? 0) > 0
        ? ['Instances that are always on are charged while idle too; their price is left out.']
        : []),
    ],
  }),
  async create(scope, order) {
    const one = single(scope, order);
    const result = await createOnce(one, order);
    const seen = await one.read();
    if (str(seen, 'state') === 'FAILED')
      throw new CloudError(
        {
          kind: 'invalid_input',
          message: `The function was not built: ${stateMessage(seen)}`,
          call: 'cloudfunctions.functions.create',
        },
        result.resources,
      );
    return result;
  },
  find: (scope, order) => findOnce(single(scope, order)),
};

function stateMessage(seen: Entity | undefined): string {
  const messages = seen?.['stateMessages'];
  const [first] = Array.isArray(messages) ? messages : [];
  const told =
    typeof first === 'object' && first !== null && !Array.isArray(first) ? first['message'] : undefined;
  return typeof told === 'string' ? told : 'the build failed.';
}
