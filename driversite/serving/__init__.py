"""The production server: granian in front, Django behind it in a few threads, the task worker beside them.

`gateway` answers a request, `environ` and `bodies` read one, `workers` are the processes and how they end, `sockets`
where they listen, `beside` is the process that does what shall be done outside requests.
"""
