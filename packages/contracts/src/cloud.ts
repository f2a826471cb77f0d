/** Shapes of the cloud contract that cross to clients as they are: forms, their values, findings and problems. */
export type { CloudProblem } from '@cloudatlas/cloud/errors';
export type { Field, FieldOption, FieldValues } from '@cloudatlas/cloud/fields';
export type { PermissionFinding } from '@cloudatlas/cloud/permissions';
