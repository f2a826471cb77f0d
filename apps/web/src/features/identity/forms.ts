/** Form contracts of their own shape. Loaded on demand, as all schemas (see app/form.ts). */
import { MfaBody, TypedPassword } from '@cloudatlas/contracts/identity';
import { z } from 'zod';

/** Code of the authenticator app. */
export const CodeForm = z.strictObject({ code: MfaBody.shape.code.unwrap() });
/** One of the recovery codes. */
export const RecoveryForm = z.strictObject({ code: MfaBody.shape.recoveryCode.unwrap() });
/** Password and a code of either kind, before the second factor changes. */
export const FactorChangeForm = z.strictObject({
  password: TypedPassword,
  code: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^(\d{6}|[a-z0-9]{5}-[a-z0-9]{5})$/),
});
