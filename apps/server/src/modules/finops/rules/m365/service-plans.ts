/*
 * Which service plan holds which (Microsoft, "Product names and service plan identifiers for licensing"): the larger
 * edition does all that the smaller one does.
 */
const EDITIONS: readonly (readonly string[])[] = [
  ['EXCHANGE_S_DESKLESS', 'EXCHANGE_S_STANDARD', 'EXCHANGE_S_ENTERPRISE'],
  ['SHAREPOINTDESKLESS', 'SHAREPOINTSTANDARD', 'SHAREPOINTENTERPRISE'],
  ['AAD_PREMIUM', 'AAD_PREMIUM_P2'],
  ['BI_AZURE_P0', 'BI_AZURE_P1', 'BI_AZURE_P2'],
  ['OFFICEMOBILE_SUBSCRIPTION', 'OFFICE_BUSINESS', 'OFFICESUBSCRIPTION'],
  ['RMS_S_PREMIUM', 'RMS_S_PREMIUM2'],
  ['ATP_ENTERPRISE', 'THREAT_INTELLIGENCE'],
];

function holds(plan: string, wanted: string): boolean {
  if (plan === wanted) return true;
  const editions = EDITIONS.find((list) => list.includes(wanted));
  return editions !== undefined && editions.indexOf(plan) > editions.indexOf(wanted);
}

/** Whether every plan of a product is in another product, in the same or a larger edition. */
export function covers(product: readonly string[], other: readonly string[]): boolean {
  return other.every((wanted) => product.some((plan) => holds(plan, wanted)));
}
