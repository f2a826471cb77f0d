import type { Rule } from './rule.ts';
import { rule as amiUnused } from './aws/aws-ami-unused.ts';
import { rule as asgFixedSize } from './aws/aws-asg-fixed-size.ts';
import { rule as asgIdle } from './aws/aws-asg-idle.ts';
import { rule as athenaNoScanCap } from './aws/aws-athena-no-scan-cap.ts';
import { rule as auroraIoOptimized } from './aws/aws-aurora-io-optimized.ts';
import { rule as cloudtrailDuplicates } from './aws/aws-cloudtrail-duplicates.ts';
import { rule as dynamodbCapacity } from './aws/aws-dynamodb-capacity.ts';
import { rule as ebsGp2ToGp3 } from './aws/aws-ebs-gp2-to-gp3.ts';
import { rule as ebsGp3ExtraPerformance } from './aws/aws-ebs-gp3-extra-performance.ts';
import { rule as ebsIoToGp3 } from './aws/aws-ebs-io-to-gp3.ts';
import { rule as ebsOnStoppedInstance } from './aws/aws-ebs-on-stopped-instance.ts';
import { rule as ebsUnattached } from './aws/aws-ebs-unattached.ts';
import { rule as ebsZeroIo } from './aws/aws-ebs-zero-io.ts';
import { rule as ec2BurstableMisuse } from './aws/aws-ec2-burstable-misuse.ts';
import { rule as ec2CapacityReservationUnused } from './aws/aws-ec2-capacity-reservation-unused.ts';
import { rule as ec2CrossFamily } from './aws/aws-ec2-cross-family.ts';
import { rule as ec2DedicatedHostIdle } from './aws/aws-ec2-dedicated-host-idle.ts';
import { rule as ec2DetailedMonitoring } from './aws/aws-ec2-detailed-monitoring.ts';
import { rule as ec2Graviton } from './aws/aws-ec2-graviton.ts';
import { rule as ec2Idle } from './aws/aws-ec2-idle.ts';
import { rule as ec2OffHours } from './aws/aws-ec2-off-hours.ts';
import { rule as ec2OldGeneration } from './aws/aws-ec2-old-generation.ts';
import { rule as ec2StoppedLong } from './aws/aws-ec2-stopped-long.ts';
import { rule as ec2Underused } from './aws/aws-ec2-underused.ts';
import { rule as ecrUnusedImages } from './aws/aws-ecr-unused-images.ts';
import { rule as ecsOverprovisioned } from './aws/aws-ecs-overprovisioned.ts';
import { rule as eipIdle } from './aws/aws-eip-idle.ts';
import { rule as eksExtendedSupport } from './aws/aws-eks-extended-support.ts';
import { rule as eksNoSpot } from './aws/aws-eks-no-spot.ts';
import { rule as elasticacheIdle } from './aws/aws-elasticache-idle.ts';
import { rule as elasticacheUnderused } from './aws/aws-elasticache-underused.ts';
import { rule as elbClassicUnused } from './aws/aws-elb-classic-unused.ts';
import { rule as elbLowTraffic } from './aws/aws-elb-low-traffic.ts';
import { rule as elbNoTargets } from './aws/aws-elb-no-targets.ts';
import { rule as emrIdle } from './aws/aws-emr-idle.ts';
import { rule as fsxIdle } from './aws/aws-fsx-idle.ts';
import { rule as healthCheckUnused } from './aws/aws-health-check-unused.ts';
import { rule as ipv4OnInternalHost } from './aws/aws-ipv4-on-internal-host.ts';
import { rule as kinesisIdle } from './aws/aws-kinesis-idle.ts';
import { rule as kmsKeyDisabled } from './aws/aws-kms-key-disabled.ts';
import { rule as lambdaArm64 } from './aws/aws-lambda-arm64.ts';
import { rule as lambdaMemory } from './aws/aws-lambda-memory.ts';
import { rule as lambdaProvisionedIdle } from './aws/aws-lambda-provisioned-idle.ts';
import { rule as lambdaTimeout } from './aws/aws-lambda-timeout.ts';
import { rule as lambdaUnused } from './aws/aws-lambda-unused.ts';
import { rule as logsRetention } from './aws/aws-logs-retention.ts';
import { rule as natIdle } from './aws/aws-nat-idle.ts';
import { rule as natToGatewayEndpoint } from './aws/aws-nat-to-gateway-endpoint.ts';
import { rule as opensearchIdle } from './aws/aws-opensearch-idle.ts';
import { rule as opensearchMasters } from './aws/aws-opensearch-masters.ts';
import { rule as rdsClusterIdle } from './aws/aws-rds-cluster-idle.ts';
import { rule as rdsExtendedSupport } from './aws/aws-rds-extended-support.ts';
import { rule as rdsIdle } from './aws/aws-rds-idle.ts';
import { rule as rdsMultiAzNonprod } from './aws/aws-rds-multi-az-nonprod.ts';
import { rule as rdsOldGeneration } from './aws/aws-rds-old-generation.ts';
import { rule as rdsSnapshotOld } from './aws/aws-rds-snapshot-old.ts';
import { rule as rdsUnderused } from './aws/aws-rds-underused.ts';
import { rule as redshiftIdle } from './aws/aws-redshift-idle.ts';
import { rule as s3AbandonedBucket } from './aws/aws-s3-abandoned-bucket.ts';
import { rule as s3IncompleteUploads } from './aws/aws-s3-incomplete-uploads.ts';
import { rule as s3Lifecycle } from './aws/aws-s3-lifecycle.ts';
import { rule as s3NoncurrentVersions } from './aws/aws-s3-noncurrent-versions.ts';
import { rule as sagemakerEndpointIdle } from './aws/aws-sagemaker-endpoint-idle.ts';
import { rule as sagemakerNotebookRunning } from './aws/aws-sagemaker-notebook-running.ts';
import { rule as secretUnused } from './aws/aws-secret-unused.ts';
import { rule as snapshotArchiveTier } from './aws/aws-snapshot-archive-tier.ts';
import { rule as snapshotOld } from './aws/aws-snapshot-old.ts';
import { rule as snapshotOrphan } from './aws/aws-snapshot-orphan.ts';
import { rule as tgwAttachmentIdle } from './aws/aws-tgw-attachment-idle.ts';
import { rule as vpceIdle } from './aws/aws-vpce-idle.ts';
import { rule as vpnIdle } from './aws/aws-vpn-idle.ts';
import { rule as workspacesIdle } from './aws/aws-workspaces-idle.ts';
import { rule as azureAksAutoscale } from './azure/azure-aks-autoscale.ts';
import { rule as azureAksIdle } from './azure/azure-aks-idle.ts';
import { rule as azureAksOffHours } from './azure/azure-aks-off-hours.ts';
import { rule as azureAksSpot } from './azure/azure-aks-spot.ts';
import { rule as azureAksTierNonprod } from './azure/azure-aks-tier-nonprod.ts';
import { rule as azureAppUnused } from './azure/azure-app-unused.ts';
import { rule as azureAppservicePlanEmpty } from './azure/azure-appservice-plan-empty.ts';
import { rule as azureAppservicePlanOldGeneration } from './azure/azure-appservice-plan-old-generation.ts';
import { rule as azureAppservicePlanStopped } from './azure/azure-appservice-plan-stopped.ts';
import { rule as azureAppservicePlanUnderused } from './azure/azure-appservice-plan-underused.ts';
import { rule as azureDiskOnDeallocatedVm } from './azure/azure-disk-on-deallocated-vm.ts';
import { rule as azureDiskPremiumNonprod } from './azure/azure-disk-premium-nonprod.ts';
import { rule as azureDiskPremiumUnderused } from './azure/azure-disk-premium-underused.ts';
import { rule as azureDiskUnattached } from './azure/azure-disk-unattached.ts';
import { rule as azureDiskZeroIo } from './azure/azure-disk-zero-io.ts';
import { rule as azureLbBackendless } from './azure/azure-lb-backendless.ts';
import { rule as azureLbBasic } from './azure/azure-lb-basic.ts';
import { rule as azureLbIdle } from './azure/azure-lb-idle.ts';
import { rule as azureNatIdle } from './azure/azure-nat-idle.ts';
import { rule as azureNatOrphan } from './azure/azure-nat-orphan.ts';
import { rule as azureNicOrphan } from './azure/azure-nic-orphan.ts';
import { rule as azureNsgEmpty } from './azure/azure-nsg-empty.ts';
import { rule as azurePublicIpBasic } from './azure/azure-public-ip-basic.ts';
import { rule as azurePublicIpIdle } from './azure/azure-public-ip-idle.ts';
import { rule as azurePublicIpStoppedVm } from './azure/azure-public-ip-stopped-vm.ts';
import { rule as azureSnapshotNotIncremental } from './azure/azure-snapshot-not-incremental.ts';
import { rule as azureSnapshotOld } from './azure/azure-snapshot-old.ts';
import { rule as azureSnapshotOrphan } from './azure/azure-snapshot-orphan.ts';
import { rule as azureSnapshotPremium } from './azure/azure-snapshot-premium.ts';
import { rule as azureSqlElasticPoolEmpty } from './azure/azure-sql-elastic-pool-empty.ts';
import { rule as azureSqlIdle } from './azure/azure-sql-idle.ts';
import { rule as azureSqlServerEmpty } from './azure/azure-sql-server-empty.ts';
import { rule as azureSqlUnderused } from './azure/azure-sql-underused.ts';
import { rule as azureStorageGeoNonprod } from './azure/azure-storage-geo-nonprod.ts';
import { rule as azureStorageLegacyKind } from './azure/azure-storage-legacy-kind.ts';
import { rule as azureStorageTiering } from './azure/azure-storage-tiering.ts';
import { rule as azureStorageUnused } from './azure/azure-storage-unused.ts';
import { rule as azureVmAmd } from './azure/azure-vm-amd.ts';
import { rule as azureVmBurstableExhausted } from './azure/azure-vm-burstable-exhausted.ts';
import { rule as azureVmCrossFamily } from './azure/azure-vm-cross-family.ts';
import { rule as azureVmDeallocatedLong } from './azure/azure-vm-deallocated-long.ts';
import { rule as azureVmHybridBenefit } from './azure/azure-vm-hybrid-benefit.ts';
import { rule as azureVmIdle } from './azure/azure-vm-idle.ts';
import { rule as azureVmOffHours } from './azure/azure-vm-off-hours.ts';
import { rule as azureVmOldFamily } from './azure/azure-vm-old-family.ts';
import { rule as azureVmStoppedAllocated } from './azure/azure-vm-stopped-allocated.ts';
import { rule as azureVmUnderused } from './azure/azure-vm-underused.ts';
import { rule as gcpDiskLowIo } from './gcp/gcp-disk-low-io.ts';
import { rule as gcpDiskOnStoppedVm } from './gcp/gcp-disk-on-stopped-vm.ts';
import { rule as gcpDiskSsdNonprod } from './gcp/gcp-disk-ssd-nonprod.ts';
import { rule as gcpDiskSsdToBalanced } from './gcp/gcp-disk-ssd-to-balanced.ts';
import { rule as gcpDiskUnattached } from './gcp/gcp-disk-unattached.ts';
import { rule as gcpFunctionsIdle } from './gcp/gcp-functions-idle.ts';
import { rule as gcpGcsLifecycle } from './gcp/gcp-gcs-lifecycle.ts';
import { rule as gcpGcsUnused } from './gcp/gcp-gcs-unused.ts';
import { rule as gcpGkeIdleCluster } from './gcp/gcp-gke-idle-cluster.ts';
import { rule as gcpGkeNoAutoscale } from './gcp/gcp-gke-no-autoscale.ts';
import { rule as gcpImageUnused } from './gcp/gcp-image-unused.ts';
import { rule as gcpIpIdle } from './gcp/gcp-ip-idle.ts';
import { rule as gcpIpStoppedVm } from './gcp/gcp-ip-stopped-vm.ts';
import { rule as gcpSnapshotOld } from './gcp/gcp-snapshot-old.ts';
import { rule as gcpSnapshotOrphan } from './gcp/gcp-snapshot-orphan.ts';
import { rule as gcpSqlExtendedSupport } from './gcp/gcp-sql-extended-support.ts';
import { rule as gcpSqlHaNonprod } from './gcp/gcp-sql-ha-nonprod.ts';
import { rule as gcpSqlIdle } from './gcp/gcp-sql-idle.ts';
import { rule as gcpSqlOverprovisioned } from './gcp/gcp-sql-overprovisioned.ts';
import { rule as gcpVmCustomToPredefined } from './gcp/gcp-vm-custom-to-predefined.ts';
import { rule as gcpVmIdle } from './gcp/gcp-vm-idle.ts';
import { rule as gcpVmOffHours } from './gcp/gcp-vm-off-hours.ts';
import { rule as gcpVmOldFamily } from './gcp/gcp-vm-old-family.ts';
import { rule as gcpVmRightsize } from './gcp/gcp-vm-rightsize.ts';
import { rule as m365CopilotIdle } from './m365/m365-copilot-idle.ts';
import { rule as m365GuestLicensed } from './m365/m365-guest-licensed.ts';
import { rule as m365Inactive } from './m365/m365-inactive.ts';
import { rule as m365LargeInactiveStore } from './m365/m365-large-inactive-store.ts';
import { rule as m365Leaver } from './m365/m365-leaver.ts';
import { rule as m365MailOnly } from './m365/m365-mail-only.ts';
import { rule as m365NeverSignedIn } from './m365/m365-never-signed-in.ts';
import { rule as m365OverlappingPlans } from './m365/m365-overlapping-plans.ts';
import { rule as m365SeatsUnassigned } from './m365/m365-seats-unassigned.ts';
import { rule as m365SharedMailboxLicensed } from './m365/m365-shared-mailbox-licensed.ts';
import { rule as m365SigninBlocked } from './m365/m365-signin-blocked.ts';
import { rule as m365TeamsPhoneUnused } from './m365/m365-teams-phone-unused.ts';
import { rule as m365TrialExpiring } from './m365/m365-trial-expiring.ts';
import { rule as m365VisioProjectPowerbiIdle } from './m365/m365-visio-project-powerbi-idle.ts';

