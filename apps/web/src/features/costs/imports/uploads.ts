/**
 * Uploads of this browser tab. They live outside the pages, so that walking through the application does not stop
 * them. A file goes in pieces that are read from the disk one by one; after a broken connection the server says
 * how much it has, and the upload goes on from there.
 */
import type { CreateImportBody } from '@cloudatlas/contracts/cost-imports';
import type { z } from 'zod';
import { useSyncExternalStore } from 'react';
import { NetworkError, isApiError } from '@/app/api.ts';
import type { WorkspacePlace } from '@/features/accounts/queries.ts';
import { importsApi } from '../import-queries.ts';

/** Bytes per request. */
const pieceBytes = 4 * 1024 * 1024;
/** Attempts at one piece before the upload gives up. */
const attempts = 5;
const waitMs = 1500;

export interface Upload {
  id: string;
  place: WorkspacePlace;
  files: readonly string[];
  sent: number;
  bytes: number;
  status: 'sending' | 'failed';
  error: unknown;
  cancel: () => void;
}

let uploads: readonly Upload[] = [];
const listeners = new Set<() => void>();

function publish(next: readonly Upload[]): void {
  uploads = next;
  for (const listener of listeners) listener();
  if (uploads.some(({ status }) => status === 'sending')) addEventListener('beforeunload', warn);
  else removeEventListener('beforeunload', warn);
}

/** Closing the tab would lose what is not sent yet. */
function warn(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

const change = (id: string, patch: Partial<Upload>): void =>
  publish(uploads.map((upload) => (upload.id === id ? { ...upload, ...patch } : upload)));
const drop = (id: string): void => publish(uploads.filter((upload) => upload.id !== id));

/** Uploads going on or failed, oldest first. */
export function useUploads(): readonly Upload[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => uploads,
  );
}

/**
 * Begins an import of files and sends them; returns once it has begun.
 * @param onChange called when the list of imports should be read again
 * @throws ApiError when the import is refused
 */
export async function startUpload(
  place: WorkspacePlace,
  files: readonly File[],
  options: z.input<typeof CreateImportBody>,
  onChange: () => void,
): Promise<void> {
  const { id } = await importsApi.create(place, options);
  const abort = new AbortController();
  const upload: Upload = {
    id,
    place,
    files: files.map(({ name }) => name),
    sent: 0,
    bytes: files.reduce((sum, { size }) => sum + size, 0),
    status: 'sending',
    error: undefined,
    cancel: () => {
      abort.abort();
      drop(id);
      void importsApi.remove(place, id).finally(onChange);
    },
  };
  publish([...uploads, upload]);
  onChange();
  void send(upload, files, abort.signal).then(
    () => {
      drop(id);
      onChange();
    },
    (error: unknown) => {
      if (!abort.signal.aborted) change(id, { status: 'failed', error });
      onChange();
    },
  );
}

async function send({ id, place }: Upload, files: readonly File[], signal: AbortSignal): Promise<void> {
  let before = 0;
  for (const file of files) {
    const base = before;
    await sendFile(place, id, file, signal, (sent) => change(id, { sent: base + sent }));
    before += file.size;
  }
  await importsApi.start(place, id);
}

async function sendFile(
  place: WorkspacePlace,
  id: string,
  file: File,
  signal: AbortSignal,
  onSent: (bytes: number) => void,
): Promise<void> {
  let offset = 0;
  let failures = 0;
  do {
    try {
      const piece = file.slice(offset, offset + pieceBytes);
      const entry = await importsApi.upload(place, id, file.name, offset, piece, signal);
      offset = entry.files.find(({ name }) => name === file.name)?.received ?? offset + piece.size;
      failures = 0;
      onSent(offset);
    } catch (error) {
      const again =
        error instanceof NetworkError || isApiError(error, 'conflict', 'unavailable', 'rate_limited');
      failures += 1;
      if (!again || failures >= attempts || signal.aborted) throw error;
      await new Promise((resolve) => setTimeout(resolve, waitMs * failures));
      const entry = await importsApi.get(place, id).catch(() => undefined);
      offset = entry?.files.find(({ name }) => name === file.name)?.received ?? offset;
    }
  } while (offset < file.size);
}

/** Takes a failed upload off the list; what the server has of it goes too. */
export function dismissUpload(upload: Upload): void {
  drop(upload.id);
  void importsApi.remove(upload.place, upload.id).catch(() => undefined);
}

/** Forms a cost file may have. */
export const fileTypes = '.csv,.gz,.parquet';

/** Why a choice of files cannot be sent; null when it can. */
export function problemOfFiles(
  files: readonly Pick<File, 'name' | 'size'>[],
): 'type' | 'empty' | 'twice' | null {
  if (files.some(({ name }) => !/\.(?:csv|csv\.gz|gz|parquet)$/i.test(name))) return 'type';
  if (files.some(({ size }) => size === 0)) return 'empty';
  return new Set(files.map(({ name }) => name)).size === files.length ? null : 'twice';
}
