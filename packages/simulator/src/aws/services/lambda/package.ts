import { AwsError } from '../../wire/aws-error.ts';

/** Largest request of CreateFunction and UpdateFunctionCode, in bytes: a 50 MB ZIP in base64. */
export const MAX_REQUEST_BYTES = 70_167_211;
/** Largest ZIP uploaded directly, in bytes. */
export const MAX_ZIP_BYTES = 52_428_800;
/** Largest size of all files unpacked, in bytes. */
export const MAX_UNZIPPED_BYTES = 262_144_000;

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;

/** Unpacked size of all files, from the central directory; undefined when this is no ZIP (APPNOTE 6.3, 4.3.12). */
export function unzippedSize(zip: Uint8Array): number | undefined {
  const buffer = Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength);
  const from = Math.max(0, buffer.length - 65_557);
  let end = buffer.length - 22;
  while (end >= from && buffer.readUInt32LE(end) !== END_OF_DIRECTORY) end -= 1;
  if (end < from || end < 0) return undefined;
  const count = buffer.readUInt16LE(end + 10);
  let at = buffer.readUInt32LE(end + 16);
  let size = 0;
  for (let i = 0; i < count; i++) {
    if (at + 46 > buffer.length || buffer.readUInt32LE(at) !== DIRECTORY_ENTRY) return undefined;
    size += buffer.readUInt32LE(at + 24);
    at += 46 + buffer.readUInt16LE(at + 28) + buffer.readUInt16LE(at + 30) + buffer.readUInt16LE(at + 32);
  }
  return size;
}

/**
 * Refuses what Lambda refuses about a package.
 * @param requestBytes size of the HTTP body, which carries the ZIP in base64
 */
export function checkPackage(
  zip: Uint8Array,
  requestBytes: number,
  operation: string,
  direct: boolean,
): void {
  if (direct && (requestBytes > MAX_REQUEST_BYTES || zip.length > MAX_ZIP_BYTES)) {
    throw new AwsError(
      'RequestEntityTooLargeException',
      `Request must be smaller than ${MAX_REQUEST_BYTES} bytes for the ${operation} operation`,
      413,
    );
  }
  const size = zip.length === 0 ? undefined : unzippedSize(zip);
  if (size === undefined) {
    throw new AwsError(
      'InvalidParameterValueException',
      'Could not unzip uploaded file. Please check your file, then try to upload again.',
    );
  }
  if (size >= MAX_UNZIPPED_BYTES) {
    throw new AwsError(
      'InvalidParameterValueException',
      `Unzipped size must be smaller than ${MAX_UNZIPPED_BYTES} bytes`,
    );
  }
}
