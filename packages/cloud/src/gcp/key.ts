import { createPrivateKey } from 'node:crypto';
import { z } from 'zod';
import type { CredentialMethod } from '../contract.ts';
import { invalidInput } from '../errors.ts';

/** The members of a service-account key file that are used (Google Cloud, "Create and delete service account keys"). */
const KeyFile = z.object({
  type: z.literal('service_account'),
  project_id: z.string().min(1).max(100),
  private_key_id: z.string().min(1).max(100),
  private_key: z.string().min(1).max(20_000),
  client_email: z.email().max(320),
});
export type ServiceAccountKey = z.infer<typeof KeyFile>;

const PROJECT = '([a-z0-9.-]{1,100}:)?[a-z][a-z0-9-]{4,28}[a-z0-9]';

export const METHODS: readonly CredentialMethod[] = [
  {
    id: 'service_account',
    label: 'Service account with a key',
    fields: [
      {
        name: 'serviceAccountKey',
        label: 'Key of the service account (JSON)',
        help: 'The whole text of the key file.',
        kind: 'secret',
        required: true,
        minLength: 100,
        maxLength: 20_000,
      },
      {
        name: 'projectId',
        label: 'Project ID',
        help: "Left empty, it is the service account's own project.",
        kind: 'text',
        required: false,
        pattern: { source: PROJECT, message: 'is a project ID such as aurora-platform-prod' },
      },
      {
        name: 'billingTable',
        label: 'Table of the billing export',
        help: 'project.dataset.table in BigQuery; without it there are no costs, and without the detailed export (gcp_billing_export_resource_v1_…) none of single resources.',
        kind: 'text',
        required: false,
        pattern: {
          source: `${PROJECT}\\.[A-Za-z0-9_]{1,200}\\.[A-Za-z0-9_]{1,200}`,
          message: 'is project.dataset.table',
        },
      },
    ],
  },
];

const FIELD = 'serviceAccountKey';

/** Reads a key file. What is wrong is told without quoting it. @throws CloudError `invalid_input` */
export function readKey(text: string): ServiceAccountKey {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw invalidInput([{ field: FIELD, message: 'is not JSON: paste the whole key file' }]);
  }
  const parsed = KeyFile.safeParse(json);
  if (!parsed.success) {
    const missing = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
    throw invalidInput([{ field: FIELD, message: `is no key of a service account: see ${missing}` }]);
  }
  try {
    const { asymmetricKeyType } = createPrivateKey(parsed.data.private_key);
    if (asymmetricKeyType !== 'rsa') throw new Error('not RSA');
  } catch {
    throw invalidInput([{ field: FIELD, message: 'holds a private key that can’t be read' }]);
  }
  return parsed.data;
}
