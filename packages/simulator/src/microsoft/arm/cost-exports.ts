import { gzipSync } from 'node:zlib';
import { guid } from '../directory.ts';
import { chargesOf } from './costs.ts';
import type { Subscription } from './subscription.ts';

const DAY = 86_400_000;
/** Months that were delivered, the running one among them. */
const MONTHS = 13;
/** Days into the next month on which the last run of a month is made. */
const CLOSED_ON = 5;

/** A scheduled export of Cost Management into a container. */
export interface CostExportJob {
  readonly name: string;
  /** Name of the storage account. */
  readonly account: string;
  readonly container: string;
  readonly folder: string;
  readonly type: 'FocusCost' | 'ActualCost';
  readonly compression: 'gzip' | 'none';
}

/** A blob that is made when it is read. */
export interface LazyBlob {
  readonly name: string;
  readonly at: number;
  readonly bytes: () => Buffer;
}

const FOCUS = [
  'BilledCost',
  'BillingAccountId',
  'BillingAccountName',
  'BillingAccountType',
  'BillingCurrency',
  'BillingPeriodEnd',
  'BillingPeriodStart',
  'ChargeCategory',
  'ChargeClass',
  'ChargeDescription',
  'ChargeFrequency',
  'ChargePeriodEnd',
  'ChargePeriodStart',
  'ConsumedQuantity',
  'ConsumedUnit',
  'ContractedCost',
  'EffectiveCost',
  'InvoiceIssuerName',
  'ListCost',
  'PricingCategory',
  'PricingQuantity',
  'PricingUnit',
  'ProviderName',
  'PublisherName',
  'RegionId',
  'RegionName',
  'ResourceId',
  'ResourceName',
  'ResourceType',
  'ServiceCategory',
  'ServiceName',
  'SkuId',
  'SubAccountId',
  'SubAccountName',
  'SubAccountType',
  'Tags',
  'x_ResourceGroupName',
] as const;

const CATEGORIES: Readonly<Record<string, string>> = {
  'Virtual Machines': 'Compute',
  'Azure Kubernetes Service': 'Compute',
  'Azure App Service': 'Web',
  Storage: 'Storage',
  'SQL Database': 'Databases',
};

/** Azure writes its times without seconds. */
const time = (at: number): string => `${new Date(at).toISOString().slice(0, 16)}Z`;
const cell = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Charges of a month in the columns of FOCUS 1.0 as Cost Management writes them: ids in the casing of their makers. */
function focusCsv(subscription: Subscription, from: number, to: number, now: number): string {
  const lines = [FOCUS.join(',')];
  for (const charge of chargesOf(subscription, from, to, now)) {
    const { resource } = charge;
    // Whole units of 10⁻⁹, as the cost query sums them.
    const amount = String(Math.round(charge.usd * 1e9) / 1e9);
    const row: Readonly<Record<(typeof FOCUS)[number], string>> = {
      BilledCost: amount,
      BillingAccountId: `/providers/Microsoft.Billing/billingAccounts/${guid(subscription.tenantId, 'billing')}`,
      BillingAccountName: 'Aurora',
      BillingAccountType: 'Billing Profile',
      BillingCurrency: 'USD',
      BillingPeriodStart: time(from),
      BillingPeriodEnd: time(nextMonth(from)),
      ChargeCategory: 'Usage',
      ChargeClass: '',
      ChargeDescription: `${charge.service} - ${charge.meter}`,
      ChargeFrequency: 'Usage-Based',
      ChargePeriodStart: time(charge.day),
      ChargePeriodEnd: time(charge.day + DAY),
      ConsumedQuantity: '24',
      ConsumedUnit: 'Hours',
      ContractedCost: amount,
      EffectiveCost: amount,
      InvoiceIssuerName: 'Microsoft',
      ListCost: amount,
      PricingCategory: 'Standard',
      PricingQuantity: '24',
      PricingUnit: 'Hours',
      ProviderName: 'Microsoft',
      PublisherName: 'Microsoft',
      RegionId: resource.location,
      RegionName: resource.location,
      ResourceId: resource.id,
      ResourceName: resource.name,
      ResourceType: resource.type.toLowerCase(),
      ServiceCategory: CATEGORIES[charge.service] ?? 'Networking',
      ServiceName: charge.service,
      SkuId: charge.meter,
      SubAccountId: `/subscriptions/${subscription.id}`,
      SubAccountName: subscription.displayName,
      SubAccountType: 'Subscription',
      Tags: JSON.stringify(resource.tags),
      x_ResourceGroupName: (resource.id.split('/')[4] ?? '').toLowerCase(),
    };
    lines.push(FOCUS.map((name) => cell(row[name])).join(','));
  }
  return `${lines.join('\r\n')}\r\n`;
}

