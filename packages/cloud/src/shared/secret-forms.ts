/** How a provider may quote a secret: as it is, out of the JSON, the XML or the address that it was sent in. */
export function formsOf(secret: string): readonly string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const xml = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return [...new Set([secret, json, xml, encodeURIComponent(secret)])].toSorted(
    (a, b) => b.length - a.length,
  );
}