/** Every rule there is, in the order of the catalogue page. */
export const RULES: readonly Rule[] = [
  ec2Idle,
  ebsUnattached,
  eipIdle,
  rdsIdle,
  snapshotOld,
  ec2BurstableMisuse,
  ec2CapacityReservationUnused,
  ec2CrossFamily,
  ec2DedicatedHostIdle,
  ec2DetailedMonitoring,
  ec2Graviton,
  ec2OffHours,
  ec2OldGeneration,
  ec2StoppedLong,
  ec2Underused,
  asgFixedSize,
  asgIdle,
  ebsGp2ToGp3,
  ebsGp3ExtraPerformance,
  ebsIoToGp3,
  ebsOnStoppedInstance,
  ebsZeroIo,
  snapshotArchiveTier,
  snapshotOrphan,
  amiUnused,
  ipv4OnInternalHost,
  natIdle,
  natToGatewayEndpoint,
  vpceIdle,
  vpnIdle,
  tgwAttachmentIdle,
  elbClassicUnused,
  elbLowTraffic,
  elbNoTargets,
  rdsClusterIdle,
  rdsExtendedSupport,
  rdsMultiAzNonprod,
  rdsOldGeneration,
  rdsSnapshotOld,
  rdsUnderused,
  auroraIoOptimized,
  elasticacheIdle,
  elasticacheUnderused,
  dynamodbCapacity,
  redshiftIdle,
  opensearchIdle,
  opensearchMasters,
  kinesisIdle,
  emrIdle,
  eksExtendedSupport,
  eksNoSpot,
  ecsOverprovisioned,
  lambdaArm64,
  lambdaMemory,
  lambdaProvisionedIdle,
  lambdaTimeout,
  lambdaUnused,
  s3AbandonedBucket,
  s3IncompleteUploads,
  s3Lifecycle,
  s3NoncurrentVersions,
  logsRetention,
  ecrUnusedImages,
  secretUnused,
  kmsKeyDisabled,
  healthCheckUnused,
  cloudtrailDuplicates,
  sagemakerEndpointIdle,
  sagemakerNotebookRunning,
  workspacesIdle,
  fsxIdle,
  athenaNoScanCap,
  azureAksAutoscale,
  azureAksIdle,
  azureAksOffHours,
  azureAksSpot,
  azureAksTierNonprod,
  azureAppUnused,
  azureAppservicePlanEmpty,
  azureAppservicePlanOldGeneration,
  azureAppservicePlanStopped,
  azureAppservicePlanUnderused,
  azureDiskOnDeallocatedVm,
  azureDiskPremiumNonprod,
  azureDiskPremiumUnderused,
  azureDiskUnattached,
  azureDiskZeroIo,
  azureLbBackendless,
  azureLbBasic,
  azureLbIdle,
  azureNatIdle,
  azureNatOrphan,
  azureNicOrphan,
  azureNsgEmpty,
  azurePublicIpBasic,
  azurePublicIpIdle,
  azurePublicIpStoppedVm,
  azureSnapshotNotIncremental,
  azureSnapshotOld,
  azureSnapshotOrphan,
  azureSnapshotPremium,
  azureSqlElasticPoolEmpty,
  azureSqlIdle,
  azureSqlServerEmpty,
  azureSqlUnderused,
  azureStorageGeoNonprod,
  azureStorageLegacyKind,
  azureStorageTiering,
  azureStorageUnused,
  azureVmAmd,
  azureVmBurstableExhausted,
  azureVmCrossFamily,
  azureVmDeallocatedLong,
  azureVmHybridBenefit,
  azureVmIdle,
  azureVmOffHours,
  azureVmOldFamily,
  azureVmStoppedAllocated,
  azureVmUnderused,
  gcpDiskLowIo,
  gcpDiskOnStoppedVm,
  gcpDiskSsdNonprod,
  gcpDiskSsdToBalanced,
  gcpDiskUnattached,
  gcpFunctionsIdle,
  gcpGcsLifecycle,
  gcpGcsUnused,
  gcpGkeIdleCluster,
  gcpGkeNoAutoscale,
  gcpImageUnused,
  gcpIpIdle,
  gcpIpStoppedVm,
  gcpSnapshotOld,
  gcpSnapshotOrphan,
  gcpSqlExtendedSupport,
  gcpSqlHaNonprod,
  gcpSqlIdle,
  gcpSqlOverprovisioned,
  gcpVmCustomToPredefined,
  gcpVmIdle,
  gcpVmOffHours,
  gcpVmOldFamily,
  gcpVmRightsize,
  m365CopilotIdle,
  m365GuestLicensed,
  m365Inactive,
  m365LargeInactiveStore,
  m365Leaver,
  m365MailOnly,
  m365NeverSignedIn,
  m365OverlappingPlans,
  m365SeatsUnassigned,
  m365SharedMailboxLicensed,
  m365SigninBlocked,
  m365TeamsPhoneUnused,
  m365TrialExpiring,
  m365VisioProjectPowerbiIdle,
];

const BY_ID: ReadonlyMap<string, Rule> = new Map(RULES.map((rule) => [rule.id, rule]));

/** The rule of an id; undefined for one that is no longer there. */
export function ruleById(id: string): Rule | undefined {
  return BY_ID.get(id);
}
