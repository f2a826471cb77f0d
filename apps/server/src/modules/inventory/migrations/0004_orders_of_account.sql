-- The foreign key to the account had none: removing an account read all orders there are.
create index cloud_order_of_account on inventory.cloud_order (account_id);
