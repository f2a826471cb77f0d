"""Microsoft's Azure SDK for Python against the simulator. Argument: JSON facts; prints JSON results."""

import json
import logging
import sys
from datetime import datetime, timedelta

from azure.core.exceptions import ClientAuthenticationError, HttpResponseError
from azure.identity import ClientSecretCredential
from azure.mgmt.compute import ComputeManagementClient
from azure.mgmt.containerservice import ContainerServiceClient
from azure.mgmt.costmanagement import CostManagementClient
from azure.mgmt.monitor import MonitorManagementClient
from azure.mgmt.network import NetworkManagementClient
from azure.mgmt.resource import ResourceManagementClient, SubscriptionClient
from azure.mgmt.sql import SqlManagementClient
from azure.mgmt.storage import StorageManagementClient
from azure.mgmt.web import WebSiteManagementClient

logging.disable(logging.CRITICAL)
facts = json.loads(sys.argv[1])
url, sub = facts["url"], facts["subscriptionId"]


def credential(secret=facts["clientSecret"], client=facts["clientId"]):
    # Both spellings of the option: it was renamed between releases, and unknown ones are ignored.
    return ClientSecretCredential(
        facts["tenantId"],
        client,
        secret,
        authority=url,
        instance_discovery=False,
        disable_instance_discovery=True,
    )


def options(polling=0.05):
    return {
        "base_url": url,
        "credential_scopes": ["https://management.azure.com/.default"],
        "polling_interval": polling,
    }


def error_of(call):
    try:
        call()
    except ClientAuthenticationError as error:
        return str(error).split("\n")[0]
    except HttpResponseError as error:
        return [error.status_code, error.error.code if error.error else None]
    return None


own = credential()
compute = ComputeManagementClient(own, sub, **options())
network = NetworkManagementClient(own, sub, **options())
resources = ResourceManagementClient(own, sub, **options())
sql = SqlManagementClient(own, sub, **options())
web = WebSiteManagementClient(own, sub, **options())


def inventory():
    return {
        "machines": [
            [vm.name, vm.hardware_profile.vm_size, vm.instance_view.statuses[-1].code]
            for vm in compute.virtual_machines.list_all(params={"statusOnly": "true"})
        ],
        "disks": [
            [disk.name, disk.disk_size_gb, disk.disk_state, disk.sku.name, disk.time_created.tzinfo is not None]
            for disk in compute.disks.list()
        ],
        "snapshots": len(list(compute.snapshots.list())),
        "networks": {
            vnet.name: [vnet.address_space.address_prefixes, [subnet.name for subnet in vnet.subnets]]
            for vnet in network.virtual_networks.list_all()
        },
        "interfaces": len(list(network.network_interfaces.list_all())),
        "addresses": [ip.ip_address for ip in network.public_ip_addresses.list_all()],
        "balancers": [one.name for one in network.load_balancers.list_all()],
        "storage": {
            one.name: [one.sku.name, one.kind, one.access_tier]
            for one in StorageManagementClient(own, sub, **options()).storage_accounts.list()
        },
        "databases": [
            [database.name, database.status]
            for server in sql.servers.list()
            for database in sql.databases.list_by_server(server.id.split("/")[4], server.name)
        ],
        "apps": [[app.name, app.state] for app in web.web_apps.list()],
        "plans": [[plan.name, plan.sku.name] for plan in web.app_service_plans.list()],
        "clusters": [
            [one.name, sum(pool.count for pool in one.agent_pool_profiles)]
            for one in ContainerServiceClient(own, sub, **options()).managed_clusters.list()
        ],
        "groups": [group.name for group in resources.resource_groups.list()],
        "resources": len(list(resources.resources.list())),
        "subscriptions": [
            [one.subscription_id, str(one.state)]
            for one in SubscriptionClient(own, **options()).subscriptions.list()
        ],
    }


def pages():
    """What lists of small pages add up to, and how many pages there were."""
    seen = list(compute.disks.list().by_page())
    ids = [disk.id for page in compute.disks.list().by_page() for disk in page]
    return {"pages": len(seen), "ids": len(ids), "distinct": len(set(ids))}


