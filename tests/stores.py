"""Stores of several processes on loopback: servers with replicas and sentinels, and clusters; all of them real."""

import contextlib
import random
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

from redis import Redis
from redis.exceptions import RedisError

from wewatch import embedded

HOST = "127.0.0.1"
SLOTS = 16384  # of a cluster
PATIENCE = 30  # seconds in which processes have to find each other
LOOK = 0.05  # seconds between two looks at them
NODE_TIMEOUT = 2000  # ms after which the nodes of a cluster take one for dead
DOWN_AFTER = 1000  # ms after which a sentinel takes a master for dead
AGAIN = 2000  # ms, half of those after which sentinels who did not agree whom to promote try again
MASTER = "main"  # as sentinels call it
# With what has to be written otherwise in a URL.
PASSWORD, OF_SENTINELS = "a:b/c@d,e", "other"  # of servers that belong together, and of who watches over them
FAST = ("--masterauth", PASSWORD, "--repl-diskless-sync-delay", 0)  # a replica is served as it comes
LOGIN = f":{quote(PASSWORD, safe='')}@"  # the same in a URL
PORTS = 20_000, 32_000
_given: set[int] = set()


class Server:
    """A Redis or Valkey on a port of its own, with what it keeps in a folder of its own.

    `listens` are addresses besides the loopback's where it is reached, `password` is asked of whoever comes.
    """

    def __init__(
        self,
        folder: Path,
        binary: Path,
        *arguments: object,
        keeps: bool = True,
        listens: Sequence[str] = (),
        password: str | None = None,
    ) -> None:
        folder.mkdir(parents=True)
        self.port, self.log = free_port(), folder / "log"
        words = [*arguments, "--port", self.port, "--bind", HOST, *listens, "--dir", folder, "--daemonize", "no"]
        words += ["--appendonly", "yes", "--save", ""] if keeps else []
        words += ["--requirepass", password] if password else []
        self.process = subprocess.Popen(
            [binary, *map(str, words)],
            stdin=subprocess.DEVNULL,
            stdout=self.log.open("w"),
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=embedded.die_with_parent,
        )
        limits = {"socket_timeout": 5, "retry": None}
        self.redis = Redis(host=HOST, port=self.port, password=password, decode_responses=True, **limits)

    @property
    def place(self) -> str:
        return f"{HOST}:{self.port}"

    def answers(self) -> bool:
        if self.ended:
            raise RuntimeError(f"A store ended: {self.log.read_text()[-1000:]}")
        with contextlib.suppress(RedisError):
            return self.redis.ping()
        return False

    @property
    def ended(self) -> bool:
        return self.process.poll() is not None

    @contextlib.contextmanager
    def without(self, *replicas: "Server") -> Iterator[None]:
        """Meanwhile these get nothing of what is written here: they stand still, and their lines are cut."""
        for replica in replicas:
            replica.process.send_signal(signal.SIGSTOP)
        self.redis.execute_command("CLIENT", "KILL", "TYPE", "replica")
        try:
            yield
        finally:
            for replica in replicas:
                replica.process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        """End it with -9, whatever it does."""
        self.process.kill()
        self.process.wait()


class Group:
    """Some servers that end together."""

    def __init__(self) -> None:
        self.servers: list[Server] = []

    def __enter__(self):
        return self

    def __exit__(self, *error) -> None:
        self.stop()

    def add(self, *servers: Server) -> None:
        """Have these too; returns when they answer."""
        self.servers += servers
        for server in servers:
            eventually(server.answers)

    def stop(self) -> None:
        for server in self.servers:
            server.kill()


