import type { Provider } from '../contract.ts';
import { AwsConnection } from './connection.ts';
import { CREATION } from './create/catalogue.ts';
import { AWS_CREDENTIAL_METHODS, parseCredentials } from './credentials.ts';
import { METRIC_TYPES } from './metrics.ts';
import { OPERATIONS } from './operations/perform.ts';
import { PERMISSIONS } from './permissions.ts';
import { SERVICE_DESCRIPTORS } from './services/catalogue.ts';
import { accessTemplates } from './templates.ts';

/** Amazon Web Services. */
export const aws: Provider = {
  id: 'aws',
  label: 'Amazon Web Services',
  billName: 'AWS',
  credentialMethods: AWS_CREDENTIAL_METHODS,
  services: SERVICE_DESCRIPTORS,
  operations: OPERATIONS.map((o) => o.descriptor),
  creatables: CREATION.descriptors,
  metricTypes: METRIC_TYPES,
  permissions: PERMISSIONS,
  accessTemplates,
  connect: (credentials, options = {}) => new AwsConnection(parseCredentials(credentials), options),
};