const nextMonth = (at: number): number =>
  Date.UTC(new Date(at).getUTCFullYear(), new Date(at).getUTCMonth() + 1, 1);
const compact = (at: number): string => new Date(at).toISOString().slice(0, 10).replaceAll('-', '');

/** Everything an export has written by now: each month's last run, as one partition and its manifest. */
export function* deliveries(
  subscription: Subscription,
  job: CostExportJob,
  now: number,
): Generator<LazyBlob> {
  const today = Math.floor(now / DAY) * DAY;
  const thisMonth = Date.UTC(new Date(now).getUTCFullYear(), new Date(now).getUTCMonth(), 1);
  for (let back = MONTHS - 1; back >= 0; back -= 1) {
    const from = Date.UTC(new Date(thisMonth).getUTCFullYear(), new Date(thisMonth).getUTCMonth() - back, 1);
    const end = nextMonth(from);
    // The run of a day has the days before it.
    const at = Math.min(today, end + (CLOSED_ON - 1) * DAY);
    if (at <= from) continue;
    const run = guid(subscription.id, job.name, String(at));
    const span = `${compact(from)}-${compact(end - DAY)}`;
    const stamp = `${compact(at)}0400`;
    const folder = `${job.folder}/${job.name}/${span}/${stamp}/${run}`;
    const blobName = `${folder}/part_0_0001.csv${job.compression === 'gzip' ? '.gz' : ''}`;
    const part = (): Buffer => {
      const text =
        job.type === 'FocusCost'
          ? focusCsv(subscription, from, Math.min(end, at), now)
          : 'SubscriptionId,Date,CostInBillingCurrency\r\n';
      return job.compression === 'gzip' ? gzipSync(text) : Buffer.from(text);
    };
    yield { name: blobName, at, bytes: part };
    yield {
      name: `${folder}/manifest.json`,
      at,
      bytes: () =>
        Buffer.from(
          JSON.stringify({
            manifestVersion: '2024-04-01',
            byteCount: part().length,
            blobCount: 1,
            exportConfig: {
              exportName: job.name,
              resourceId: `/subscriptions/${subscription.id}/providers/Microsoft.CostManagement/exports/${job.name}`,
              dataVersion: job.type === 'FocusCost' ? '1.0' : '2021-10-01',
              apiVersion: '2023-07-01-preview',
              type: job.type,
              timeFrame: 'Custom',
              granularity: 'Daily',
            },
            deliveryConfig: {
              partitionData: true,
              dataOverwriteBehavior: 'CreateNewReport',
              fileFormat: 'Csv',
              compressionMode: job.compression,
              containerUri: `/subscriptions/${subscription.id}/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/${job.account}`,
              rootFolderPath: job.folder,
            },
            runInfo: {
              executionType: 'Scheduled',
              submittedTime: new Date(at).toISOString(),
              runId: run,
              startDate: `${new Date(from).toISOString().slice(0, 10)}T00:00:00`,
              endDate: `${new Date(end - DAY).toISOString().slice(0, 10)}T00:00:00`,
            },
            blobs: [{ blobName, byteCount: part().length }],
          }),
        ),
    };
  }
}
