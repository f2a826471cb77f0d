/** Products Aurora bought: part number, seats, months since the first order, service plans. */
export const PRODUCTS = [
  [
    'SPE_E5',
    24,
    20,
    [
      'EXCHANGE_S_ENTERPRISE',
      'SHAREPOINTENTERPRISE',
      'TEAMS1',
      'AAD_PREMIUM_P2',
      'MCOEV',
      'ATP_ENTERPRISE',
      'BI_AZURE_P2',
    ],
  ],
  ['SPE_E3', 96, 26, ['EXCHANGE_S_ENTERPRISE', 'SHAREPOINTENTERPRISE', 'TEAMS1', 'AAD_PREMIUM', 'INTUNE_A']],
  ['SPE_F1', 40, 26, ['EXCHANGE_S_DESKLESS', 'SHAREPOINTDESKLESS', 'TEAMS1']],
  ['EXCHANGESTANDARD', 12, 26, ['EXCHANGE_S_STANDARD']],
  ['POWER_BI_PRO', 30, 14, ['BI_AZURE_P2']],
  ['VISIOCLIENT', 12, 14, ['VISIO_CLIENT_SUBSCRIPTION']],
  ['PROJECTPROFESSIONAL', 8, 14, ['PROJECT_PROFESSIONAL']],
  ['Microsoft_365_Copilot', 20, 5, ['M365_COPILOT_APPS']],
  ['MCOEV', 25, 14, ['MCOEV']],
  ['FLOW_FREE', 10_000, 26, ['FLOW_P2_VIRAL']],
] as const;
