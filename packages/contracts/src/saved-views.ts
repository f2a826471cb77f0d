import { z } from 'zod';
import { DisplayName, Id, Instant } from './common.ts';

/** Filters of a page under a name: one's own, and those shared with the workspace. */
export const SavedView = z.object({
  id: Id,
  name: z.string(),
  /** Query string of the page. */
  search: z.string(),
  mine: z.boolean(),
  shared: z.boolean(),
  createdAt: Instant,
});
export type SavedView = z.infer<typeof SavedView>;
export const SavedViewList = z.object({ items: z.array(SavedView) });
export const CreateSavedViewBody = z.strictObject({
  name: DisplayName,
  search: z.string().max(4000),
  shared: z.boolean().default(false),
});
