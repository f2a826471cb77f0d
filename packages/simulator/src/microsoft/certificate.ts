import { generate } from 'selfsigned';

/** A private key and a certificate for loopback names, PEM. Clients trust it like a certificate authority. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** Makes a certificate: Microsoft's clients refuse to send tokens over plain HTTP. Lives as long as the process. */
export async function makeCertificate(): Promise<Certificate> {
  const now = Date.now();
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'CloudAtlas simulator' }], {
    keySize: 2048,
    algorithm: 'sha256',
    notBeforeDate: new Date(now - 86_400_000),
    notAfterDate: new Date(now + 90 * 86_400_000),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, digitalSignature: true, keyEncipherment: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
          { type: 7, ip: '::1' },
        ],
      },
    ],
  });
  return { key, cert };
}
