"""Many folders to digests, night after night: nothing is lost and nothing is done twice.

The driver (this process) alone decides and writes; workers only work.

- `job`: one run, from the inboxes to the last page: read this first
- `inbox`: which digests there are; `courses`: the course of one, from its files to its pages, with
  `making` for what becomes of its articles and `works` for the pieces of work in that
- `scheduler`: many courses at a time on few workers; what is tried again, and how often
- `ledger`: what is done, in SQLite; `keys`: what a result depends on
- `executor`: where work runs, as a protocol; `local` and `worker`: processes on this machine;
  `cluster`: actors on the machines of a Ray cluster
- `orders`, `tasks`: what workers are told, and do; `comparing`: a large digest's index in shards;
  `days`: a pool as a digest for each day
- `files`, `lock`: outputs that appear whole, from one run at a time
- `formats`, `pages`: what is written; `watching`, `report`, `plans`: what is seen
- `watch`: again whenever something changes; `cli`: the command
"""
