export interface LayoutTable {
  organization_id: string;
  workspace_id: string;
  user_id: string;
  widget_order: string[];
  hidden: string[];
  changed_at: Date;
}

export interface DashboardsTables {
  'dashboards.layout': LayoutTable;
}
