import { QRCodeSVG } from 'qrcode.react';

/** QR code. Always dark on white: some readers do not understand the inverse. */
export function Qr({ value, title }: { value: string; title: string }) {
  return (
    <span className="inline-block rounded-md border border-line bg-white p-3">
      <QRCodeSVG value={value} title={title} size={168} level="M" role="img" />
    </span>
  );
}
