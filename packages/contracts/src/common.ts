import { z } from 'zod';

/** UUID of any version; ours are version 7. */
export const Id = z.guid();
/** Instant in UTC, ISO 8601 with milliseconds and `Z`. */
export const Instant = z.iso.datetime({ offset: false });
/** Lower-case e-mail address, at most 254 characters (RFC 5321). */
export const Email = z.string().trim().toLowerCase().max(254).pipe(z.email());
/** Display name: 1 to 120 visible characters, any script. */
export const DisplayName = z
  .string()
  .trim()
  .min(1)
  .max(120)
  .regex(/^[^\p{Cc}\p{Cs}]+$/u, 'must not contain control characters');
/** Address of an organization or workspace in URLs. */
export const Slug = z
  .string()
  .min(3)
  .max(40)
  .regex(/^[a-z0-9](?:-?[a-z0-9])*$/, 'lower-case letters, digits and single hyphens');
export const Locale = z.enum(['pt-BR', 'en']);
export type Locale = z.infer<typeof Locale>;

/** Opaque page cursor. */
export const Cursor = z.string().max(500);
export const PageLimit = z.coerce.number().int().min(1).max(200).default(50);

/** Query of a cursor-paged list. */
export const PageQuery = z.strictObject({ cursor: Cursor.optional(), limit: PageLimit });
export type PageQuery = z.infer<typeof PageQuery>;

/** Answer of a cursor-paged list; `nextCursor` is null on the last page. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}
