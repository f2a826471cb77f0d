import type { FieldValues } from '../../fields.ts';
import type { CreateOrder } from '../../shared/create.ts';
import { flag, text } from '../../shared/parameters.ts';
import { act } from '../operations/model.ts';
import { fullName, type Scope } from '../scope.ts';
import { labelsOf } from '../session.ts';
import { markOf, TOKEN_LABEL } from '../token.ts';
import {
  checkLabels,
  createOnce,
  existing,
  findOnce,
  LABELS_FIELD,
  labelsFor,
  type GcpCreator,
  type Single,
} from './common.ts';

const TYPE = 'gcp.storage.bucket';
const CLASSES = ['STANDARD', 'NEARLINE', 'COLDLINE', 'ARCHIVE'];

const placeOf = (region: string, input: FieldValues): string => {
  const chosen = text(input, 'location') ?? 'region';
  return chosen === 'region' ? region : chosen;
};

function single(scope: Scope, { input, clientToken }: Pick<CreateOrder, 'input' | 'clientToken'>): Single {
  const { session, region } = scope;
  const name = text(input, 'bucketName') ?? '';
  const location = placeOf(region, input);
  return {
    field: 'bucketName',
    ref: { type: TYPE, id: name, nativeId: fullName('storage', name), region: location.toLowerCase() },
    read: () => existing(scope, { api: 'storage', permission: 'storage.buckets.get', path: `b/${name}` }),
    marked: (entity) => labelsOf(entity)[TOKEN_LABEL] === markOf(clientToken),
    send: () =>
      act(
        scope,
        {
          api: 'storage',
          permission: 'storage.buckets.create',
          method: 'POST',
          path: 'b',
          query: { project: session.projectId },
          body: {
            name,
            location: location.toUpperCase(),
            storageClass: text(input, 'storageClass'),
            iamConfiguration: {
              uniformBucketLevelAccess: { enabled: flag(input, 'uniformAccess') },
              publicAccessPrevention: flag(input, 'blockPublicAccess') ? 'enforced' : 'inherited',
            },
            versioning: { enabled: flag(input, 'versioning') },
            labels: labelsFor(input, clientToken),
          },
        },
        { repeatable: false },
      ),
  };
}

export const storageBucket: GcpCreator = {
  descriptor: {
    id: TYPE,
    type: TYPE,
    label: 'Bucket',
    dryRun: false,
    actions: ['storage.buckets.create', 'storage.buckets.get'],
    until: ['active'],
    fields: [
      {
        name: 'bucketName',
        label: 'Bucket name',
        help: 'Unique over all of Google Cloud; 3 to 63 lower-case letters, digits, - and _.',
        kind: 'text',
        required: true,
        minLength: 3,
        maxLength: 63,
        // Names with dots need proof of the domain; those with goog or google are refused (Cloud Storage, "Bucket names").
        pattern: {
          source: '(?!goog)(?!.*google)[a-z0-9][a-z0-9_-]*[a-z0-9]',
          message: 'is not a valid bucket name',
        },
      },
      {
        name: 'location',
        label: 'Location',
        kind: 'select',
        required: false,
        default: 'region',
        options: [
          { value: 'region', label: 'The chosen region' },
          { value: 'US', label: 'United States (multi-region)' },
          { value: 'EU', label: 'European Union (multi-region)' },
          { value: 'ASIA', label: 'Asia (multi-region)' },
        ],
      },
      {
        name: 'storageClass',
        label: 'Storage class',
        kind: 'select',
        required: false,
        default: 'STANDARD',
        options: CLASSES.map((value) => ({ value, label: value[0] + value.slice(1).toLowerCase() })),
      },
      {
        name: 'uniformAccess',
        label: 'Uniform access',
        help: 'IAM alone decides; without it objects have access lists of their own.',
        kind: 'boolean',
        required: false,
        default: true,
      },
      {
        name: 'blockPublicAccess',
        label: 'Block all public access',
        kind: 'boolean',
        required: false,
        default: true,
      },
      { name: 'versioning', label: 'Keep versions', kind: 'boolean', required: false, default: false },
      LABELS_FIELD,
    ],
  },
  pickers: {},
  check: checkLabels,
  plan: () => ({
    parts: [],
    assumptions: ['An empty bucket costs nothing; stored data, requests and traffic are charged by use.'],
  }),
  create: (scope, order) => createOnce(single(scope, order), order),
  find: (scope, order) => findOnce(single(scope, order)),
};
