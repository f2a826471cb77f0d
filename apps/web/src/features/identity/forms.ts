/** Form contracts of their own shape. Loaded on demand, as all schemas (see app/form.ts). */
import { MfaBody } from '@cloudatlas/contracts/identity';
import { z } from 'zod';

/** Code of the authenticator app. */
export const CodeForm = z.strictObject({ code: MfaBody.shape.code.unwrap() });
/** One of the recovery codes. */
export const RecoveryForm = z.strictObject({ code: MfaBody.shape.recoveryCode.unwrap() });
