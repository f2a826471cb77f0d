import { CreateCatalogue } from '../../shared/create.ts';
import type { Scope } from '../scope.ts';
import { ec2Instance } from './ec2-instance.ts';
import { lambdaFunction } from './lambda-function.ts';
import { rdsInstance } from './rds-instance.ts';
import { s3Bucket } from './s3-bucket.ts';
import { vpcWithSubnets } from './vpc.ts';

/** Everything that can be created. */
export const CREATION = new CreateCatalogue<Scope>('AWS', [
  ec2Instance,
  s3Bucket,
  rdsInstance,
  lambdaFunction,
  vpcWithSubnets,
]);
