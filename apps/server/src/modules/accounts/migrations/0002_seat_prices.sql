-- What an organization pays for a seat a month, where it differs from the provider's list.
create table accounts.seat_price (
  organization_id uuid not null references tenancy.organization on delete cascade,
  provider text not null,
  sku text not null,
  amount numeric(12, 4) not null check (amount >= 0),
  -- ISO 4217
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  changed_at timestamptz(3) not null,
  primary key (organization_id, provider, sku)
);
call platform.tenant_table('accounts.seat_price');
