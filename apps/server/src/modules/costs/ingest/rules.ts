/**
 * What the importer repairs and what it refuses. Ids are stable: the pages translate them and the
 * report counts by them.
 */
export const REPAIRS = [
  {
    id: 'value-case',
    bit: 1,
    text: 'A value of a closed list was written in another case; the canonical spelling is stored.',
  },
  { id: 'time-without-zone', bit: 2, text: 'ChargePeriodStart had no time zone; read as UTC.' },
  {
    id: 'tag-keys-trimmed',
    bit: 4,
    text: 'Tag keys with spaces around them were trimmed; of equal keys the untrimmed one was kept.',
  },
  {
    id: 'json-dropped',
    bit: 8,
    text: 'Tags or another JSON column was not a JSON object; stored as missing.',
  },
  {
    id: 'optional-number-dropped',
    bit: 16,
    text: 'A quantity or unit price was not a number; stored as missing.',
  },
  {
    id: 'billing-period-derived',
    bit: 32,
    text: 'BillingPeriodStart was missing or unreadable; the month of the charge is used.',
  },
  { id: 'rounded', bit: 64, text: 'A cost had more than 18 decimals; rounded to 18.' },
  {
    id: 'decimal-comma',
    bit: 128,
    text: 'Numbers with a decimal comma were read as the import was told to.',
  },
  { id: 'currency-case', bit: 256, text: 'The currency code was in lower case or had spaces.' },
  { id: 'optional-time-dropped', bit: 512, text: 'An end of period was unreadable; stored as missing.' },
  { id: 'date-order', bit: 1024, text: 'Dates with slashes were read in the order the import was told.' },
] as const;
export type RepairId = (typeof REPAIRS)[number]['id'];

export const REFUSALS = {
  'billing-account-missing': 'BillingAccountId is empty.',
  'billing-account-damaged':
    'BillingAccountId looks like a spreadsheet number (1.23E+11): its digits are lost.',
  'currency-missing': 'BillingCurrency is empty.',
  'currency-invalid': 'BillingCurrency is not a three-letter code.',
  'billed-cost-missing': 'BilledCost is empty.',
  'billed-cost-invalid': 'BilledCost is not a number with a decimal point and at most 20 digits before it.',
  'cost-invalid': 'EffectiveCost, ListCost or ContractedCost is not a number.',
  'charge-period-invalid': 'ChargePeriodStart is empty or not an ISO 8601 time between 2000 and 2100.',
  'period-closed': 'The billing period is closed for this import.',
  'row-too-few-columns': 'The line has fewer values than the header.',
  'row-too-many-columns': 'The line has more values than the header.',
  'row-quoting': 'The quotes of the line are broken.',
  'row-encoding': 'The line is not UTF-8.',
  'row-too-long': 'The line is longer than 2 MB.',
  'row-malformed': 'The line cannot be read as CSV.',
} as const;
export type RefusalId = keyof typeof REFUSALS;

/** DuckDB's error types of malformed CSV lines → our ids. */
export function structuralRefusal(errorType: string): RefusalId {
  switch (errorType) {
    case 'MISSING COLUMNS':
      return 'row-too-few-columns';
    case 'TOO MANY COLUMNS':
      return 'row-too-many-columns';
    case 'UNQUOTED VALUE':
      return 'row-quoting';
    case 'INVALID ENCODING':
    case 'INVALID UNICODE':
      return 'row-encoding';
    case 'LINE SIZE OVER MAXIMUM':
      return 'row-too-long';
    default:
      return 'row-malformed';
  }
}

export function repairBit(id: RepairId): number {
  const found = REPAIRS.find((r) => r.id === id);
  if (!found) throw new RangeError(id);
  return found.bit;
}

/** Marks a header line repeated inside the data: skipped, neither accepted nor refused. */
export const REPEATED_HEADER = 'repeated-header';
