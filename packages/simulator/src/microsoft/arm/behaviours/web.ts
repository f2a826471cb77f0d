import { ApiError } from '../../http.ts';
import type { ArmResource, Json } from '../subscription.ts';
import { conflict, SECONDS, type Behaviour, type Place } from './model.ts';

const setState =
  (state: string) =>
  (place: Place, site: ArmResource): number => {
    site.properties['state'] = state;
    return place.now;
  };

export const sites: Behaviour = {
  create(place, site, existing) {
    if (!existing && place.isTaken(site.type, site.name))
      throw conflict('Conflict', `Website with given name ${site.name} already exists.`);
    const plan = place.subscription.find(String(site.properties['serverFarmId']));
    if (!plan)
      throw new ApiError(
        404,
        'NotFound',
        `Cannot find ServerFarm ${String(site.properties['serverFarmId'])}.`,
      );
    site.properties['state'] ??= 'Running';
    site.properties['defaultHostName'] = `${site.name}.azurewebsites.net`;
    site.kind ??= 'app,linux';
    if (!existing) plan.properties['numberOfSites'] = Number(plan.properties['numberOfSites'] ?? 0) + 1;
  },
  delete(place, site) {
    const plan = place.subscription.find(String(site.properties['serverFarmId']));
    if (plan) plan.properties['numberOfSites'] = Math.max(0, Number(plan.properties['numberOfSites']) - 1);
  },
  actions: { start: setState('Running'), stop: setState('Stopped'), restart: setState('Running') },
};

export const plans: Behaviour = {
  create(_place, plan, existing) {
    plan.sku ??= { name: 'B1', tier: 'Basic', capacity: 1 };
    plan.properties['numberOfSites'] = existing?.properties['numberOfSites'] ?? 0;
    plan.properties['status'] = 'Ready';
  },
  patch(_place, plan, body) {
    if (body['sku']) plan.sku = { ...plan.sku, ...(body['sku'] as Json) };
  },
  delete(_place, plan) {
    if (Number(plan.properties['numberOfSites']) > 0)
      throw conflict(
        'Conflict',
        `Server farm '${plan.name}' cannot be deleted because it has web app(s) assigned to it.`,
      );
  },
};

export const clusters: Behaviour = {
  actions: {
    start(place, cluster) {
      cluster.properties['powerState'] = { code: 'Running' };
      return place.after(SECONDS.start);
    },
    stop(place, cluster) {
      cluster.properties['powerState'] = { code: 'Stopped' };
      return place.after(SECONDS.stop);
    },
  },
};
