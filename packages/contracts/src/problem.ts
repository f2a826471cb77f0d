import { z } from 'zod';

/** One invalid field of a request. */
export const ProblemField = z.object({
  /** Dotted path of the field, prefixed by its place: `body.name`, `query.limit`. */
  path: z.string(),
  code: z.string(),
  message: z.string(),
});

/** Problem document of RFC 9457 with the extensions this API uses. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.string(),
    detail: z.string().optional(),
    requestId: z.string(),
    errors: z.array(ProblemField).optional(),
    meta: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof Problem>;
