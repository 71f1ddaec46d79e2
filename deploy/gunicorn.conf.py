"""The web server's own settings; everything else comes from the environment."""

import os

from webapp.platform import database, jobs

bind = os.environ.get("BIND", "127.0.0.1:8000")
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "8"))
timeout = 60
graceful_timeout = 15
# A worker's memory after many big papers is given back by replacing it.
max_requests = 5000
max_requests_jitter = 500
loglevel = "warning"
control_socket_disable = True


def post_worker_init(worker):
    """Start the job worker of this process, which does jobs or hands them to Redis."""
    app = worker.wsgi
    settings = app.extensions["settings"]
    if settings.in_process_jobs:
        worker.job_worker = jobs.Worker(redis_url=settings.redis_url)
        worker.job_worker.start()


def worker_exit(_server, worker):
    """Let the job in hand finish and close the connections."""
    job_worker = getattr(worker, "job_worker", None)
    if job_worker is not None:
        job_worker.end()
        job_worker.join(graceful_timeout)
    database.dispose()
