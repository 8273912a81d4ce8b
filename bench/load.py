"""The load generator: visitors that write and agents that listen, in a process of its own.

Reads one `Job` as JSON from standard input, does it, and prints one `Measured`. What it used of
its own core is part of the result, because a generator that is slower than the server measures
itself.

    python -m bench.load < job.json
"""

import asyncio
import statistics
import sys
import time

import msgspec
import uvloop

from bench.job import Job, Measured
from bench.machine import GENERATOR_CORE, Meter, allow_many_sockets, pin, resident_kib
from bench.talks import Crowd

IDLE_SETTLE_SECONDS = 1.0


def main() -> None:
    pin(GENERATOR_CORE)
    allow_many_sockets()
    job = msgspec.json.decode(sys.stdin.buffer.read(), type=Job)
    measured = uvloop.run(stay_idle(job) if job.idle else talk(job))
    sys.stdout.buffer.write(msgspec.json.encode(measured))


async def stay_idle(job: Job) -> Measured:
    """Memory that the server holds for each socket that is open and silent.

    The first fifth is not counted: it fills what the server had in reserve from earlier work."""
    crowd = Crowd(job)
    reserve = len(job.idle) // 5
    await crowd.connect_idle(job.idle[:reserve])
    await crowd.work(IDLE_SETTLE_SECONDS)
    before = resident_kib(job.pids[0])
    await crowd.connect_idle(job.idle[reserve:])
    await crowd.work(IDLE_SETTLE_SECONDS)
    after = resident_kib(job.pids[0])
    return Measured(idle_kib=(after - before) / (len(job.idle) - reserve))


async def talk(job: Job) -> Measured:
    """Warm up, then count what is acknowledged and delivered inside the window."""
    crowd = Crowd(job)
    await crowd.connect()
    started = asyncio.create_task(start(crowd, job))
    await crowd.work(job.warm_up)
    crowd.count_from_here()
    meter = Meter(job.pids)
    await crowd.work(job.seconds)
    measured = meter.read()
    measured.messages, measured.failures = crowd.done, crowd.failures
    await started
    await crowd.finish()
    percentiles = statistics.quantiles(crowd.delivery_ms, n=100)
    measured.delivery_ms_p50, measured.delivery_ms_p99 = percentiles[49], percentiles[98]
    return measured


async def start(crowd: Crowd, job: Job) -> None:
    """Closed loop: everybody writes, and again when done. Open loop: one after the other."""
    if job.rate is None:
        crowd.start_all()
    else:
        loop = asyncio.get_running_loop()
        await asyncio.to_thread(pace, crowd, loop, job.rate, job.warm_up + job.seconds)


def pace(crowd: Crowd, loop: asyncio.AbstractEventLoop, rate: int, seconds: float) -> None:
    """Start a message at each due moment, whether or not the server has kept up.

    In a thread, because event loop timers are a millisecond coarse."""
    began = time.perf_counter()
    for number in range(int(rate * seconds)):
        due = began + number / rate
        time.sleep(max(0.0, due - time.perf_counter()))
        loop.call_soon_threadsafe(crowd.start_one, number, due)


if __name__ == "__main__":
    main()
