import { createHash } from 'node:crypto';
import type { FaultSet } from '../../control/faults.ts';
import type { Caller } from '../entra.ts';
import { ApiError, type JsonAnswer, type JsonRequest } from '../http.ts';
import { deliveries, type LazyBlob } from './cost-exports.ts';
import { allows, type Subscription } from './subscription.ts';

/*
 * Blob service REST API with tokens of Entra ID: List Blobs and Get Blob (Microsoft Learn, "Blob service REST API"),
 * under `/<account>/<container>` as clients address an endpoint that is not the service's own host.
 */

export const STORAGE = 'https://storage.azure.com';
const READ = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read';
const PAGE = 5_000;

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** An error as the Blob service writes it. */
export function blobError(error: ApiError): JsonAnswer {
  return {
    status: error.status,
    headers: { ...error.headers, 'content-type': 'application/xml', 'x-ms-error-code': error.code },
    text: `\uFEFF<?xml version="1.0" encoding="utf-8"?><Error><Code>${escapeXml(error.code)}</Code><Message>${escapeXml(error.message)}</Message></Error>`,
  };
}

/** Whether a request is one of the Blob service: its clients always name a version. */
export function isBlobRequest(request: JsonRequest): boolean {
  return request.headers['x-ms-version'] !== undefined;
}

const etag = (blob: LazyBlob, bytes: Buffer): string =>
  `"0x${createHash('sha256').update(`${blob.name} ${blob.at} ${bytes.length}`).digest('hex').slice(0, 15).toUpperCase()}"`;

/** Blobs of exports over the subscriptions of a world. */
export class BlobService {
  readonly #subscriptions: () => ReadonlyMap<string, Subscription>;
  /** Contents of the last blobs that were asked for: an export is made once, not for each look at its length. */
  readonly #contents = new Map<string, Buffer>();

  constructor(subscriptions: () => ReadonlyMap<string, Subscription>) {
    this.#subscriptions = subscriptions;
  }

  /** What a request is, for faults and the log. */
  static operation(request: JsonRequest): string {
    return request.query.get('comp') === 'list' ? 'blob:ListBlobs' : 'blob:GetBlob';
  }

  /** @throws ApiError */
  serve(request: JsonRequest, caller: Caller, now: number, faults: FaultSet): JsonAnswer {
    const [account = '', container = '', ...path] = request.path.split('/').slice(1);
    const subscription = [...this.#subscriptions().values()].find(
      (one) =>
        one.tenantId === caller.directory.id &&
        one.ofType('Microsoft.Storage/storageAccounts').some(({ name }) => name === account),
    );
    if (!subscription) throw new ApiError(404, 'ResourceNotFound', 'The specified resource does not exist.');
    const role = subscription.roles.get(caller.application.objectId);
    const actions = role?.dataActions ?? [];
    if (!allows({ actions, notActions: [] }, READ))
      throw new ApiError(
        403,
        'AuthorizationPermissionMismatch',
        'This request is not authorized to perform this operation using this permission.',
      );
    const jobs = subscription.exports.filter((job) => job.account === account && job.container === container);
    if (jobs.length === 0)
      throw new ApiError(404, 'ContainerNotFound', 'The specified container does not exist.');
    const blobs = jobs.flatMap((job) => [...deliveries(subscription, job, now)]);
    if (request.query.get('comp') === 'list') return this.#list(request, account, container, blobs, faults);
    if (request.method !== 'GET' && request.method !== 'HEAD')
      throw new ApiError(
        405,
        'UnsupportedHttpVerb',
        'The resource does not support the specified HTTP verb.',
      );
    const blob = blobs.find(({ name }) => name === path.join('/'));
    if (!blob) throw new ApiError(404, 'BlobNotFound', 'The specified blob does not exist.');
    return this.#get(request, account, blob);
  }

  #bytesOf(account: string, blob: LazyBlob): Buffer {
    const key = `${account}/${blob.name}`;
    const known = this.#contents.get(key);
    if (known) return known;
    const made = blob.bytes();
    this.#contents.set(key, made);
    if (this.#contents.size > 64) this.#contents.delete([...this.#contents.keys()][0] ?? '');
    return made;
  }

  #list(
    request: JsonRequest,
    account: string,
    container: string,
    blobs: readonly LazyBlob[],
    faults: FaultSet,
  ): JsonAnswer {
    const prefix = request.query.get('prefix') ?? '';
    const paging = faults.paging();
    const asked = Number(request.query.get('maxresults') ?? PAGE) || PAGE;
    const size = Math.min(PAGE, asked, paging?.maxItems ?? PAGE);
    const marker = request.query.get('marker') ?? '';
    const after = marker === '' ? '' : Buffer.from(marker, 'base64url').toString('utf8');
    const all = blobs
      .filter(({ name }) => name.startsWith(prefix) && name > after)
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const page = all.slice(0, size);
    const next = all.length > size ? Buffer.from(page.at(-1)?.name ?? '').toString('base64url') : '';
    const items = page.map((blob) => {
      const bytes = this.#bytesOf(account, blob);
      const when = new Date(blob.at).toUTCString();
      return `<Blob><Name>${escapeXml(blob.name)}</Name><Properties><Creation-Time>${when}</Creation-Time><Last-Modified>${when}</Last-Modified><Etag>${escapeXml(etag(blob, bytes).replaceAll('"', ''))}</Etag><Content-Length>${bytes.length}</Content-Length><Content-Type>application/octet-stream</Content-Type><BlobType>BlockBlob</BlobType><AccessTier>Hot</AccessTier><LeaseStatus>unlocked</LeaseStatus><LeaseState>available</LeaseState></Properties></Blob>`;
    });
    return {
      status: 200,
      headers: { 'content-type': 'application/xml' },
      text: `\uFEFF<?xml version="1.0" encoding="utf-8"?><EnumerationResults ServiceEndpoint="${request.origin}/${account}" ContainerName="${container}"><Prefix>${escapeXml(prefix)}</Prefix><MaxResults>${size}</MaxResults><Blobs>${items.join('')}</Blobs><NextMarker>${next}</NextMarker></EnumerationResults>`,
    };
  }

  #get(request: JsonRequest, account: string, blob: LazyBlob): JsonAnswer {
    const bytes = this.#bytesOf(account, blob);
    const common = {
      'content-type': 'application/octet-stream',
      'accept-ranges': 'bytes',
      'last-modified': new Date(blob.at).toUTCString(),
      etag: etag(blob, bytes),
      'x-ms-blob-type': 'BlockBlob',
    };
    const wanted = request.headers['x-ms-range'] ?? request.headers['range'];
    if (request.headers['if-match'] !== undefined && request.headers['if-match'] !== common.etag)
      throw new ApiError(
        412,
        'ConditionNotMet',
        'The condition specified using HTTP conditional header(s) is not met.',
      );
    const match = /^bytes=(\d+)-(\d*)$/.exec(wanted ?? '');
    if (!match) return { status: 200, headers: common, bytes };
    const from = Number(match[1]);
    if (from >= bytes.length)
      throw new ApiError(
        416,
        'InvalidRange',
        'The range specified is invalid for the current size of the resource.',
      );
    const to = match[2] === '' ? bytes.length - 1 : Math.min(Number(match[2]), bytes.length - 1);
    return {
      status: 206,
      headers: { ...common, 'content-range': `bytes ${from}-${to}/${bytes.length}` },
      bytes: bytes.subarray(from, to + 1),
    };
  }
}
