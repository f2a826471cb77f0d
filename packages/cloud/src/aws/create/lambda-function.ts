import type { Architecture, Runtime } from '@aws-sdk/client-lambda';
import { CloudError, orGone, taken } from '../../errors.ts';
import type { FieldOption } from '../../fields.ts';
import type { ResourceRef } from '../../resource.ts';
import { IAM, LAMBDA } from '../clients.ts';
import { number, text, textMap } from '../../shared/parameters.ts';
import { collect } from '../../shared/paging.ts';
import { arn, type Scope } from '../scope.ts';
import { TOKEN_TAG } from '../token.ts';
import type { Creator } from './model.ts';
import { orderTagMap, TAGS_FIELD } from './tags.ts';

const TYPE = 'aws.lambda.function';

/** Largest package of a direct upload (Lambda quotas: 50 MB zipped). */
const MAX_ZIP_BYTES = 50 * 1024 * 1024;

/** 50 MiB over a slow line take minutes. */
const UPLOAD_TIMEOUT_MS = 10 * 60_000;

/** Runtimes in support (Lambda developer guide, "Supported runtimes"). */
const RUNTIMES = [
  'nodejs22.x',
  'nodejs20.x',
  'python3.13',
  'python3.12',
  'python3.11',
  'java21',
  'java17',
  'dotnet8',
  'ruby3.4',
  'ruby3.3',
  'provided.al2023',
  'provided.al2',
];

function ref(scope: Scope, name: string): ResourceRef {
  return { type: TYPE, id: name, nativeId: arn(scope, 'lambda', `function:${name}`), region: scope.region };
}

function trustsLambda(document: string | undefined): boolean {
  try {
    return decodeURIComponent(document ?? '').includes('lambda.amazonaws.com');
  } catch {
    // A document that can't be decoded is not one of ours to judge; it is left out of the choices.
    return false;
  }
}

/** Roles that the service may assume. */
async function roles(scope: Scope): Promise<FieldOption[]> {
  const iam = await scope.session.open(IAM);
  const found = await collect(
    iam.pages('ListRoles', async (Marker) => {
      const answer = await iam.send(new iam.sdk.ListRolesCommand({ Marker, MaxItems: 1000 }), scope);
      return { items: answer.Roles ?? [], next: answer.IsTruncated ? answer.Marker : undefined };
    }),
  );
  return found
    .filter((r) => trustsLambda(r.AssumeRolePolicyDocument))
    .map((r) => ({
      value: r.Arn ?? '',
      label: r.RoleName ?? '',
      ...(r.Description ? { detail: r.Description } : {}),
    }));
}

/** The function if this order made it; null when there is none; throws when the name is taken. */
async function made(scope: Scope, name: string, clientToken: string): Promise<ResourceRef | null> {
  const lambda = await scope.session.open(LAMBDA, scope.region);
  const answer = await orGone(lambda.send(new lambda.sdk.GetFunctionCommand({ FunctionName: name }), scope));
  if (!answer) return null;
  if (answer.Tags?.[TOKEN_TAG] === clientToken) return ref(scope, name);
  throw taken('functionName', `The function ${name} exists already.`);
}

export const lambdaFunction: Creator = {
  descriptor: {
    id: TYPE,
    type: TYPE,
    label: 'Lambda function',
    dryRun: false,
    actions: ['lambda:CreateFunction', 'lambda:TagResource', 'iam:PassRole', 'iam:ListRoles'],
    until: ['active'],
    fields: [
      {
        name: 'functionName',
        label: 'Name',
        kind: 'text',
        required: true,
        maxLength: 64,
        pattern: { source: '[A-Za-z0-9_-]+', message: 'has letters, digits, - and _' },
      },
      {
        name: 'runtime',
        label: 'Runtime',
        kind: 'select',
        required: true,
        default: 'nodejs22.x',
        options: RUNTIMES.map((value) => ({ value, label: value })),
      },
      {
        name: 'handler',
        label: 'Handler',
        help: 'File and function, e.g. index.handler.',
        kind: 'text',
        required: true,
        default: 'index.handler',
        maxLength: 128,
        pattern: { source: '\\S+', message: 'must not contain spaces' },
      },
      {
        name: 'roleArn',
        label: 'Role',
        kind: 'select',
        required: true,
        picker: true,
        pattern: { source: 'arn:aws[a-z-]*:iam::\\d{12}:role/.+', message: 'is not the ARN of a role' },
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
        name: 'memoryMiB',
        label: 'Memory',
        kind: 'number',
        required: false,
        integer: true,
        min: 128,
        max: 10_240,
        default: 128,
        unit: 'MiB',
      },
      {
        name: 'timeoutSeconds',
        label: 'Time limit',
        kind: 'number',
        required: false,
        integer: true,
        min: 1,
        max: 900,
        default: 3,
        unit: 's',
      },
      {
        name: 'architecture',
        label: 'Processor',
        kind: 'select',
        required: false,
        default: 'arm64',
        options: [
          { value: 'arm64', label: 'Arm (Graviton)' },
          { value: 'x86_64', label: 'x86' },
        ],
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
      TAGS_FIELD,
    ],
  },
  pickers: { roleArn: roles },
  check(input) {
    const head = Buffer.from((text(input, 'code') ?? '').slice(0, 8), 'base64');
    // Local file header of the ZIP format (APPNOTE 4.3.7).
    return head.length >= 4 && head.readUInt32BE(0) === 0x504b0304
      ? []
      : [{ field: 'code', message: 'is not a ZIP archive' }];
  },
  plan: () => ({
    parts: [],
    assumptions: [
      'A function that is not called costs nothing; calls and their time times memory are charged by use.',
    ],
  }),
  async create(scope, { input, clientToken, onCreated }) {
    const name = text(input, 'functionName') ?? '';
    const earlier = await made(scope, name, clientToken);
    if (earlier) {
      await onCreated(earlier);
      return { status: 'existing', resources: [earlier] };
    }
    const lambda = await scope.session.open(LAMBDA, scope.region);
    const requestId = await lambda
      .send(
        new lambda.sdk.CreateFunctionCommand({
          FunctionName: name,
          Runtime: text(input, 'runtime') as Runtime,
          Handler: text(input, 'handler'),
          Role: text(input, 'roleArn'),
          Code: { ZipFile: Buffer.from(text(input, 'code') ?? '', 'base64') },
          MemorySize: number(input, 'memoryMiB'),
          Timeout: number(input, 'timeoutSeconds'),
          Architectures: [text(input, 'architecture') as Architecture],
          Environment: { Variables: textMap(input, 'environment') },
          Description: text(input, 'description'),
          Tags: orderTagMap(input, clientToken),
        }),
        { ...scope, retry: 'refused-only', timeoutMs: UPLOAD_TIMEOUT_MS },
      )
      .then(
        (answer) => answer.$metadata.requestId,
        async (error: unknown) => {
          const unsure =
            error instanceof CloudError &&
            ['unavailable', 'conflict_state', 'already_exists'].includes(error.kind);
          if (unsure && (await made(scope, name, clientToken))) return undefined;
          throw error;
        },
      );
    await onCreated(ref(scope, name));
    return { status: 'created', resources: [ref(scope, name)], ...(requestId ? { requestId } : {}) };
  },
  async find(scope, { input, clientToken }) {
    try {
      const found = await made(scope, text(input, 'functionName') ?? '', clientToken);
      return found ? [found] : [];
    } catch (error) {
      if (error instanceof CloudError && error.kind === 'already_exists') return [];
      throw error;
    }
  },
};
