/** Regions of the simulated cloud: name and label. */
export const LOCATIONS = [
  ['eastus', 'East US'],
  ['eastus2', 'East US 2'],
  ['brazilsouth', 'Brazil South'],
  ['westeurope', 'West Europe'],
  ['northeurope', 'North Europe'],
] as const;