class Cluster(Group):
    """Three masters that share all slots, and a replica of each."""

    def __init__(self, folder: Path, binary: Path) -> None:
        super().__init__()
        bus = [free_port() for _ in range(6)]
        words = (*FAST, "--cluster-enabled", "yes", "--cluster-node-timeout", NODE_TIMEOUT, "--cluster-port")
        ports = enumerate(bus)
        self.add(*(Server(folder / str(n), binary, *words, port, password=PASSWORD) for n, port in ports))
        self.masters, self.replicas = self.servers[:3], self.servers[3:]
        for number, master in enumerate(self.masters):
            slots = range(SLOTS * number // 3, SLOTS * (number + 1) // 3)
            master.redis.execute_command("CLUSTER ADDSLOTSRANGE", slots[0], slots[-1])
            master.redis.execute_command("CLUSTER SET-CONFIG-EPOCH", number + 1)
        for other in self.servers[1:]:
            other.redis.execute_command("CLUSTER MEET", HOST, self.servers[0].port, bus[0])
        eventually(lambda: all(len(one.redis.cluster("NODES")) == 6 for one in self.servers))
        for master, replica in zip(self.masters, self.replicas, strict=True):
            replica.redis.cluster("REPLICATE", master.redis.execute_command("CLUSTER MYID"))
        eventually(self._whole)

    @property
    def master(self) -> Server:
        """One of the masters."""
        return self.masters[0]

    def _whole(self) -> bool:
        links = [replica.redis.info("replication").get("master_link_status") for replica in self.replicas]
        states = [one.redis.cluster("INFO")["cluster_state"] for one in self.servers]
        # Each of all sees three ranges of slots, each with its master and its replica: [first, last, master, replica].
        seen = [[len(slots) for slots in one.redis.cluster("SLOTS")] for one in self.servers]
        return links == ["up"] * 3 and states == ["ok"] * 6 and seen == [[4] * 3] * 6

    @property
    def url(self) -> str:
        return f"cluster://{LOGIN}{','.join(node.place for node in self.servers[:2])}"


class Sentinels(Group):
    """A master with two replicas, of which it needs one to take a write, and three sentinels who watch over them."""

    def __init__(self, folder: Path, binary: Path) -> None:
        super().__init__()
        words = (*FAST, "--min-replicas-to-write", 1, "--min-replicas-max-lag", 2)
        login = {"password": PASSWORD}
        self.master = Server(folder / "master", binary, *words, **login)
        self.add(self.master)
        follow = ("--replicaof", HOST, self.master.port)
        self.replicas = [Server(folder / f"replica-{n}", binary, *words, *follow, **login) for n in range(2)]
        self.add(*self.replicas)
        eventually(lambda: self.master.redis.info("replication").get("min_slaves_good_slaves") == 2)
        self.sentinels = [self._sentinel(folder, binary, number) for number in range(3)]
        self.add(*self.sentinels)
        eventually(lambda: all(self._knows_all(one.redis) for one in self.sentinels))

    def _sentinel(self, folder: Path, binary: Path, number: int) -> Server:
        configuration = folder / f"sentinel-{number}.conf"
        configuration.write_text(
            f"sentinel monitor {MASTER} {HOST} {self.master.port} 2\n"
            f"sentinel down-after-milliseconds {MASTER} {DOWN_AFTER}\n"
            f"sentinel failover-timeout {MASTER} {AGAIN}\n"
            f"sentinel auth-pass {MASTER} {PASSWORD}\n"
            f"sentinel sentinel-pass {OF_SENTINELS}\n"
        )
        own = {"keeps": False, "password": OF_SENTINELS}
        return Server(folder / f"sentinel-{number}", binary, configuration, "--sentinel", **own)

    @staticmethod
    def _knows_all(sentinel: Redis) -> bool:
        seen = sentinel.sentinel_master(MASTER)
        return (seen["num-slaves"], seen["num-other-sentinels"]) == (2, 2)

    @property
    def url(self) -> str:
        places = ",".join(sentinel.place for sentinel in self.sentinels)
        return f"sentinel://{LOGIN}{places}/{MASTER}?sentinel_password={OF_SENTINELS}"


async def names(redis, pattern: str = "*") -> list[str]:
    """The keys in a store, in all nodes of a cluster."""
    return [key async for key in redis.scan_iter(pattern)]


def free_port() -> int:
    """A port of the loopback that nobody has; below those that the system gives to lines on their way out."""
    while True:
        port = random.randrange(*PORTS)
        with contextlib.suppress(OSError), socket.create_server((HOST, port)):
            if port not in _given:
                _given.add(port)
                return port


def eventually(holds: Callable[[], bool]) -> None:
    """Wait until it holds."""
    end = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError("The stores do not find each other.")
        time.sleep(LOOK)
