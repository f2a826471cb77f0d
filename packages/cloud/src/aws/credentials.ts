import type { AwsCredentialIdentity } from '@smithy/types';
import type { CredentialMethod, Credentials } from '../contract.ts';
import { invalidInput } from '../errors.ts';
import { checkFields, type Field } from '../fields.ts';

const REGION: Field = {
  name: 'region',
  label: 'Home region',
  help: 'Region asked for identity and the list of regions. Any enabled region will do.',
  kind: 'text',
  required: false,
  default: 'us-east-1',
  pattern: { source: '[a-z]{2}(-[a-z]+)+-\\d', message: 'is not a region name such as us-east-1' },
};

const ACCESS_KEY: Field = {
  name: 'accessKeyId',
  label: 'Access key ID',
  kind: 'text',
  required: true,
  pattern: {
    source: '[A-Z0-9]{16,128}',
    message: 'is 16 to 128 capital letters and digits, usually starting with AKIA or ASIA',
  },
};

const SECRET_KEY: Field = {
  name: 'secretAccessKey',
  label: 'Secret access key',
  kind: 'secret',
  required: true,
  minLength: 16,
  maxLength: 256,
};

const SESSION_TOKEN: Field = {
  name: 'sessionToken',
  label: 'Session token',
  help: 'Only for temporary keys (ASIA…); they end after some hours.',
  kind: 'secret',
  required: false,
  maxLength: 8192,
};

const ROLE: Field = {
  name: 'roleArn',
  label: 'Role ARN',
  kind: 'text',
  required: true,
  pattern: {
    source: 'arn:aws[a-z-]*:iam::\\d{12}:role/[\\w+=,.@/-]{1,512}',
    message: 'is not the ARN of a role',
  },
};

const EXTERNAL_ID: Field = {
  name: 'externalId',
  label: 'External ID',
  help: 'The same value as in the trust policy of the role.',
  kind: 'secret',
  required: false,
  minLength: 2,
  maxLength: 1224,
  pattern: { source: '[\\w+=,.@:/-]*', message: 'takes letters, digits and +=,.@:/-_' },
};

/** Ways to connect to AWS. */
export const AWS_CREDENTIAL_METHODS: readonly CredentialMethod[] = [
  { id: 'keys', label: 'Access key', fields: [ACCESS_KEY, SECRET_KEY, SESSION_TOKEN, REGION] },
  {
    id: 'role',
    label: 'Role, assumed with an access key',
    help: 'The key needs sts:AssumeRole on the role and nothing else.',
    fields: [ROLE, EXTERNAL_ID, ACCESS_KEY, SECRET_KEY, SESSION_TOKEN, REGION],
  },
  {
    id: 'ambient-role',
    label: "Role, assumed with the server's own identity",
    fields: [ROLE, EXTERNAL_ID, REGION],
    ambient: true,
  },
  {
    id: 'environment',
    label: "The server's own identity",
    help: 'Environment variables, shared configuration, container or instance role, in the order of the SDK.',
    fields: [REGION],
    ambient: true,
  },
];

/** Checked credentials. */
export interface AwsCredentials {
  readonly region: string;
  /** Absent: the server's own identity. */
  readonly keys?: AwsCredentialIdentity;
  readonly role?: { readonly arn: string; readonly externalId?: string };
}

/** Checks the form; throws `invalid_input` that names fields, never values. */
export function parseCredentials(credentials: Credentials): AwsCredentials {
  const method = AWS_CREDENTIAL_METHODS.find((m) => m.id === credentials.method);
  if (!method) throw invalidInput([{ field: 'method', message: 'is not a way to connect to AWS' }]);
  const trimmed = Object.fromEntries(
    Object.entries(credentials.values).map(([name, value]) => [name, value.trim()]),
  );
  const { values, issues } = checkFields(method.fields, trimmed);
  if (issues.length > 0) throw invalidInput(issues);
  const text = (name: string): string | undefined =>
    typeof values[name] === 'string' ? values[name] : undefined;
  const accessKeyId = text('accessKeyId');
  const secretAccessKey = text('secretAccessKey');
  const sessionToken = text('sessionToken');
  const arn = text('roleArn');
  const externalId = text('externalId');
  return {
    region: text('region') ?? 'us-east-1',
    ...(accessKeyId && secretAccessKey
      ? { keys: { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) } }
      : {}),
    ...(arn ? { role: { arn, ...(externalId ? { externalId } : {}) } } : {}),
  };
}

/** Secret values that must never appear in a text. */
export function secretsOf(credentials: AwsCredentials): string[] {
  return [
    credentials.keys?.secretAccessKey,
    credentials.keys?.sessionToken,
    credentials.role?.externalId,
  ].filter((v) => v !== undefined);
}
