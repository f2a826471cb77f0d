-- How a job gets into the queue (jobs/pg-boss-jobs.ts). The queue's own tables live in the schema pgboss, which the
-- job library creates after the migrations; only atlas_system may touch them.
--
-- A tenant transaction must be able to enqueue, but must not read or change other organizations' jobs. So it may only
-- call this function. It runs as the owner, therefore: all names are qualified and the search path is fixed, there is
-- no dynamic SQL, it only ever inserts or brings forward a waiting job, and it answers nothing but an id that the
-- caller chose. What a job does with its payload is decided by its handler, which opens its own tenant transaction.
create function platform.enqueue_job(
  job_queue text, job_id uuid, job_data jsonb, job_key text, job_start timestamptz, job_priority integer
) returns uuid language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  starts timestamptz := coalesce(job_start, pg_catalog.now());
  found_id uuid;
begin
  if not exists (select 1 from pgboss.queue q where q.name = job_queue) then
    raise exception 'There is no job queue %.', job_queue using errcode = 'undefined_object';
  end if;
  for attempt in 1..20 loop
    insert into pgboss.job (
      id, name, data, priority, start_after, singleton_key, policy, keep_until, expire_seconds, deletion_seconds,
      retry_limit, retry_delay, retry_backoff, retry_delay_max, dead_letter, heartbeat_seconds
    )
    select job_id, q.name, job_data, job_priority, starts, job_key, q.policy,
      starts + q.retention_seconds * interval '1 second', q.expire_seconds, q.deletion_seconds,
      q.retry_limit, q.retry_delay, q.retry_backoff, q.retry_delay_max, q.dead_letter, q.heartbeat_seconds
    from pgboss.queue q where q.name = job_queue
    on conflict do nothing
    returning id into found_id;
    if found_id is not null then
      if starts <= pg_catalog.now() then
        -- The channel on which the library's workers listen.
        perform pg_catalog.pg_notify(
          'pgboss_' || pg_catalog.left(pg_catalog.encode(pg_catalog.sha224('pgboss'::bytea), 'hex'), 24), job_queue);
      end if;
      return found_id;
    end if;
    -- A waiting job has this key. Lock it, so that it starts after this transaction and sees what it wrote.
    update pgboss.job j set start_after = least(j.start_after, starts), priority = greatest(j.priority, job_priority)
      where j.name = job_queue and j.singleton_key = job_key and j.state = 'created'
        and (j.start_after > starts or j.priority < job_priority)
      returning j.id into found_id;
    if found_id is null then
      select j.id into found_id from pgboss.job j
        where j.name = job_queue and j.singleton_key = job_key and j.state = 'created' for share;
    end if;
    if found_id is not null then return null; end if;
    -- It was fetched meanwhile: insert again.
  end loop;
  raise exception 'The job queue % is too busy with key %.', job_queue, job_key using errcode = 'lock_not_available';
end $$;

revoke all on function platform.enqueue_job(text, uuid, jsonb, text, timestamptz, integer) from public;
grant execute on function platform.enqueue_job(text, uuid, jsonb, text, timestamptz, integer) to atlas_tenant, atlas_system;
