import type {
  GetAnomaliesResponse,
  GetAnomalyMonitorsResponse,
  GetReservationCoverageRequest,
  GetReservationCoverageResponse,
  GetReservationUtilizationRequest,
  GetReservationUtilizationResponse,
  GetSavingsPlansCoverageResponse,
} from '@aws-sdk/client-cost-explorer';
import type { Output, RequestContext, ServiceDefinition } from '../../context.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { getCostAndUsage, getDimensionValues, getTags } from './cost-and-usage.ts';
import { getCostForecast, onDemandHours } from './forecast.ts';
import { checkHistory, cut, readInterval } from './periods.ts';

/** No reservations are held: nothing per period, and a total of zeros. */
function getReservationUtilization(
  input: GetReservationUtilizationRequest,
  context: RequestContext,
): Output<GetReservationUtilizationResponse> {
  const { from, to } = readInterval(input.TimePeriod);
  checkHistory(from, to, 'DAILY', context.now);
  const zeros = {
    UtilizationPercentage: '0',
    UtilizationPercentageInUnits: '0',
    PurchasedHours: '0',
    PurchasedUnits: '0',
    TotalActualHours: '0',
    TotalActualUnits: '0',
    UnusedHours: '0',
    UnusedUnits: '0',
    OnDemandCostOfRIHoursUsed: '0',
    NetRISavings: '0',
    TotalPotentialRISavings: '0',
    AmortizedUpfrontFee: '0',
    AmortizedRecurringFee: '0',
    TotalAmortizedFee: '0',
    RICostForUnusedHours: '0',
    RealizedSavings: '0',
    UnrealizedSavings: '0',
  };
  return { UtilizationsByTime: [], Total: zeros };
}

function coverage(hours: number): {
  CoverageHours: {
    OnDemandHours: string;
    ReservedHours: string;
    TotalRunningHours: string;
    CoverageHoursPercentage: string;
  };
} {
  const text = String(Number(hours.toFixed(6)));
  return {
    CoverageHours: {
      OnDemandHours: text,
      ReservedHours: '0',
      TotalRunningHours: text,
      CoverageHoursPercentage: '0',
    },
  };
}

/** All running hours are on demand: coverage is 0 per cent of them. */
function getReservationCoverage(
  input: GetReservationCoverageRequest,
  context: RequestContext,
): Output<GetReservationCoverageResponse> {
  const { from, to } = readInterval(input.TimePeriod);
  checkHistory(from, to, 'DAILY', context.now);
  const periods = cut(from, to, input.Granularity ?? 'MONTHLY', context.now);
  return {
    CoveragesByTime: periods.map((p) => ({
      TimePeriod: p.label,
      Groups: [],
      Total: coverage(onDemandHours(context, p.from, p.to)),
    })),
    Total: coverage(onDemandHours(context, from, to)),
  };
}

function noSavingsPlans(): never {
  throw new AwsError(
    'DataUnavailableException',
    'There are no Savings Plans in your account for this time period.',
    400,
  );
}

function getSavingsPlansCoverage(): Output<GetSavingsPlansCoverageResponse> {
  return { SavingsPlansCoverages: [] };
}

function getAnomalies(): Output<GetAnomaliesResponse> {
  return { Anomalies: [] };
}

function getAnomalyMonitors(): Output<GetAnomalyMonitorsResponse> {
  return { AnomalyMonitors: [] };
}

/** AWS Cost Explorer over the simulated ledger. */
export const ce: ServiceDefinition = {
  iamPrefix: 'ce',
  handlers: {
    GetCostAndUsage: getCostAndUsage,
    GetDimensionValues: getDimensionValues,
    GetTags: getTags,
    GetCostForecast: getCostForecast,
    GetReservationUtilization: getReservationUtilization,
    GetReservationCoverage: getReservationCoverage,
    GetSavingsPlansUtilization: noSavingsPlans,
    GetSavingsPlansCoverage: getSavingsPlansCoverage,
    GetAnomalies: getAnomalies,
    GetAnomalyMonitors: getAnomalyMonitors,
  },
};