def life():
    vm = next(iter(compute.virtual_machines.list_all()))
    group, name = vm.id.split("/")[4], vm.name

    def state():
        return compute.virtual_machines.instance_view(group, name).statuses[-1].code

    out = {"before": state()}
    compute.virtual_machines.begin_deallocate(group, name).result(200)
    out["deallocated"] = state()
    body = {"hardware_profile": {"vm_size": "Standard_B2s"}}
    out["resized"] = compute.virtual_machines.begin_update(group, name, body).result(200).hardware_profile.vm_size
    compute.virtual_machines.begin_start(group, name).result(200)
    out["started"] = state()
    compute.virtual_machines.begin_power_off(group, name).result(200)
    out["stopped"] = state()
    out["restart"] = error_of(lambda: compute.virtual_machines.begin_restart(group, name))

    made = {
        "location": vm.location,
        "sku": {"name": "Standard_LRS"},
        "creation_data": {"create_option": "Empty"},
        "disk_size_gb": 32,
        "tags": {"name": "ação 🚀"},
    }
    disk = compute.disks.begin_create_or_update(group, "python-disk", made).result(200)
    out["disk"] = [disk.disk_size_gb, disk.disk_state, disk.provisioning_state, disk.tags]
    out["tagged"] = compute.disks.begin_update(group, "python-disk", {"tags": {"team": "x"}}).result(200).tags
    copy = {
        "location": vm.location,
        "creation_data": {"create_option": "Copy", "source_resource_id": disk.id},
    }
    out["snapshot"] = compute.snapshots.begin_create_or_update(group, "python-snap", copy).result(200).disk_size_gb
    compute.disks.begin_delete(group, "python-disk").result(200)
    out["gone"] = error_of(lambda: compute.disks.get(group, "python-disk"))
    compute.snapshots.begin_delete(group, "python-snap").result(200)

    body = {
        "location": vm.location,
        "address_space": {"address_prefixes": ["10.99.0.0/16"]},
        "subnets": [{"name": "a", "address_prefix": "10.99.1.0/24"}],
    }
    vnet = network.virtual_networks.begin_create_or_update(group, "python-vnet", body).result(200)
    out["vnet"] = [vnet.provisioning_state, [one.name for one in vnet.subnets]]
    network.virtual_networks.begin_delete(group, "python-vnet").result(200)

    resources.resource_groups.create_or_update("rg-python", {"location": vm.location})
    exists = resources.resource_groups.check_existence
    out["exists"] = [exists("rg-python"), exists("rg-none")]
    resources.resource_groups.begin_delete("rg-python").result(200)
    out["groupGone"] = exists("rg-python")
    return out


def errors():
    group = next(iter(compute.virtual_machines.list_all())).id.split("/")[4]
    foreign = ComputeManagementClient(own, "00000000-0000-4000-8000-000000000000", **options())
    reader = ComputeManagementClient(
        credential(facts["reader"]["clientSecret"], facts["reader"]["clientId"]), sub, **options()
    )
    vm = next(iter(compute.virtual_machines.list_all()))
    return {
        "noMachine": error_of(lambda: compute.virtual_machines.get(group, "none")),
        "noGroup": error_of(lambda: compute.virtual_machines.get("rg-none", "none")),
        "noSubscription": error_of(lambda: list(foreign.disks.list())),
        "denied": error_of(lambda: reader.virtual_machines.begin_deallocate(group, vm.name)),
        "wrongSecret": error_of(lambda: credential("wrong-secret").get_token("https://management.azure.com/.default")),
    }


def failing():
    """An operation that is accepted and fails afterwards."""
    vm = next(iter(compute.virtual_machines.list_all()))
    group = vm.id.split("/")[4]
    try:
        compute.virtual_machines.begin_deallocate(group, vm.name).result(200)
    except HttpResponseError as error:
        return str(error)
    return None


def observations():
    vm = next(iter(compute.virtual_machines.list_all()))
    end = datetime.utcnow()
    span = f"{(end - timedelta(hours=6)).isoformat()}Z/{end.isoformat()}Z"
    metrics = MonitorManagementClient(own, sub, **options()).metrics.list(
        vm.id, timespan=span, interval="PT1H", metricnames="Percentage CPU", aggregation="Average,Maximum"
    )
    first = metrics.value[0]
    costs = CostManagementClient(own, base_url=url, credential_scopes=options()["credential_scopes"]).query.usage(
        f"/subscriptions/{sub}",
        {
            "type": "ActualCost",
            "timeframe": "Custom",
            "timePeriod": {"from": facts["from"], "to": facts["to"]},
            "dataset": {
                "granularity": "Daily",
                "aggregation": {"totalCost": {"name": "Cost", "function": "Sum"}},
                "grouping": [{"type": "Dimension", "name": "ServiceName"}],
            },
        },
    )
    return {
        "metric": [first.name.value, str(first.unit), len(first.timeseries[0].data)],
        "columns": [column.name for column in costs.columns],
        "total": sum(row[0] for row in costs.rows),
    }


what = {
    "inventory": inventory,
    "pages": pages,
    "life": life,
    "errors": errors,
    "failing": failing,
    "observations": observations,
}
print(json.dumps(what[facts["what"]]()))
